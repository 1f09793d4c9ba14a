from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from tools.company import cast
from tools.company.load import is_loaded, load, steps


class Command(BaseCommand):
    help = (
        "Load the demo company once. Running it again changes nothing. "
        "Example: manage.py load_demo --sign-ins"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sign-ins", action="store_true", help="Only print the table of sign-ins."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Don’t load demo data in production: its passwords are public.")
        if options["sign_ins"]:
            self.stdout.write(sign_ins())
            return
        if is_loaded():
            self.stdout.write("The demo data is already loaded.")
            return
        bar = tqdm(load(now=timezone.now()), total=steps(), desc="Demo data", unit="customer")
        with transaction.atomic():
            for _ in bar:
                pass


def sign_ins() -> str:
    """Who can sign in to the demo, and how."""
    rows = [("role", "email", "sign in with")]
    rows += [
        (str(each.role.value).replace("_", " "), each.email, cast.PASSWORD) for each in cast.STAFF
    ]
    rows += [
        ("customer (es)", cast.CARLA.email, "a code by email, see /inbox/"),
        ("customer (en)", cast.DAN.email, "a code by email, see /inbox/"),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "  " + "  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True))
        for row in rows
    ]
    if not settings.STAFF_SECOND_FACTOR_REQUIRED:
        lines += [
            "",
            "Two-step verification isn’t required here. In production, staff must use it.",
        ]
    return "\n".join(lines)
