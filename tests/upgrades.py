"""An installation of an earlier version: its database as it was, and the upgrade."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps


@contextmanager
def before(app: str, migration: str) -> Iterator[StateApps]:
    """The database one step before this migration, in a test's transaction; after the block,
    upgraded.

    Rows made before the block are in it, without what later migrations added. Yields the models of
    that time.
    """
    node = (app, migration)
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    earlier = [
        found for found in executor.loader.graph.node_map[node].parents if found.key[0] == app
    ]
    try:
        _migrate([found.key for found in earlier])
    except CommandError:  # refused, with later migrations undone already
        _migrate(latest)
        raise
    yield MigrationExecutor(connection).loader.project_state([each.key for each in earlier]).apps
    _migrate(latest)


def _migrate(targets: list[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        # A table with checks pending until the end of the transaction can't be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # A busy machine may think for longer than that between two of many migrations.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    MigrationExecutor(connection).migrate(targets)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
