from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def check_folds(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A database has either all the migrations that a fold replaces, or none.

    If it has only some and the others are gone, Django silently ignores the fold.
    """
    migrations = MigrationLoader(None).disk_migrations
    errors: list[CheckMessage] = []
    for alias in databases or ():
        applied = MigrationRecorder(connections[alias]).applied_migrations()
        for (app, name), migration in migrations.items():
            missing = [key for key in migration.replaces if key not in applied]
            if 0 < len(missing) < len(migration.replaces) and missing[0] not in migrations:
                errors.append(
                    Error(
                        f"{app}.{name} stands for migrations of which this database lacks"
                        f" {len(missing)}: first {'.'.join(missing[0])}.",
                        hint="Migrate with the version before them first.",
                        id="accounts.E001",
                    )
                )
    return errors
