"""`python -m config.time_limits {set,check}`: the database's time limits behind PgBouncer.

A direct connection sets its limits as it starts (config/settings.py). PgBouncer in transaction mode
refuses that, and a limit set in a session belongs to another client a moment later, so the limits
have to be the role's own. Without them, every limit is silently "none".
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from psycopg import sql

log = logging.getLogger(__name__)

OK, NO_DATABASE, LACKING = 0, 1, 4
HOW = "Run: python -m config.time_limits set"
Connection = psycopg.Connection[tuple[Any, ...]]


def require() -> None:
    """For programs at start-up: a missing limit must not go unnoticed. Without a database they
    still start.
    """
    try:
        with _connect() as connection:
            missing = lacking(connection)
    except psycopg.OperationalError as error:
        if "unsupported startup parameter" in str(error):
            raise ImproperlyConfigured(
                "DATABASE_URL leads to PgBouncer, which doesn’t accept options. Set PGBOUNCER=true."
            ) from None
        log.warning("time_limits_unknown error=%s", type(error).__name__)
        return
    if missing:
        raise ImproperlyConfigured(f"The database has no limit for {', '.join(missing)}. {HOW}")


def lacking(connection: Connection) -> list[str]:
    """The limits we want that aren't in force on the connections we get."""
    wanted = [name for name, limit in settings.TIME_LIMITS.items() if limit != "0s"]
    query = "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = '0' ORDER BY name"
    return [name for (name,) in connection.execute(query, [wanted])]


def set_for_role(connection: Connection) -> list[str]:
    """Sets our limits on this role in this database. Returns those it wasn't allowed to set."""
    refused = []
    who = connection.execute("SELECT current_user, current_database()").fetchone() or ()
    for name, value in settings.CONNECTION_SETTINGS.items():
        words = sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(
            # PostgreSQL reads "pgtrigger.ignore" as two names.
            *map(sql.Identifier, who), sql.Identifier(*name.split(".")), sql.Literal(value)
        )  # fmt: skip
        try:
            connection.execute(words)
        except psycopg.errors.InsufficientPrivilege:
            refused.append(name)
    return refused


def _connect() -> Connection:
    """Connects as Django does, but outside its pool, which would only say that nothing answered."""
    database: dict[str, Any] = settings.DATABASES["default"]
    return psycopg.connect(
        settings.DATABASE_URL,
        options=database["OPTIONS"].get("options"),
        autocommit=True,
        connect_timeout=10,
        prepare_threshold=None,
    )


def main() -> int:
    arguments = _arguments()
    try:
        with _connect() as connection:
            if arguments.what == "set":
                for name in set_for_role(connection):
                    print(f"Skipped: only a superuser can give a role {name}.", file=sys.stderr)
                print("Set. Open connections keep the old limits: run RECONNECT in PgBouncer.")
                return OK
            missing = lacking(connection)
    except psycopg.Error as error:
        print(f"The database says: {error}", file=sys.stderr)
        return NO_DATABASE
    if missing:
        print(f"Missing limits: {', '.join(missing)}. {HOW}", file=sys.stderr)
        return LACKING
    print("All time limits are set.")
    return OK


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m config.time_limits",
        description="Give the database role in DATABASE_URL its time limits, for PgBouncer.",
        epilog="Example: PGBOUNCER=true python -m config.time_limits set. Exit codes: 0 when all "
        f"is well; {NO_DATABASE} when the database refuses; {LACKING} when a limit is missing.",
    )
    parser.add_argument("what", choices=["set", "check"])
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
