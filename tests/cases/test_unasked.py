"""What a reason needs and the email doesn’t ask for is said before goodbye; one button asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from cases import actions, kinds
from cases.models import CallDraft
from leases.models import Lease
from tests.pages import text

pytestmark = [pytest.mark.requirement("R37", "R85"), pytest.mark.django_db]
SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
RETURN = ("slot-photos", "slot-purchase_proof", "slot-tracking", "slot-store_receipt")


@pytest.fixture
def address(ben: User, lease: Lease, now: datetime) -> str:
    return reverse("call", args=[actions.start_call(by=ben, now=now, lease=lease).number])


def sent(lease: Lease, **more: str) -> dict[str, str]:
    return {
        "language": "en", "lease": lease.account_number, "summary": "Wants to return it.",
        "kind": "return", "channel": "phone", "visibility": "internal",
    } | more  # fmt: skip


def asked(number: str) -> dict[str, str]:
    typed = CallDraft.objects.get(number=number).typed
    return {name: value for name, value in typed.items() if name.startswith("slot-")}


def told_in_strip(page: Any) -> str:
    """In view wherever the hand is."""
    found = re.search(r'<p[^>]* id="just-asked"[^>]*>(.*?)</p>', page.content.decode(), re.DOTALL)
    assert found
    return " ".join(found[1].split())


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_one_button_asks_for_what_no_one_has_said_anything_about(
    address: str, ben: User, lease: Lease, sign_in: SignIn, headers: dict[str, str]
) -> None:
    client = sign_in(ben)
    said = sent(lease, kind="defective") | {"slot-identity": "accepted"}
    page = client.post(address, said | {"choose": "1"}, headers=headers)
    left = ["Photos of the item", "Photo of the invoice", "Proof of purchase"]
    assert page.context["unasked"] == left
    named = "photos of the item, photo of the invoice, proof of purchase"
    assert f"The email doesn’t ask for: {named}." in text(page)
    assert told_in_strip(page) == ""
    assert "Proof of purchase" not in page.context["letters"][0].mail.text  # not by itself
    number = address.split("/")[2]
    after = client.post(address, said | {"ask_all": "1"}, headers=headers)
    assert after.context["unasked"] == []
    assert "Comprobante de compra" in after.context["letters"][0].mail.text
    assert asked(number) == {
        "slot-identity": "accepted", "slot-photos": "asked", "slot-invoice_photo": "asked",
        "slot-purchase_proof": "asked",
    }  # fmt: skip
    assert 'name="slot-purchase_proof" value="asked" checked' in after.content.decode()
    assert f"The email asks for: {named}." in text(after)
    assert told_in_strip(after) == f"Now asked for: {named}."
    back = client.post(address, said | asked(number) | {"ask_all": "1"}, headers=headers)
    assert back.context["unasked"] == left
    assert told_in_strip(back) == f"No longer asked for: {named}."
    assert "Comprobante de compra" not in back.context["letters"][0].mail.text
    assert {name for name, state in asked(number).items() if state} == {"slot-identity"}


@pytest.mark.parametrize(
    ("kind", "relation", "left"),
    [
        ("return", "customer", ["photos", "purchase_proof"]),  # the rest comes once it went back
        ("non_delivery", "customer", ["invoice_photo", "purchase_proof"]),  # nothing to photograph
        ("charge_dispute", "customer", ["receipts", "payment_proof", "bank_statement"]),
        ("charge_dispute", "attorney", ["receipts", "payment_proof", "bank_statement"]),
        ("buyout", "customer", []),  # the lease agreement is ours
        ("denial_reasons", "applicant", []),  # so is the decision
        (
            "identity_theft", "customer",
            ["affidavit", "police_report", "correspondence", "identity"],
        ),
        ("defective", "store", []),  # we write to the customer, who didn’t call
    ],
)  # fmt: skip
def test_only_what_the_customer_can_have_is_asked_for(
    address: str, ben: User, lease: Lease, sign_in: SignIn, kind: str, relation: str,
    left: list[str],
) -> None:  # fmt: skip
    said = sent(lease, kind=kind, relation=relation, caller_name="Rosa", choose="1")
    page = sign_in(ben).post(address, said, headers=HTMX)
    names = kinds.slots()
    with override("en"):
        assert page.context["unasked"] == [names[each].name for each in left]


@pytest.mark.parametrize(
    "more",
    [
        {"kind": ""},
        {"kind": "other"},
        {"outcome": "returned"},
        dict.fromkeys(RETURN, "dropped"),
        dict.fromkeys(RETURN, "asked"),
        dict.fromkeys(RETURN, "unreadable"),
    ],
    ids=["no reason", "needs nothing", "resolved", "not needed", "asked", "unreadable"],
)  # fmt: skip
def test_nothing_is_said_where_nothing_is_left(
    address: str, ben: User, lease: Lease, sign_in: SignIn, more: dict[str, Any]
) -> None:
    page = sign_in(ben).post(address, sent(lease) | more | {"choose": "1"}, headers=HTMX)
    assert page.context["unasked"] == []
    assert "The email doesn’t ask for" not in text(page)


def test_without_an_email_there_is_nothing_to_ask_in(
    ben: User, now: datetime, sign_in: SignIn
) -> None:
    address = reverse("call", args=[actions.start_call(by=ben, now=now).number])
    page = sign_in(ben).post(address, {"kind": "return", "choose": "1"}, headers=HTMX)
    assert "The email doesn’t ask for" not in text(page)


def test_without_an_address_no_email_is_said_to_ask(
    address: str, ben: User, lease: Lease, sign_in: SignIn
) -> None:
    lease.customer.email = ""
    lease.customer.save()
    page = sign_in(ben).post(address, sent(lease, choose="1"), headers=HTMX)
    assert "Not asked for yet: photos of the item, proof of purchase." in text(page)
    assert "The email doesn’t ask for" not in text(page)
    # Nor is anything said to be sent or on hold: what stands there is what to tell them.
    assert "What to tell Carla Peña" in text(page)
    assert "What Carla Peña gets" not in text(page)
    label = re.search(
        r'id="save-label"[^>]*>(.*?)</span>\s*</span>', page.content.decode(), re.DOTALL
    )
    assert label
    assert "data-nothing-sent>Save" in label[1]


def test_saving_asks_for_nothing_by_itself(
    address: str, ben: User, lease: Lease, sign_in: SignIn
) -> None:
    answer = sign_in(ben).post(address, sent(lease, language="es", summary="Quiere devolverlo."))
    assert answer.status_code == 302
    assert CallDraft.objects.get().case.asked_items.count() == 0  # type: ignore[union-attr]
