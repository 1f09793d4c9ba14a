"""A call that a supervisor has to decide about is escalated as it's saved, in the same action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions, words
from cases.enums import CaseStatus, ItemState
from cases.models import CallDraft, Case, Escalation
from leases.models import Lease
from mail.models import Email
from mail.outbound.render import render
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R8", "R37")]
WHY = "La tienda se niega; hace falta decidir."
OpenCase = Callable[..., Case]


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


@pytest.fixture
def send(
    draft: CallDraft, lease: Lease, ana: User, sign_in: Callable[..., Client]
) -> Callable[..., HttpResponse]:
    client = sign_in(ana)
    typed = {
        "language": "es", "channel": "phone", "visibility": "internal", "kind": "late_payment",
        "lease": lease.account_number, "summary": "La tienda no recibe el sofá.",
        "escalation": WHY,
    }  # fmt: skip

    def sent(**fields: str) -> HttpResponse:
        address = reverse("call", args=[draft.number])
        return client.post(address, typed | fields, follow=True)

    return sent


def status_in_spanish() -> str:
    with translation.override("es"):
        return words.status_for_customer(CaseStatus.ESCALATED)


def escalated(case: Case) -> Escalation:
    case.refresh_from_db()
    assert case.status == CaseStatus.ESCALATED
    return Escalation.objects.get(case=case)


def test_one_email_says_both_and_not_why(open_case: OpenCase, ana: User, now: datetime) -> None:
    case = open_case(escalation=WHY)
    told = escalated(case)
    assert (told.reason, told.by, told.at) == (WHY, ana, now)
    letter = render(Email.objects.get(casemail__case=case))
    assert letter.subject.startswith("Abrimos su caso")
    assert status_in_spanish() in letter.text
    assert WHY not in letter.text


@pytest.mark.requirement("R39")
@pytest.mark.parametrize(
    ("language", "told", "stands"),
    [
        (
            "es", "El equipo de supervisión está revisando este caso. Mientras tanto, por favor,"
            " envíenos a más tardar el 23 de noviembre de 2026:\n• Recibos",
            "Qué sigue: Nos toca a nosotros",
        ),
        (
            "en", "A supervisor is reviewing this case. Meanwhile, please send us by November 23,"
            " 2026:\n• Receipts", "What happens next: We’ll take the next step",
        ),
    ],
)  # fmt: skip
def test_what_is_asked_for_too_does_not_hide_the_supervisor(
    language: str, told: str, stands: str, open_case: OpenCase, lease: Lease, dans_lease: Lease
) -> None:
    theirs = lease if language == "es" else dans_lease
    case = open_case(
        lease=theirs, language=language, escalation=WHY, items={"receipts": ItemState.ASKED}
    )
    letter = render(Email.objects.get(casemail__case=case)).text
    assert told in letter
    assert stands in letter
    with translation.override(language):
        assert str(words.status_for_customer(CaseStatus.ESCALATED)) in letter


def test_the_page_says_it_before_too(send: Callable[..., HttpResponse]) -> None:
    page = text(send(preview="1", **{"slot-payment_proof": "asked"}))
    assert "El equipo de supervisión está revisando este caso. Mientras tanto, por favor," in page
    assert status_in_spanish() in page


def test_saved_without_sending_sends_nothing(open_case: OpenCase) -> None:
    case = open_case(escalation=WHY, is_confirmed=False)
    escalated(case)
    assert not Email.objects.filter(casemail__case=case).exists()


def test_what_is_refused_escalates_nothing(open_case: OpenCase) -> None:
    with pytest.raises(ValidationError) as refused:
        open_case(escalation=WHY, outcome="plan_agreed", message="Acordamos un plan.")
    assert refused.value.code == "outcome_escalated"
    assert not Case.objects.exists()
    assert not Escalation.objects.exists()


def test_the_page_shows_it_before_and_says_it_after(
    send: Callable[..., HttpResponse], draft: CallDraft
) -> None:
    preview = text(send(preview="1"))
    assert status_in_spanish() in preview
    draft.refresh_from_db()
    assert draft.typed["escalation"] == WHY
    page = text(send())
    assert "El equipo de supervisión revisará primero este caso." in page
    assert escalated(Case.objects.get()).reason == WHY


@pytest.mark.parametrize("visibility", ["internal", "public"])
def test_a_call_about_an_open_case_escalates_that_one(
    send: Callable[..., HttpResponse], open_case: OpenCase, visibility: str
) -> None:
    case = open_case()
    page = text(send(add_to=case.number, visibility=visibility))
    assert escalated(case).reason == WHY
    assert "El equipo de supervisión revisará primero este caso." in page
    kinds = Email.objects.filter(casemail__case=case).values_list("template__key", flat=True)
    more = {"message_added"} if visibility == "public" else set()
    assert set(kinds) == {"case_opened", "escalated", *more}


def test_a_case_that_is_with_a_supervisor_is_not_escalated_again(
    send: Callable[..., HttpResponse], open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case()
    actions.escalate(case=case, reason="Antes", by=ana, now=now)
    refused = send(add_to=case.number)
    assert refused.status_code == 422
    [error] = refused.context["adding"].non_field_errors().as_data()
    assert error.code == "case_escalated"
    assert not case.entries.filter(body="La tienda no recibe el sofá.").exists()
    assert WHY in text(refused)
    assert escalated(case).reason == "Antes"
