"""The address a mail asks for replies, and where its delivery report goes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.models import Case
from mail import reply_address
from mail.models import Email
from mail.outbound.message import envelope_sender, message

NUMBER = "260001233"
NOW = datetime(2026, 11, 18, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _read(settings: Any) -> None:
    settings.INBOUND_ADDRESS = "respuestas@puente.example"


def read(address: str) -> str | None:
    signed = reply_address.read(address)
    return signed.number if signed else None


def test_it_says_which_case_however_it_is_spelled() -> None:
    address = reply_address.make(NUMBER, now=NOW)
    assert address.startswith(f"respuestas+{NUMBER}-261118-")
    assert address == address.lower()
    assert len(reply_address.make("2" * 12, now=NOW).rpartition("@")[0]) <= 64
    assert read(address) == NUMBER
    assert read(address.upper()) == NUMBER


def test_a_number_alone_opens_nothing() -> None:
    local, _, domain = reply_address.make(NUMBER, now=NOW).partition("@")
    for forged in (
        f"respuestas+{NUMBER}@{domain}",
        f"respuestas+{NUMBER}-@{domain}",
        f"respuestas+{NUMBER}-aaaaaaaaaaaaaaaa@{domain}",
        local.replace(NUMBER, "260001241") + f"@{domain}",
        f"{local}x@{domain}",
        f"{local}@evil.example",
        f"otro{local.removeprefix('respuestas')}@{domain}",
        "respuestas@puente.example",
        "@",
        "",
    ):
        assert reply_address.read(forged) is None, forged


def test_it_is_good_for_a_time(settings: Any) -> None:
    settings.INBOUND_ADDRESS_DAYS = 30
    signed = reply_address.read(reply_address.make(NUMBER, now=NOW))
    assert signed
    assert not signed.has_expired(NOW + timedelta(days=30))
    assert signed.has_expired(NOW + timedelta(days=31))


def test_nobody_can_give_it_another_day() -> None:
    address = reply_address.make(NUMBER, now=NOW)
    for day in ("271118", "261119", "000000", "999999", "", "26111", "２６１１１８"):
        assert reply_address.read(address.replace("261118", day)) is None


def test_another_key_is_another_proof_and_the_last_key_still_counts(settings: Any) -> None:
    address = reply_address.make(NUMBER, now=NOW)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-" * 8
    assert reply_address.read(address) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read(address) == NUMBER


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    assert reply_address.read(text) is None
    assert reply_address.read(f"respuestas+{text}@puente.example") is None
    assert reply_address.read_bounce(f"respuestas+b-{text}@puente.example") is None


def test_the_envelope_names_the_mail() -> None:
    pk = uuid.uuid4()
    assert reply_address.read_bounce(reply_address.make_bounce(pk).upper()) == pk
    assert reply_address.read_bounce(reply_address.make(NUMBER, now=NOW)) is None


def test_who_we_are() -> None:
    assert reply_address.is_own("SUPPORT@puente.example")
    assert reply_address.is_own(reply_address.make(NUMBER, now=NOW))
    assert not reply_address.is_own("carla@example.com")


def test_a_mail_about_a_case_is_answered_at_its_own_address(
    open_case: Callable[..., Case], post: Callable[..., Email], settings: Any
) -> None:
    case = open_case()
    email = Email.objects.get(casemail__case=case)
    headers = message_from_bytes(message(email), policy=default)
    signed = reply_address.read(headers["Reply-To"].addresses[0].addr_spec)
    assert signed == (case.number, email.created_at.date())
    assert reply_address.read_bounce(envelope_sender(email)) == email.pk
    code = post("sign_in_code", params={"code": "482913", "minutes": 10})
    assert "Reply-To" not in message_from_bytes(message(code), policy=default)
    other = message_from_bytes(message(post()), policy=default)  # about no case: parked, but read
    assert other["Reply-To"] == settings.INBOUND_ADDRESS
    settings.INBOUND_ADDRESS = ""
    assert "Reply-To" not in message_from_bytes(message(email), policy=default)
    assert envelope_sender(email) == "support@puente.example"
