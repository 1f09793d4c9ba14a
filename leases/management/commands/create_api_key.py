from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from leases import actions
from leases.models import Merchant, Store


class Command(BaseCommand):
    help = (
        "Create a key for a merchant’s system and print it. It’s shown only once. Example: "
        'manage.py create_api_key "Mueblería Luna" --name "Web shop" --by irene@puente.example'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("merchant", help="The partner merchant’s name.")
        parser.add_argument(
            "--store", metavar="CODE", help="Limit the key to the store with this code."
        )
        parser.add_argument("--name", required=True, help="What the key is for.")
        parser.add_argument(
            "--by",
            required=True,
            metavar="EMAIL",
            help="The administrator who is responsible for it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        merchant = Merchant.objects.filter(name=options["merchant"]).first()
        if merchant is None:
            raise CommandError(f"There’s no merchant named {options['merchant']!r}.")
        store = None
        if code := options["store"]:
            store = Store.objects.filter(merchant=merchant, code=code).first()
            if store is None:
                raise CommandError(f"{merchant} has no store with the code {code!r}.")
        by = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        if by is None:
            raise CommandError(f"No one signs in as {options['by']}.")
        try:
            _, sent = actions.create_api_key(
                merchant=merchant, store=store, name=options["name"], by=by, now=timezone.now()
            )
        except PermissionDenied:
            raise CommandError(f"{by} isn’t an administrator.") from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(sent)
