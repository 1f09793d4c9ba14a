"""The copied database of a test run: made by these migrations, with the data they bring."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from leases.models import StateRule
from tests import template


@pytest.mark.django_db
def test_a_copy_holds_what_the_migrations_brought() -> None:
    assert StateRule.objects.exists()


@pytest.mark.django_db
def test_it_is_made_once() -> None:
    def made() -> list[tuple[int, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT oid, datname FROM pg_database WHERE datname = %s", [name])
            return list(cursor.fetchall())

    name = template.ensure()
    before = made()
    assert template.ensure() == name
    assert made() == before


def test_other_migrations_have_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sources = list(template._sources())
    assert {path.name for path in sources} >= {
        "0001_tables.py",
        "0002_state_rules.py",
    }
    before = template._fingerprint()
    changed = tmp_path / "0099_next.py"
    changed.touch()
    monkeypatch.setattr(template, "_sources", lambda: [*sources, changed])
    after = template._fingerprint()
    changed.write_text("# a comment")
    assert len({before, after, template._fingerprint()}) == 2 + 1
