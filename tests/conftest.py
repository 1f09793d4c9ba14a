"""The cast: Ana and Ben take calls, Sofía supervises, Carla and Dan lease, Luna is a store."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import hypothesis
import pgtrigger
import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection
from django.test import Client, TransactionTestCase
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from cases.models import (
    Case,
    CaseKind,
    CaseOutcome,
    EvidenceSlot,
    KindOutcome,
    KindQuestion,
    KindSlot,
    QuestionChoice,
    ScriptSituation,
)
from leases import actions as lease_actions
from leases.enums import LanguageSource, LeaseStatus
from leases.models import Customer, Lease, Merchant, Program, Store
from tests import clock, template

PASSWORD = "corriente-puente-42"

# How long an example takes only says how busy the machine is.
hypothesis.settings.register_profile("puente", deadline=None)
hypothesis.settings.load_profile("puente")

# A shell that starts `make test` in the background makes it ignore Ctrl-C, and so would each
# process that a test starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _private_folders(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    settings.INBOX_ROOT = tmp_path / "inbox"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Each worker's database is a copy of one that was migrated before."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template.ensure()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A copy is made in no time; a kept one may lack what transactional tests deleted."""
    return False


@pytest.fixture(autouse=True, scope="session")
def _tables_may_be_emptied() -> Iterator[None]:
    """Transactional tests end by emptying all tables, which the triggers on history refuse.

    Django would also empty its own lists of models and permissions and write them again each time:
    nine tenths of the work. The kinds of case are as the migrations made them.
    """

    def empty(case: TransactionTestCase) -> None:
        tables = connection.introspection.django_table_names(only_existing=True)
        kept = (
            ContentType, Permission, CaseKind, EvidenceSlot, CaseOutcome, KindSlot, KindOutcome,
            KindQuestion, QuestionChoice, ScriptSituation,
        )  # fmt: skip
        lists = {each._meta.db_table for each in kept}
        statements = connection.ops.sql_flush(no_style(), sorted({*tables} - lists))
        with pgtrigger.ignore("leases.StatusEvent:status_event_not_emptied"):
            connection.ops.execute_sql_flush(statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture
def now() -> datetime:
    """The cast's time. Where a page or task asks the clock, `timezone.now()` returns it."""
    return clock.NOW


def _user(email: str, name: str, role: str, language: str) -> User:
    return User.objects.create_user(email, PASSWORD, name=name, role=role, language=language)


@pytest.fixture
def ana(db: None) -> User:
    return _user("ana@puente.example", "Ana Torres", Role.AGENT, "es")


@pytest.fixture
def ben(db: None) -> User:
    return _user("ben@puente.example", "Ben Wright", Role.AGENT, "en")


@pytest.fixture
def sofia(db: None) -> User:
    return _user("sofia@puente.example", "Sofía Ramírez", Role.SUPERVISOR, "es")


@pytest.fixture
def mateo(db: None) -> User:
    return _user("mateo@puente.example", "Mateo Cruz", Role.MERCHANT_SERVICES, "en")


@pytest.fixture
def irene(db: None) -> User:
    return _user("irene@puente.example", "Irene Vega", Role.ADMINISTRATOR, "en")


@pytest.fixture
def carla(db: None) -> Customer:
    return lease_actions.register_customer(
        name="Carla Peña",
        email="carla@example.com",
        phone="(210) 555-0134",
        language="es",
        language_source=LanguageSource.ASKED,
        available_days=["mon", "tue", "wed", "thu", "fri"],
        available_from=time(17),
        available_to=time(20),
    )


@pytest.fixture
def dan(db: None) -> Customer:
    return lease_actions.register_customer(
        name="Dan Miller",
        email="dan@example.com",
        phone="(312) 555-0199",
        language="en",
        language_source=LanguageSource.APPLICATION,
    )


@pytest.fixture
def luna(db: None) -> Store:
    merchant = Merchant.objects.create(name="Mueblería Luna")
    return Store.objects.create(
        merchant=merchant, name="Luna San Antonio", city="San Antonio", state="TX"
    )


@pytest.fixture
def make_lease(luna: Store, now: datetime) -> Callable[..., Lease]:
    """A lease as an application creates it; later statuses through their actions."""

    def make(customer: Customer, account_number: str = "104477312", **fields: Any) -> Lease:
        decision = fields.pop("decision", LeaseStatus.APPROVED)
        limit = fields.pop("limit", Decimal("1500.00"))
        return lease_actions.apply(
            account_number=account_number,
            customer=customer,
            store=luna,
            decision=decision,
            approval_limit=limit if decision == LeaseStatus.APPROVED else None,
            merchandise="Sofá",
            by=None,
            now=fields.pop("now", now),
        )

    return make


@pytest.fixture
def lease(make_lease: Callable[..., Lease], carla: Customer) -> Lease:
    """Carla's."""
    return make_lease(carla)


@pytest.fixture
def dans_lease(make_lease: Callable[..., Lease], dan: Customer) -> Lease:
    return make_lease(dan, "208855419")


@pytest.fixture
def program(luna: Store) -> Program:
    """Twice the cash price, in weekly or monthly payments."""
    return Program.objects.create(
        merchant=luna.merchant,
        code="doce-meses",
        name_en="Twelve months",
        name_es="Doce meses",
        terms_en="Twelve months of payments.",
        terms_es="Doce meses de pagos.",
        exchange_terms_en="No exchanges.",
        exchange_terms_es="Sin cambios.",
        frequencies=["weekly", "biweekly", "semimonthly", "monthly"],
    )


@pytest.fixture
def deliver(carla: Customer, luna: Store, program: Program, now: datetime) -> Callable[..., Lease]:
    """A lease with its schedule: 1,000.00 in cash, 2,000.00 in payments from a week after `at`."""

    def delivered(account_number: str = "104477312", **fields: Any) -> Lease:
        at = fields.pop("at", now)
        state = fields.pop("state", luna.state)
        Store.objects.filter(pk=luna.pk).update(state=state)
        lease = lease_actions.apply(
            account_number=account_number,
            customer=fields.pop("customer", carla),
            store=Store.objects.get(pk=luna.pk),
            decision=LeaseStatus.APPROVED,
            approval_limit=Decimal("1500.00"),
            program=program,
            merchandise="Sofá",
            by=None,
            now=at,
        )
        total = fields.pop("total", Decimal("1000.00"))
        lease_actions.submit_invoice(
            lease=lease, number="F-1", total=total, by=None, now=at, **fields
        )
        lease_actions.sign(lease=lease, by=None, now=at)
        return lease_actions.confirm_delivery(lease=lease, tells_customer=False, by=None, now=at)

    return delivered


@pytest.fixture
def open_case(lease: Lease, ana: User, now: datetime) -> Callable[..., Case]:
    """Opens a case from a logged call."""
    from cases import actions  # noqa: PLC0415

    def opened(**fields: Any) -> Case:
        agent = fields.pop("by", ana)
        moment = fields.pop("now", now)
        draft = actions.start_call(by=agent, now=moment)
        files = fields.pop("files", ())
        values: dict[str, Any] = {
            "lease": lease,
            "kind": "late_payment",
            "channel": "phone",
            "language": "es",
            "summary": "La clienta pide un plan de pagos.",
        } | fields
        return actions.open_case(
            draft=draft, call=actions.Call(**values), files=files, by=agent, now=moment
        )

    return opened


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def signed_in(user: User, **headers: str) -> Client:
        client = Client(headers=headers)
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def visit(sign_in: Callable[[User], Client]) -> Callable[..., Any]:
    """A page of a lease, by the name of its address."""

    def visited(user: User, name: str, lease: Lease, *args: Any, **query: Any) -> Any:
        return sign_in(user).get(reverse(name, args=[lease.account_number, *args]), query)

    return visited


@pytest.fixture
def send(sign_in: Callable[[User], Client]) -> Callable[..., Any]:
    """A form of a lease's page."""

    def sent(user: User, name: str, lease: Lease, *args: Any, **data: Any) -> Any:
        return sign_in(user).post(reverse(name, args=[lease.account_number, *args]), data)

    return sent


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The pages' clock."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to
