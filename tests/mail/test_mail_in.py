"""Mails a provider received, posted as its documentation shows."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cases import actions
from cases.enums import InboundSource, InboundState
from cases.evidence import open_original
from cases.models import Case, InboundMail
from mail import reply_address
from mail.enums import ParkReason
from mail.models import Email
from tests.cases.evidence.evidence_makers import image_bytes
from tests.mail.letters import CARLA, MX, PASS, letter
from tests.mail.test_receive_mail import answer

pytestmark = pytest.mark.django_db
SECRET = {"authorization": "Basic " + base64.b64encode(b"puente:hemlig").decode()}


@pytest.fixture(autouse=True)
def _provider(settings: Any) -> None:
    settings.INBOUND_ADDRESS = "respuestas@puente.example"
    settings.INBOUND_AUTHSERV_IDS = [MX]
    settings.INBOUND_PROVIDER = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "puente:hemlig"}


@pytest.fixture
def now() -> datetime:
    """Whether a mail of ours still vouches for its answer depends on the clock."""
    return timezone.now()


@pytest.fixture
def told(open_case: Callable[..., Case]) -> Email:
    return Email.objects.get(casemail__case=open_case())


def postmark(raw: bytes, **fields: Any) -> dict[str, Any]:
    headers = [{"Name": "Return-Path", "Value": "<carla@example.com>"}]
    return {"RawEmail": raw.decode(), "Headers": headers, "OriginalRecipient": "x@y.z"} | fields


def post(payload: dict[str, Any], **headers: str) -> int:
    client = Client(headers=SECRET | headers)
    return client.post("/mail-in/", payload, content_type="application/json").status_code


def test_a_provider_hands_a_reply_in(told: Email) -> None:
    assert post(postmark(answer(told))) == 200
    mail = InboundMail.objects.get()
    assert (mail.state, mail.source) == (InboundState.ENTERED, InboundSource.WEBHOOK)
    assert mail.entry
    assert mail.entry.body == "Ya pagué en la tienda."


def test_once_by_the_mailbox_and_once_by_the_provider(told: Email, now: Any) -> None:
    raw = answer(told, Subject="Re: " + "una línea muy larga " * 8)
    actions.receive_mail(actions.Arrived(raw=raw, source=InboundSource.MAILBOX, now=now))
    assert post(postmark(raw.replace(b"\n", b"\r\n"))) == post(postmark(raw)) == 200
    assert InboundMail.objects.count() == 1


def test_only_who_knows_the_secret(told: Email, settings: Any) -> None:
    wrong = "Basic " + base64.b64encode(b"puente:wrong").decode()
    assert post(postmark(answer(told)), authorization=wrong) == 403
    assert Client().post("/mail-in/").status_code == 403
    settings.ANYMAIL = {}
    assert post(postmark(answer(told))) == 404
    assert not InboundMail.objects.exists()


def test_a_provider_may_ask_for_the_address(settings: Any) -> None:
    """It does so before it knows the secret."""
    assert Client().head("/mail-in/").status_code == 200
    assert Client(headers=SECRET).get("/mail-in/").status_code == 405
    settings.ANYMAIL = {}
    assert Client().head("/mail-in/").status_code == 404


def test_the_envelope_counts(told: Email) -> None:
    assert told.casemail.case
    to = reply_address.make(told.casemail.case.number, now=timezone.now())
    payload = postmark(letter(**PASS), OriginalRecipient=to)
    assert post(payload) == 200
    assert InboundMail.objects.get().state == InboundState.ENTERED
    null = [{"Name": "Return-Path", "Value": "<>"}]
    assert post(postmark(answer(told, Message_ID="<2@example.com>"), Headers=null)) == 200
    assert InboundMail.objects.get(state=InboundState.PARKED).reason == ParkReason.BOUNCE


def test_a_large_mail_passes_the_limit_of_forms(told: Email, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    assert post(postmark(answer(told, "palabra " * 5000))) == 200


def test_of_a_mail_too_large_its_head_and_size_are_kept(told: Email, settings: Any) -> None:
    settings.INBOUND_MAX_BYTES = 10_000
    raw = answer(told, "otra " * 4000)
    assert post(postmark(raw)) == 200
    mail = InboundMail.objects.get(state=InboundState.PARKED)
    assert (mail.reason, mail.case, mail.text) == (ParkReason.UNREADABLE, told.casemail.case, "")
    assert mail.size >= len(raw)
    with open_original(mail.original, root=settings.EVIDENCE_ROOT) as original:
        assert len(original.read()) < 2000


def test_what_no_mail_explains_is_refused(told: Email, settings: Any) -> None:
    settings.INBOUND_MAX_BYTES = 1000
    assert post(postmark(answer(told, "otra " * 5000))) == 413
    form = {"attachment-1": SimpleUploadedFile("x.jpg", b"x" * 5000)}
    assert Client(headers=SECRET).post("/mail-in/", form).status_code == 413
    assert not InboundMail.objects.exists()


def test_a_provider_that_takes_mails_apart(told: Email, settings: Any) -> None:
    """Mailgun: fields and files of a form."""
    settings.INBOUND_PROVIDER = "mailgun"
    settings.ANYMAIL |= {"MAILGUN_WEBHOOK_SIGNING_KEY": "key", "MAILGUN_API_KEY": "x"}
    assert told.casemail.case

    headers = [
        ["From", CARLA],
        ["To", "x@y.example"],
        ["Message-Id", "<1@example.com>"],
        ["In-Reply-To", f"<{told.pk}@127.0.0.1>"],
        ["Subject", "Re: caso"],
    ]
    signed = {"timestamp": "1763481600", "token": "t" * 50}
    signature = hmac.new(
        b"key", (signed["timestamp"] + signed["token"]).encode(), hashlib.sha256
    ).hexdigest()
    form = {
        **signed,
        "signature": signature,
        "recipient": "x@y.example",
        "sender": "carla@example.com",
        "message-headers": json.dumps(headers),
        "body-plain": "Ya pagué.",
        "attachment-count": "1",
        "attachment-1": SimpleUploadedFile("recibo.jpg", image_bytes((40, 30)), "image/jpeg"),
    }
    assert Client(headers=SECRET).post("/mail-in/", form).status_code == 200
    mail = InboundMail.objects.get()
    assert mail.entry
    assert mail.entry.body == "Ya pagué."
    assert mail.entry.evidence.get().name == "recibo.jpg"


def test_whatever_a_provider_posts_is_kept(told: Email) -> None:
    for number, raw in enumerate(("", "x", "From: =?x?q?\r\nSubject: \x00\r\n\r\n" + "ñ" * 10)):
        assert post(postmark(b"", RawEmail=raw)) == 200, number
    assert InboundMail.objects.filter(state=InboundState.PARKED).count() == 3
