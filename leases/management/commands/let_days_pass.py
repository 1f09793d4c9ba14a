from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leases.actions.let_days_pass import let_days_pass
from leases.models import Lease


class Command(BaseCommand):
    help = (
        "Make a lease older, to try things out (never in production). "
        "Example: manage.py let_days_pass 104477312 60"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account_number", help="The lease’s account number.")
        parser.add_argument("days", type=int, help="How many days older, from 1 to 365.")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("You can’t use this in production.")
        if not 1 <= options["days"] <= 365:
            raise CommandError("Use a number of days from 1 to 365.")
        lease = Lease.objects.filter(account_number=options["account_number"]).first()
        if lease is None:
            raise CommandError(
                f"There’s no lease with the account number {options['account_number']}."
            )
        lease = let_days_pass(lease=lease, days=options["days"])
        self.stdout.write(f"{lease} is {options['days']} days older. Deadline: {lease.expires_at}.")
