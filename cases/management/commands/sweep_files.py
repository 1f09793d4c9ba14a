from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from cases import actions
from common.loop import NO_DATABASE, no_database


class Command(BaseCommand):
    help = (
        "Find files under EVIDENCE_ROOT that are older than a day and that no database row names: "
        "what a crash left behind. Deletes them only with --delete. "
        "Example: manage.py sweep_files --delete"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            "Don’t use --delete after you restored an older database: newer files have no rows in "
            f"it. Exit codes: 0; {NO_DATABASE} when the database doesn’t respond."
        )
        parser.add_argument("--delete", action="store_true", help="Delete the files found.")
        parser.add_argument(
            "--despite-holds",
            action="store_true",
            help="Delete them even while cases are on hold. Ask whoever set the holds first.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = actions.sweep_files(
                delete_them=options["delete"],
                despite_holds=options["despite_holds"],
                now=timezone.now(),
            )
        except (OperationalError, InterfaceError) as error:
            raise CommandError(no_database(error), returncode=NO_DATABASE) from None
        size = filesizeformat(found.size).replace("\xa0", " ")
        what = f"{found.files} file{'' if found.files == 1 else 's'} without a row, {size}"
        if found.held:
            self.stdout.write(f"Not deleted: {what}. Cases on hold: {found.held}.")
        elif options["delete"]:
            self.stdout.write(f"Deleted: {what}.")
        else:
            self.stdout.write(f"{what}." + (" To delete, add --delete." if found.files else ""))
