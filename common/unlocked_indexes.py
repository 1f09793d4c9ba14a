"""An index over many rows, made while others write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation


class IndexWithoutLock(Operation):
    """`on`: table, columns and condition, as in CREATE INDEX. Its migration isn't atomic.

    What an interrupted try has left is made anew; a good index stays. Inside a transaction (of a
    test) no one else could write, and PostgreSQL makes no index concurrently.
    """

    reversible = True

    def __init__(
        self, name: str, on: str, *, unique: bool = False, state_operations: Sequence[Any] = ()
    ) -> None:
        self.name, self.on, self.unique = name, on, unique
        self.state_operations = list(state_operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        for each in self.state_operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [self.name]
            )
            found = cursor.fetchone()
        if found and found[0]:
            return
        if found:
            self._drop(schema_editor)
        kind = "UNIQUE INDEX" if self.unique else "INDEX"
        self._execute(
            schema_editor, f"CREATE {kind} {self._how(schema_editor)} {self.name} ON {self.on}"
        )

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._drop(schema_editor)

    def _drop(self, schema_editor: Any) -> None:
        self._execute(schema_editor, f"DROP INDEX {self._how(schema_editor)} IF EXISTS {self.name}")

    def _execute(self, schema_editor: Any, statement: str) -> None:
        """Large indexes take longer than a page may."""
        if schema_editor.connection.in_atomic_block:
            schema_editor.execute(statement, params=None)
            return
        schema_editor.execute("SET statement_timeout = 0", params=None)
        try:
            schema_editor.execute(statement, params=None)
        finally:
            schema_editor.execute("RESET statement_timeout", params=None)

    def _how(self, schema_editor: Any) -> str:
        return "" if schema_editor.connection.in_atomic_block else "CONCURRENTLY"

    def describe(self) -> str:
        return f"Create index {self.name} without keeping anyone from writing"


class DropIndexWithoutLock(IndexWithoutLock):
    """The opposite."""

    def database_forwards(self, *args: Any) -> None:
        super().database_backwards(*args)

    def database_backwards(self, *args: Any) -> None:
        super().database_forwards(*args)

    def describe(self) -> str:
        return f"Drop index {self.name} without keeping anyone from writing"
