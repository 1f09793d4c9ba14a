"""Reasons for a case are rows: a switched-off one isn't offered, and what it did stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions, deadlines
from cases.events import describe
from cases.kinds import kind_name, offered_kinds, outcomes_for, slots_of
from cases.models import CallDraft, Case, CaseKind, CaseOutcome, EvidenceSlot
from common.company_day import company_zone
from leases.models import Lease
from tests.kinds import KINDS
from tests.upgrades import before


@pytest.fixture
def draft(ana: User, now: Any) -> CallDraft:
    return actions.start_call(by=ana, now=now)


def delete_at_once(row: Model) -> None:
    """Past Django, and without waiting for the end of the transaction."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DELETE FROM {table} WHERE key = %s", [row.pk])


def typed(lease: Lease, kind: str) -> dict[str, str]:
    return {
        "language": "es", "lease": lease.account_number, "kind": kind, "channel": "phone",
        "summary": "Llama por su caso.", "visibility": "internal",
    }  # fmt: skip


@pytest.mark.requirement("R12")
@pytest.mark.django_db
def test_every_reason_has_a_name_in_both_languages_and_ends_somehow() -> None:
    names = set()
    for language in ("en", "es"):
        with translation.override(language):
            names |= {kind_name(key) for key in KINDS}
    assert not names & set(KINDS)
    assert set(KINDS) == set(CaseKind.objects.values_list("key", flat=True))
    assert all(outcomes_for(key) and slots_of(key) for key in KINDS)


@pytest.mark.requirement("R78", "R39")
@pytest.mark.django_db
def test_identity_theft_asks_for_a_statement_and_a_police_report() -> None:
    assert [each.key for each in slots_of("identity_theft")][:2] == ["affidavit", "police_report"]


@pytest.mark.requirement("R12")
@pytest.mark.parametrize("kind", ["late_payment", "identity_theft", "data_request"])
def test_a_case_is_due_as_its_reason_says(
    kind: str, open_case: Callable[..., Case], now: Any
) -> None:
    days = CaseKind.objects.get(key=kind).due_days
    assert open_case(kind=kind).due_on == deadlines.next_update(now, company_zone(), days)


@pytest.mark.django_db
def test_what_is_in_use_stays(open_case: Callable[..., Case], ana: User, now: Any) -> None:
    case = open_case(kind="defective")
    actions.request_evidence(case=case, slots=["photos"], by=ana, now=now)
    for row in (case.kind, EvidenceSlot.objects.get(key="photos")):
        with pytest.raises(ProtectedError):
            row.delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            delete_at_once(row)


@pytest.mark.django_db
def test_a_reason_switched_off_during_the_call_is_named_and_nothing_is_lost(
    draft: CallDraft, lease: Lease, ana: User, sign_in: Any
) -> None:
    client: Client = sign_in(ana)
    CaseKind.objects.filter(key="exchange").update(is_offered=False)
    page = client.post(reverse("call", args=[draft.number]), typed(lease, "exchange"))
    assert page.status_code == 422
    [problem] = page.context["form"].errors.as_data()["kind"]
    assert (problem.code, problem.params) == ("kind_not_offered", {"name": "Cambio"})
    words = page.content.decode()
    assert page.context["form"]["kind"].value() == "exchange"
    assert 'value="exchange"' in words
    assert "Llama por su caso." in words
    assert "exchange" not in [each.key for each in offered_kinds()]


@pytest.mark.django_db
def test_a_reason_nobody_knows_is_refused(
    draft: CallDraft, lease: Lease, ana: User, now: Any, sign_in: Any
) -> None:
    page = sign_in(ana).post(reverse("call", args=[draft.number]), typed(lease, "gossip"))
    assert page.status_code == 422
    assert page.context["form"].errors.as_data()["kind"][0].code == "invalid_choice"
    call = actions.Call(lease=lease, kind="gossip", channel="phone", language="es", summary="Hola")
    with pytest.raises(ValidationError) as refused:
        actions.open_case(draft=draft, call=call, by=ana, now=now)
    assert refused.value.code == "kind_not_offered"
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_history_keeps_the_names_of_what_was_switched_off(
    open_case: Callable[..., Case], ana: User, now: Any
) -> None:
    case = open_case(kind="defective")
    entry = actions.request_evidence(case=case, slots=["photos"], by=ana, now=now)
    EvidenceSlot.objects.filter(key="photos").update(is_offered=False, name_en="Pictures")
    CaseOutcome.objects.filter(key="repaired").update(is_offered=False)
    with translation.override("en"):
        assert describe(entry, for_customer=True) == "We asked for: Pictures"
    assert "photos" not in [each.key for each in slots_of("defective")]
    assert "repaired" not in [each.key for each in outcomes_for("defective")]


@pytest.mark.django_db
def test_going_back_keeps_every_case(open_case: Callable[..., Case]) -> None:
    old, new = open_case(kind="return"), open_case(kind="credit_bureau")
    with before("cases", "0006_kinds") as apps:
        kinds = dict(apps.get_model("cases", "Case").objects.values_list("pk", "kind"))
        assert kinds == {old.pk: "return", new.pk: "other"}
    assert set(Case.objects.values_list("kind", flat=True)) == {"return", "other"}
    assert CaseKind.objects.get(key="return").goes_back


@pytest.mark.django_db
def test_going_back_keeps_every_proof_asked_for(
    open_case: Callable[..., Case], ana: User, now: Any
) -> None:
    """Two that had no place before can't both become the same one of a case."""
    case = open_case(kind="fraud")
    actions.request_evidence(case=case, slots=["affidavit", "police_report"], by=ana, now=now)
    with before("cases", "0016_more_kinds") as apps:
        items = apps.get_model("cases", "AskedItem").objects.filter(case_id=case.pk)
        assert set(items.values_list("slot", flat=True)) == {"correspondence", "police_report"}
    assert case.asked_items.count() == 2
