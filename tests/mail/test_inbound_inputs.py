"""Mails from outside the project that were once read wrongly: each gives its right value."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from cases.actions.receive_mail import Arrived, receive_mail
from cases.enums import Event, InboundSource, InboundState
from cases.models import Case, InboundMail
from mail import reply_address
from mail.enums import EmailState
from mail.models import Email, SuppressedAddress
from mail.outbound.message import message

INPUTS = Path(django_settings.BASE_DIR).parent / "shared" / "data" / "inputs"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not INPUTS.is_dir(), reason="no ../shared/data/inputs beside the project"),
]


@pytest.fixture
def told(settings: Any, open_case: Callable[..., Case]) -> Email:
    """The mail of ours about Carla's case that each of them answers."""
    settings.INBOUND_ADDRESS = "replies@puente.example"
    return Email.objects.get(casemail__case=open_case())


def received(told: Email, name: str, **filled: str) -> InboundMail:
    raw = (INPUTS / f"{name}.eml").read_bytes()
    for mark, value in filled.items():
        raw = raw.replace(f"@{mark}@".encode(), value.encode())
    ours = message_from_bytes(message(told), policy=default)
    raw = f"In-Reply-To: {ours['Message-ID']}\n".encode() + raw
    at = told.created_at
    return receive_mail(Arrived(raw=raw, source=InboundSource.MAILBOX, now=at))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "mail-utf8-one-bad-byte",
            "Señor, ya pagué ayer en la tienda de la señora Peña.\n--\nProtecci\ufffdn antivirus",
        ),
        (
            "mail-mms-gateway",
            "Ya pagué el viernes. No llamen a mi trabajo. Aquí está la foto.",
        ),
        ("mail-html-body-with-filename", "Ya pagué, por favor revisen mi cuenta."),
        (
            "mail-transfer-list-folded-es",
            "Ya les pagué. Aquí está la transferencia:\n\nDe: mi cuenta de Chase\nPara: Puente\n"
            "Fecha: 3 de noviembre\nMonto: $45.00\n\n"
            "Por favor no llamen a mi trabajo y quiten el cargo.",
        ),
        (
            "mail-html-indent-folded",
            "Hola:\n\nYa pagué dos veces y no quiero que llamen a mi trabajo.",
        ),
        ("mail-small-pasted-receipt-dropped", "Este es mi recibo:"),
        (
            "mail-forward-of-third-party-folded",
            "Mire lo que me escribió la tienda:\n\n---------- Forwarded message ---------\n"
            "From: Tienda Luna <ventas@luna.example>\nDate: Mon, Nov 16, 2026 at 9:00 AM\n"
            "Subject: Su sofá\nTo: <carla@example.com>\n\n"
            "Confirmamos que recibimos el sofá de regreso el 15 de noviembre.",
        ),
        ("mail-plain-stub-html-words", "Ya pagué el viernes y no me lo abonaron."),
        (
            "mail-html-link-lost",
            "Aquí está mi recibo <https://drive.example.com/file/1AbC>, gracias.",
        ),
        ("mail-x-mac-roman", "Señor, pagué mañana."),
        ("mail-zoho-not-folded", "Ya pagué."),
        ("mail-exchange-human-x-auto-response-suppress", "Ya pagué el viernes en la tienda."),
    ],
)
def test_each_mail_is_an_entry_with_its_words(told: Email, name: str, words: str) -> None:
    mail = received(told, name)
    assert (mail.state, mail.reason) == (InboundState.ENTERED, "")
    assert mail.entry
    assert mail.entry.body == words
    files = 1 if name in {"mail-mms-gateway", "mail-small-pasted-receipt-dropped"} else 0
    assert mail.entry.evidence.count() == files
    assert "refused" not in mail.entry.params
    assert ("quoted" in mail.entry.params) is (name == "mail-zoho-not-folded")


def test_a_bounce_that_failed_for_now_is_told_on_its_case(told: Email) -> None:
    Email.objects.filter(pk=told.pk).update(state=EmailState.SENT, sent_at=told.created_at)
    to = reply_address.make_bounce(told.pk)
    mail = received(told, "bounce-gmail-status-4.0.0-failed", TO=to, RCPT=told.to)
    assert mail.entry
    assert mail.entry.event == Event.MAIL_BOUNCED
    told.refresh_from_db()
    assert told.state == EmailState.FAILED
    assert not SuppressedAddress.objects.exists()
