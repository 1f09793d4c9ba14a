"""What speaks against saving a call as it stands, said before it's saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import CallDraft, Case
from leases.actions import autopay
from leases.actions.payments import record_payment
from leases.enums import AutopayState, PaymentMethod
from leases.models import Autopay, Lease
from leases.queries.ledger import standing_of
from tests.pages import text

pytestmark = pytest.mark.django_db

NOT_YET = "Todavía no ha verificado a quien llama"
ATTORNEY = {
    "relation": "attorney", "caller_name": "Marta Ruiz", "attorney_email": "marta@ruiz.example",
    "attorney_flag": "on",
}  # fmt: skip


@pytest.fixture
def lease(deliver: Callable[..., Lease], now: datetime) -> Lease:
    return deliver(at=now - timedelta(days=20))


@pytest.fixture
def charged(lease: Lease, ana: User, now: datetime) -> Autopay:
    autopay.set_up(lease=lease, method=PaymentMethod.BANK, overdraft_warned=True, by=ana, now=now)
    return Autopay.objects.get(lease=lease)


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


@pytest.fixture
def send(
    draft: CallDraft, lease: Lease, ana: User, sign_in: Callable[[User], Client]
) -> Callable[..., Any]:
    client = sign_in(ana)

    def sent(kind: str = "autopay_revoked", *, part: bool = False, **fields: str) -> Any:
        typed = {
            "language": "es", "lease": lease.account_number, "kind": kind, "channel": "phone",
            "summary": "Ya no quiere cargos.", "visibility": "internal", "relation": "customer",
        }  # fmt: skip
        headers = {"HX-Request": "true"} if part else {}
        return client.post(reverse("call", args=[draft.number]), typed | fields, headers=headers)

    return sent


@pytest.mark.requirement("R73", "R81")
def test_automatic_payments_are_not_stopped_for_a_stranger_unasked(
    send: Callable[..., Any], charged: Autopay
) -> None:
    chosen = text(send(part=True, choose="1"))
    assert chosen.count(NOT_YET) == 2  # below the reason, and above what will be sent
    asked = send()
    assert asked.status_code == 422
    [error] = asked.context["form"].non_field_errors().as_data()
    assert error.code == "stop_doubted"
    charged.refresh_from_db()
    assert charged.state == AutopayState.ACTIVE
    answered = send(asked=asked.context["form"]["asked"].value())
    assert answered.status_code == 302
    charged.refresh_from_db()
    assert charged.state == AutopayState.STOPPED


@pytest.mark.requirement("R73", "R81")
def test_who_was_verified_in_this_call_is_not_doubted(
    send: Callable[..., Any], charged: Autopay
) -> None:
    verified = text(send(part=True, verify="right", factors=["name", "email"]))
    assert 'id="doubts"' in verified
    assert NOT_YET not in verified
    assert send().status_code == 302
    charged.refresh_from_db()
    assert charged.state == AutopayState.STOPPED


def test_wrong_answers_are_doubted_more(send: Callable[..., Any], charged: Autopay) -> None:
    failed = text(send(part=True, verify="wrong", factors=["name", "email"]))
    assert "Las respuestas de quien llama no coincidieron, y al guardar" in failed


@pytest.mark.parametrize(
    ("who", "doubt"),
    [
        ({"relation": "store", "caller_name": "Luz"}, "Solo Carla Peña, o alguien con su permiso"),
        ({"relation": "other", "caller_name": "Luz"}, "Solo Carla Peña, o alguien con su permiso"),
        (ATTORNEY | {"attorney_letter": "asked"}, "Todavía no aceptamos la carta"),
        (ATTORNEY | {"attorney_letter": "accepted"}, ""),
    ],
)
def test_who_else_may_take_it_back(
    send: Callable[..., Any], charged: Autopay, who: dict[str, str], doubt: str
) -> None:
    doubted = send(part=True, choose="1", **who).context["stops"]
    assert (doubted is None) == (not doubt)
    assert not doubt or doubted.told.startswith(doubt)
    assert not doubt or doubted.at == "id_relation"
    assert send(**who).status_code == (422 if doubt else 302)


def test_nothing_is_doubted_if_nothing_is_stopped(send: Callable[..., Any]) -> None:
    assert NOT_YET not in text(send(part=True, choose="1"))
    assert send().status_code == 302


@pytest.mark.requirement("R80")
def test_a_paid_off_letter_for_a_lease_that_is_not_is_warned_of_at_once(
    send: Callable[..., Any], lease: Lease, now: datetime
) -> None:
    owed = standing_of(lease, now.date())
    warning = f"Este arrendamiento no está pagado: quedan ${owed.balance:,.2f}"
    chosen = text(send("paid_off_letter", part=True, choose="1"))
    assert chosen.count(warning) == 2, chosen[-3000:]
    assert warning in text(send("paid_off_letter", part=True, preview="1"))
    assert warning not in text(send("late_payment", part=True, choose="1"))
    record_payment(
        lease=lease, amount=owed.balance, on=now.date(), tells_customer=False, by=None, now=now
    )
    assert "no está pagado" not in text(send("paid_off_letter", part=True, choose="1"))


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("bank_fees", "bank_fee_on"),
        ("data_request", "data_received_on"),
        ("fraud", "fraud_noticed_on"),
    ],
)
def test_what_has_happened_is_not_dated_in_the_future(
    send: Callable[..., Any], open_case: Callable[..., Case], ana: User, now: datetime,
    kind: str, question: str,
) -> None:  # fmt: skip
    tomorrow = now.date() + timedelta(days=1)
    refused = send(kind, **{f"asked-{question}": tomorrow.isoformat()})
    assert refused.status_code == 422
    assert "Esa fecha todavía no llega" in text(refused)
    with pytest.raises(ValidationError) as error:
        open_case(kind=kind, answers={question: tomorrow})
    assert error.value.code == "answer_future"
    assert send(kind, **{f"asked-{question}": now.date().isoformat()}).status_code == 302


def test_what_is_promised_may_be_dated_in_the_future(open_case: Callable[..., Case]) -> None:
    open_case(kind="refund_owed", answers={"refund_expected_on": date(2026, 12, 24)})


@pytest.mark.requirement("R41", "R42")
def test_scripts_are_filled_with_what_is_typed_of_someone_without_a_lease(
    send: Callable[..., Any],
) -> None:
    rosa = {"contact_name": "Rosa Díaz", "contact_email": "rosa@example.com", "lease": ""}
    gap = "<mark>[correo electrónico del cliente]</mark>"
    before = text(send("data_request", part=True, fill="1", lease=""))
    assert f"Tenemos este correo: {gap}" in before
    assert "Tenemos este correo: rosa@example.com." in text(
        send("data_request", part=True, fill="1", **rosa)
    )
    assert "Tenemos este correo: rosa@example.com." in text(
        send("data_request", choose="1", **rosa)
    )
    # Also without a day typed: the case will have the one of the rule.
    assert "[fecha del próximo paso]" not in text(
        send("data_request", part=True, fill="1", due_on="", **rosa)
    )


@pytest.mark.requirement("R42")
def test_texts_that_are_shown_are_filled_in_anew_once_the_lease_is_known(
    send: Callable[..., Any], lease: Lease
) -> None:
    shown = text(send("defective", part=True, texts="1", lease=""))
    assert 'name="written"' in shown
    assert lease.account_number not in shown
    again = send("defective", part=True, choose="1", written="1")
    assert '<div id="texts-shown" hx-swap-oob="innerHTML">' in text(again)
    assert f"cuenta {lease.account_number}" in text(again)
    assert "texts-shown" not in text(send("defective", part=True, choose="1"))
