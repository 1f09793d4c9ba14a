"""The mails that a change of a case sends automatically: which one, once, in the customer's
language.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.actions import Update
from cases.mails.resolved import RESOLVED
from cases.models import Case
from leases.models import Customer
from mail.models import Email
from mail.outbound.render import Rendered, render
from tests.cases.evidence.evidence_makers import image_bytes
from tests.mail.conftest import CASE_PARAMS
from tests.moves import move

OpenCase = Callable[..., Case]


def mails(case: Case) -> list[str]:
    """Those after the mail that announced the case."""
    sent = Email.objects.filter(casemail__case=case).exclude(template__key="case_opened")
    return list(sent.order_by("created_at", "id").values_list("template__key", flat=True))


def last(case: Case) -> Rendered:
    return render(
        Email.objects.filter(casemail__case=case).exclude(template__key="case_opened").get()
    )


@pytest.mark.requirement("R37", "R48")
def test_an_escalation_is_told_without_its_reason(
    open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case()
    actions.escalate(case=case, reason="La tienda miente.", by=ana, now=now)
    assert mails(case) == ["escalated"]
    told = last(case)
    assert str(case) in told.subject
    assert "Pasamos su caso al equipo de supervisión" in told.text
    assert "miente" not in told.text


def test_a_resolved_case_is_one_mail_with_its_outcome_and_our_words(
    open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case(kind="charge_dispute")
    note = Update(body="Cliente difícil.", language="es")
    actions.update_case(case=case, version=1, update=note, by=ana, now=now)
    update = move("resolved", outcome="charge_removed", body="Ya tiene su reembolso.")
    actions.update_case(case=case, version=2, update=update, by=ana, now=now)
    assert mails(case) == ["resolved"]
    told = (
        "Retiramos el cargo o se lo reembolsamos.\n\n"
        "Ana Torres, de Puente, le escribió:\n\nYa tiene su reembolso."
    )
    assert told in last(case).text
    assert "difícil" not in last(case).text


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["", "Ya tiene su reembolso."])
def test_a_mail_of_before_there_were_outcomes_still_goes_out(answer: str) -> None:
    params = CASE_PARAMS | {"answer": answer}
    found = RESOLVED.read(params).words()
    assert (answer or "We finished the work on your case.") in found["outcome"]


@pytest.mark.requirement("R53", "R54")
def test_files_from_the_portal_get_a_receipt(
    sign_in: Callable[[User], Client], open_case: OpenCase, carla: Customer
) -> None:
    case = open_case()
    files = [
        SimpleUploadedFile("sofá.jpg", image_bytes(), "image/jpeg"),
        SimpleUploadedFile("recibo.png", image_bytes(file_format="PNG"), "image/png"),
    ]
    address = reverse("portal_messages", args=[case.number])
    answer = sign_in(carla.user).post(address, {"body": "Aquí está.", "evidence": files})
    assert answer.status_code == 302
    assert mails(case) == ["evidence_received"]
    receipt = last(case)
    assert "• sofá.jpg\n• recibo.png\n" in receipt.text
    assert "hora estándar central" in receipt.text or "hora de verano central" in receipt.text


def test_words_alone_need_no_receipt(open_case: OpenCase, carla: Customer, now: datetime) -> None:
    case = open_case()
    actions.add_customer_message(case=case, body="Hola", by=carla.user, now=now)
    assert mails(case) == []
