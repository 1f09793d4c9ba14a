"""One schema for everyone: new installations, and those whose migrations were folded since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core import checks
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from leases.enums import LedgerKind
from leases.models import Lease
from tests import template
from tests.upgrades import before
from tools import demo_prepare

#: What a field of a migration is made of.
FIELDS = {
    "common.sort_keys", "accounts.time_zones", "leases.us_states", "leases.models.names",
    "cases.models.search_words", "common.unlocked_indexes",
}  # fmt: skip
FOLDED = {"accounts": 9, "leases": 25, "cases": 28}


def named(sql: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name for (name,) in cursor.fetchall()}


def ours() -> Iterator[type[models.Model]]:
    for room in template.ROOMS:
        yield from apps.get_app_config(room).get_models()


@pytest.mark.django_db
def test_the_database_holds_every_rule_of_the_models() -> None:
    """Django's own check compares what migrations say, not what their SQL left behind."""
    found = named("SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class")
    meant = {
        each.name for model in ours() for each in (*model._meta.constraints, *model._meta.indexes)
    }
    assert meant - found == set()


@pytest.mark.django_db
def test_the_database_has_every_trigger_of_the_models() -> None:
    triggers = {
        each.get_pgid(model) for model in ours() for each in getattr(model._meta, "triggers", ())
    }
    assert triggers == named("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%'")


@pytest.mark.django_db
def test_a_database_with_some_of_the_folded_migrations_is_told() -> None:
    def told() -> list[str]:
        return [each.msg for each in checks.run_checks(tags=["database"], databases=["default"])]

    assert told() == []
    MigrationRecorder(connection).record_unapplied("cases", "0028_evidence_tied")
    assert told() == [
        "cases.0001_tables stands for migrations of which this database lacks 1: first"
        " cases.0028_evidence_tied."
    ]
    with pytest.raises(SystemCheckError, match="with the version before"):
        demo_prepare.migrate()


@pytest.mark.django_db
def test_an_installation_with_the_folded_migrations_only_gets_what_came_after() -> None:
    on_disk = MigrationLoader(None).disk_migrations
    folded = {name for migration in on_disk.values() for name in migration.replaces}
    assert {room: sum(app == room for app, _ in folded) for room in FOLDED} == FOLDED
    assert not folded & on_disk.keys(), "a name means one migration"
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app__in=template.ROOMS).delete()
    for app, name in folded:
        recorder.record_applied(app, name)

    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())

    later = {key for key, each in on_disk.items() if key[0] in template.ROOMS and not each.replaces}
    assert {(migration.app_label, migration.name) for migration, _ in plan} == later


def test_migrations_take_nothing_from_the_code_that_changes() -> None:
    """They say what a database was like when they were written."""
    for room in template.ROOMS:
        for path in Path(apps.get_app_config(room).path, "migrations").glob("*.py"):
            assert set(template._imported(path)) <= {*FIELDS, "cases.migrations"}, path


def test_an_older_ledger_gets_its_two_rules_back(deliver: Callable[..., Lease]) -> None:
    lease = deliver()
    with before("leases", "0003_lost_rules"), connection.cursor() as cursor:
        cursor.execute("DROP INDEX ledger_one_charge_per_instalment, ledger_one_fee_per_instalment")
    twice = lease.ledger.filter(kind=LedgerKind.CHARGE)[0]
    twice.pk = None
    with (
        pytest.raises(IntegrityError, match="ledger_one_charge_per_instalment"),
        transaction.atomic(),
    ):
        twice.save()
