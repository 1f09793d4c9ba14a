"""What a customer was asked to send: one state, tied to its files, the same for every reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pgtrigger
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions, asked_items
from cases.models import AskedItem, Case, Evidence
from leases.models import Customer
from mail.models import Email
from mail.outbound.render import render
from tests.cases.evidence.evidence_makers import image_bytes


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case(kind="defective")


@pytest.fixture
def carlas(carla: Customer, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(carla.user)


@pytest.fixture
def anas(ana: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ana)


def ask(case: Case, *slots: str, by: User, now: datetime) -> None:
    actions.request_evidence(case=case, slots=slots, by=by, now=now)


def send(client: Client, case: Case, size: int = 20, **typed: str) -> Any:
    """Each photo has its own size, because the same photo twice counts as one."""
    file = SimpleUploadedFile(f"sofa{size}.jpg", image_bytes(size=(size, size)))
    return client.post(reverse("portal_messages", args=[case.number]), typed | {"evidence": file})


def states(case: Case) -> dict[str, str]:
    return dict(AskedItem.objects.filter(case=case).values_list("slot", "state"))


def shown(client: Client, page: str, case: Case) -> str:
    """The list of what was asked for, as it stands on this page."""
    text = client.get(reverse(page, args=[case.number]), {"open": "evidence"}).content.decode()
    begin = text.index('class="' + ("items" if page == "portal_case" else "stack items"))
    return text[begin : text.index("</ul>", begin)]


@pytest.mark.requirement("R48")
def test_what_came_is_received_on_every_page_and_in_the_mail(
    case: Case, carlas: Client, anas: Client, ana: User, now: datetime
) -> None:
    ask(case, "photos", by=ana, now=now)
    assert "Pendiente" in shown(carlas, "portal_case", case)
    assert send(carlas, case).status_code == 302
    assert states(case) == {"photos": "received"}
    assert AskedItem.objects.get().files.get() == Evidence.objects.get()
    for client, page in ((carlas, "portal_case"), (anas, "case")):
        text = shown(client, page, case)
        assert "Recibido" in text
        assert "sofa20.jpg" in text
        whole = client.get(reverse(page, args=[case.number])).content.decode()
        assert "Recibido como:" in whole  # at the file itself
        assert "Pendiente" not in text
    mail = render(Email.objects.get(template__key="evidence_received")).text
    assert "Recibido como: Fotos del artículo" in mail
    assert "no tiene que hacer nada más" in mail
    accept = {"slot": "photos", "came": "yes"}
    anas.post(reverse("case_evidence_received", args=[case.number]), accept)
    assert "Aceptado" in shown(carlas, "portal_case", case)
    assert "Aceptado" in shown(anas, "case", case)


def test_of_several_the_customer_says_which(
    case: Case, carlas: Client, ana: User, now: datetime
) -> None:
    ask(case, "photos", "purchase_proof", by=ana, now=now)
    refused = send(carlas, case)
    assert refused.status_code == 422
    assert refused.context["form"].errors.as_data()["answers"][0].code == "answers_missing"
    assert not Evidence.objects.exists()
    assert send(carlas, case, answers="refusal_proof").status_code == 422  # no one requested it
    assert send(carlas, case, answers="purchase_proof").status_code == 302
    assert states(case) == {"photos": "asked", "purchase_proof": "received"}
    assert send(carlas, case, 30, answers="else").status_code == 302
    assert states(case) == {"photos": "asked", "purchase_proof": "received"}
    assert send(carlas, case, 40).status_code == 302  # the only one missing
    assert states(case) == {"photos": "received", "purchase_proof": "received"}


def test_words_alone_and_files_nobody_asked_for_answer_nothing(
    case: Case, carlas: Client, ana: User, now: datetime
) -> None:
    assert send(carlas, case).status_code == 302
    ask(case, "photos", "receipts", by=ana, now=now)
    page = carlas.post(reverse("portal_messages", args=[case.number]), {"body": "Mañana, gracias."})
    assert page.status_code == 302
    assert states(case) == {"photos": "asked", "receipts": "asked"}


def test_what_cannot_be_read_is_asked_for_again_by_itself(
    case: Case, carlas: Client, anas: Client, ana: User, now: datetime
) -> None:
    ask(case, "photos", by=ana, now=now)
    send(carlas, case)
    page = reverse("case_unreadable", args=[case.number, Evidence.objects.get().pk])
    assert anas.get(page).context["form"]["slot"].value() == "photos"
    actions.mark_unreadable(evidence=Evidence.objects.get(), reason="Borroso.", by=ana, now=now)
    assert states(case) == {"photos": "unreadable"}
    assert "No se lee: envíe otro archivo" in shown(carlas, "portal_case", case)
    assert "No se puede leer" in shown(anas, "case", case)
    send(carlas, case, 30)
    assert states(case) == {"photos": "received"}
    assert AskedItem.objects.get().files.count() == 2


def test_a_case_that_ends_asks_for_nothing(
    case: Case, carlas: Client, ana: User, now: datetime
) -> None:
    ask(case, "photos", by=ana, now=now)
    resolved = actions.Update(
        body="Listo.", visibility="public", language="es", to_status="resolved", outcome="repaired"
    )
    case.refresh_from_db()
    actions.update_case(case=case, version=case.version, update=resolved, by=ana, now=now)
    assert states(case) == {"photos": "dropped"}
    ask_again = actions.Update(
        body="Seguimos.", visibility="public", language="es", to_status="in_progress"
    )
    case.refresh_from_db()
    actions.update_case(case=case, version=case.version, update=ask_again, by=ana, now=now)
    ask(case, "photos", by=ana, now=now)
    assert states(case) == {"photos": "asked"}


def test_the_database_knows_the_table(case: Case, ana: User, now: datetime) -> None:
    ask(case, "photos", by=ana, now=now)
    actions.settle_evidence(case=case, slot="photos", by=ana, now=now)
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        AskedItem.objects.update(state="received")


def test_every_step_is_legal_in_the_database_as_in_the_table(
    case: Case, ana: User, now: datetime
) -> None:
    """Written out, so whoever changes the table changes this too, and the trigger with a
    migration.
    """
    legal = {
        "asked": {"received", "unreadable", "accepted", "dropped"},
        "received": {"asked", "unreadable", "accepted", "dropped"},
        "unreadable": {"asked", "received", "accepted", "dropped"},
        "accepted": {"asked", "unreadable"},
        "dropped": {"asked", "unreadable"},
    }
    assert legal == {start: set(ends) for start, ends in asked_items.TRANSITIONS.items()}
    assert {"asked", "unreadable"} == asked_items.MISSING
    assert {"asked", "unreadable", "received"} == asked_items.OPEN
    ask(case, "photos", by=ana, now=now)
    row = AskedItem.objects.filter(slot="photos")
    for start in legal:
        for end in legal.keys() - {start}:
            with pgtrigger.ignore("cases.AskedItem:asked_item_state_table"):
                row.update(state=start)
            if end in legal[start]:
                assert row.update(state=end) == 1
                continue
            with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
                row.update(state=end)
