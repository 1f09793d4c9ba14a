from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leases.actions.let_days_pass import let_days_pass
from leases.models import Lease


class Command(BaseCommand):
    help = (
        "For trying things out, never in production: let a lease's clocks have begun earlier. "
        "Example: manage.py let_days_pass 104477312 60"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account_number")
        parser.add_argument("days", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("In production only time lets days pass.")
        if not 1 <= options["days"] <= 365:
            raise CommandError("Days go from 1 to 365.")
        lease = Lease.objects.filter(account_number=options["account_number"]).first()
        if lease is None:
            raise CommandError(f"There is no lease with number {options['account_number']}.")
        lease = let_days_pass(lease=lease, days=options["days"])
        self.stdout.write(f"{lease} is {options['days']} days older; deadline {lease.expires_at}.")
