"""What merchant services decides on the page of a lease, and what others aren't offered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from leases import actions
from leases.actions.move import locked, move
from leases.enums import LeaseStatus, Rule
from leases.models import Customer, Lease

S = LeaseStatus
MakeLease = Callable[..., Lease]
SignIn = Callable[..., Client]


@pytest.fixture
def mateos(mateo: User, sign_in: SignIn) -> Client:
    return sign_in(mateo)


@pytest.fixture
def applied(make_lease: MakeLease, carla: Customer) -> Callable[[S], Lease]:
    def answered(decision: S) -> Lease:
        return make_lease(carla, decision=decision, now=timezone.now() - timedelta(days=1))

    return answered


def offered(client: Client, lease: Lease) -> set[str]:
    return set(client.get(reverse("lease", args=[lease.account_number])).context["decisions"])


def post(client: Client, page: str, lease: Lease, **typed: str) -> Any:
    return client.post(reverse(page, args=[lease.account_number]), typed)


def errors(answer: Any, form: str) -> dict[str, list[str | None]]:
    assert answer.status_code == 422
    data = answer.context["decisions"][form].errors.as_data()
    return {field: [error.code for error in each] for field, each in data.items()}


def last(lease: Lease) -> tuple[str, str, str, str]:
    event = lease.status_events.latest("at", "id")
    assert event.by is not None
    return event.to_status, event.rule, event.reason, event.by.name


@pytest.mark.requirement("R69")
def test_a_denial_is_reviewed_and_overturned(mateos: Client, applied: Callable[[S], Lease]) -> None:
    lease = applied(S.DENIED)
    assert offered(mateos, lease) == {"place"}
    answer = post(mateos, "lease_review", lease, step="place", reason="Llegó el comprobante.")
    assert answer.headers["Location"] == reverse("lease", args=[lease.account_number])
    assert last(lease) == (S.IN_PROCESS, Rule.REVIEW, "Llegó el comprobante.", "Mateo Cruz")
    assert offered(mateos, lease) == {"end"}
    post(
        mateos, "lease_review", lease,
        step="end", decision="approved", approval_limit="$1,250.50", reason="Ingresos al día.",
    )  # fmt: skip
    lease.refresh_from_db()
    assert (lease.status, lease.approval_limit) == (S.APPROVED, Decimal("1250.50"))
    assert last(lease) == (S.APPROVED, Rule.REVIEW_ENDED, "Ingresos al día.", "Mateo Cruz")
    assert offered(mateos, lease) == set()


@pytest.mark.requirement("R69")
def test_a_review_can_end_in_a_denial(
    mateos: Client, mateo: User, applied: Callable[[S], Lease]
) -> None:
    lease = applied(S.PREQUALIFIED)
    actions.place_in_review(lease=lease, reason="x", by=mateo, now=timezone.now())
    post(mateos, "lease_review", lease, step="end", decision="denied", reason="No alcanza.")
    assert last(lease) == (S.DENIED, Rule.REVIEW_ENDED, "No alcanza.", "Mateo Cruz")


@pytest.mark.requirement("R57", "R58", "R60")
@pytest.mark.parametrize(
    ("status", "decision", "limit", "rule"),
    [
        (S.PREQUALIFIED, S.PRE_APPROVED, "", Rule.OPT_IN),
        (S.PREQUALIFIED, S.APPROVED, "900", Rule.OPT_IN),
        (S.PRE_APPROVED, S.APPROVED, "900.00", Rule.MORE_INFORMATION),
        (S.PRE_APPROVED, S.DENIED, "", Rule.MORE_INFORMATION),
        (S.PENDING, S.PREQUALIFIED, "", Rule.ENGINE_BACK),
        (S.PENDING, S.APPROVED, "900", Rule.ENGINE_BACK),
    ],
)
def test_an_open_application_is_answered(
    mateos: Client, applied: Callable[[S], Lease], status: S, decision: S, limit: str, rule: Rule
) -> None:
    lease = applied(status)
    assert offered(mateos, lease) == {"decide", "place"}
    typed = {"decision": decision.value, "approval_limit": limit, "reason": "Datos completos."}
    assert post(mateos, "lease_decision", lease, **typed).status_code == 302
    assert last(lease) == (decision, rule, "Datos completos.", "Mateo Cruz")


def test_only_what_may_follow_is_offered(mateos: Client, applied: Callable[[S], Lease]) -> None:
    page = mateos.get(reverse("lease", args=[applied(S.PRE_APPROVED).account_number]))
    choices = page.context["decisions"]["decide"].fields["decision"].choices
    assert [value for value, _ in choices] == [S.APPROVED, S.DENIED]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ({}, {"decision": ["required"], "reason": ["required"]}),
        ({"decision": "approved", "reason": "x"}, {"approval_limit": ["lease_limit"]}),
        ({"decision": "denied", "reason": "x", "approval_limit": "5"},
         {"approval_limit": ["lease_limit"]}),
        ({"decision": "approved", "reason": " ", "approval_limit": "5"}, {"reason": ["required"]}),
        ({"decision": "approved", "reason": "x", "approval_limit": "-5"},
         {"approval_limit": ["approval_limit"]}),
        ({"decision": "approved", "reason": "x", "approval_limit": "0"},
         {"approval_limit": ["approval_limit"]}),
        ({"decision": "approved", "reason": "x", "approval_limit": "10.005"},
         {"approval_limit": ["max_decimal_places"]}),
        ({"decision": "approved", "reason": "x", "approval_limit": "12345678.00"},
         {"approval_limit": ["max_digits"]}),
        ({"decision": "approved", "reason": "x", "approval_limit": "NaN"},
         {"approval_limit": ["invalid"]}),
        ({"decision": "funded", "reason": "x"}, {"decision": ["invalid_choice"]}),
        # The table allows it to others, not to this one.
        ({"decision": "pre_approved", "reason": "x"}, {"__all__": ["lease_transition"]}),
    ],
)  # fmt: skip
def test_a_refused_decision_changes_nothing_and_keeps_what_was_typed(
    mateos: Client, applied: Callable[[S], Lease], typed: dict[str, str], codes: dict[str, Any]
) -> None:
    lease = applied(S.PRE_APPROVED)
    typed = {"note": "", **typed, "reason": typed.get("reason", "")}
    answer = post(mateos, "lease_decision", lease, **typed)
    assert errors(answer, "decide") == codes
    bound = answer.context["decisions"]["decide"]
    assert bound["approval_limit"].value() == typed.get("approval_limit")
    assert Lease.objects.get().status == S.PRE_APPROVED
    assert lease.status_events.count() == 1


def test_an_approval_without_a_limit_is_no_denial(
    mateos: Client, mateo: User, applied: Callable[[S], Lease]
) -> None:
    lease = applied(S.DENIED)
    actions.place_in_review(lease=lease, reason="x", by=mateo, now=timezone.now())
    answer = post(mateos, "lease_review", lease, step="end", decision="approved", reason="Sí")
    assert errors(answer, "end") == {"approval_limit": ["lease_limit"]}
    assert Lease.objects.get().status == S.IN_PROCESS


def test_a_second_press_is_told_what_the_lease_has_become(
    mateos: Client, mateo: User, applied: Callable[[S], Lease]
) -> None:
    lease = applied(S.DENIED)
    for codes in (None, {"__all__": ["lease_transition"]}):
        answer = post(mateos, "lease_review", lease, step="place", reason="Dos veces.")
        assert answer.status_code == 302 if codes is None else errors(answer, "place") == codes
    assert "Dos veces." in answer.content.decode()
    assert lease.status_events.count() == 2
    actions.end_review(lease=lease, approval_limit=None, reason="x", by=mateo, now=timezone.now())
    answer = post(mateos, "lease_review", lease, step="end", decision="denied", reason="x")
    assert errors(answer, "end") == {"__all__": ["lease_transition"]}


@pytest.mark.requirement("R62")
def test_a_signature_left_behind_is_accepted(mateos: Client, applied: Callable[[S], Lease]) -> None:
    now, lease = timezone.now(), applied(S.APPROVED)
    lease = actions.submit_invoice(lease=lease, number="F-1", total=Decimal(9), by=None, now=now)
    assert offered(mateos, lease) == set()
    assert errors(post(mateos, "lease_acceptance", lease), "accept") == {
        "__all__": ["lease_transition"]
    }
    with transaction.atomic():  # and then something broke
        move(locked(lease), S.CONTRACTS_RECEIVED, by=None, now=now, signed_at=now)
    assert offered(mateos, lease) == {"accept"}
    assert post(mateos, "lease_acceptance", lease).status_code == 302
    assert last(lease)[:2] == (S.LEASE_ACCEPTED, Rule.ACCEPTANCE)


@pytest.mark.parametrize("person", ["ana", "sofia", "irene"])
def test_nobody_else_is_offered_any_of_it(
    person: str, applied: Callable[[S], Lease], sign_in: SignIn, request: Any
) -> None:
    lease = applied(S.PENDING)
    client = sign_in(request.getfixturevalue(person))
    assert offered(client, lease) == set()
    for page in ("lease_review", "lease_decision", "lease_acceptance"):
        assert post(client, page, lease, reason="x").status_code == 404


def test_what_a_newer_application_replaced_is_not_decided(
    mateos: Client, applied: Callable[[S], Lease], dans_lease: Lease
) -> None:
    lease = applied(S.PENDING)
    Lease.objects.filter(pk=dans_lease.pk).update(supersedes=lease)
    assert offered(mateos, lease) == set()
    typed = {"decision": "denied", "reason": "x"}
    assert errors(post(mateos, "lease_decision", lease, **typed), "decide") == {
        "__all__": ["superseded"]
    }
