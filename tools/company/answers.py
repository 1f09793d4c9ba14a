"""What customers replied by email, and what else arrived in the demo's mailbox."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from accounts.enums import Language
from cases import actions
from cases.enums import InboundSource
from cases.models import Case
from mail.models import Email

_ANSWERS: dict[str, str] = {
    Language.SPANISH: (
        "Buenas tardes:\n\nEl estado de cuenta se lo mando mañana: en el banco me dijeron que ya "
        "está.\n\nGracias,\n{name}\n\nEl {day:%d/%m/%Y} a las {day:%H:%M}, <support@puente.example>"
        " escribió:\n\n> Hola {name}:\n>\n> Abrimos su caso."
    ),
    Language.ENGLISH: (
        "Good afternoon,\n\nI will send the statement tomorrow, the bank says it is ready."
        "\n\nThank you,\n{name}\n\nOn {day:%m/%d/%Y} at {day:%H:%M}, <support@puente.example>"
        " wrote:\n\n> Hello {name},\n>\n> We opened your case."
    ),
}
_AWAY: dict[str, str] = {
    Language.SPANISH: "Respuesta automática: fuera de la oficina",
    Language.ENGLISH: "Automatic reply: Out of office",
}
_BACK: dict[str, str] = {
    Language.SPANISH: (
        "Estoy fuera de la oficina hasta el lunes. Contestaré su mensaje cuando regrese."
    ),
    Language.ENGLISH: "I am out of the office until Monday and will answer when I am back.",
}
_STORE = (
    "Store manager <manager@store.example>",
    "Case {number}: the sofa is back",
    "We’ve had the sofa since Tuesday. Please tell your customer.",
)


def arrive(case: Case, *, now: datetime) -> None:
    """A reply goes into its case; an automatic reply and a mail from the store wait for a
    person.
    """
    customer = case.person
    ours = Email.objects.filter(casemail__case=case).order_by("created_at").first()
    if ours is None:
        return
    text = _ANSWERS[customer.language].format(name=customer.name, day=ours.created_at)
    from_ = f"<{customer.email}>"
    thread = f"<{ours.pk}@demo>"
    at = now - timedelta(hours=1)
    _receive(from_, f"Re: {case}", text, at, f"{case.number}-1", thread)
    _receive(
        from_, _AWAY[customer.language], _BACK[customer.language], at, f"{case.number}-2", thread
    )
    sender, subject, words = _STORE
    subject = subject.format(number=case)
    _receive(sender, subject, words, at, f"{case.number}-3")


def _receive(
    from_: str, subject: str, text: str, at: datetime, name: str, thread: str = ""
) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = from_, "support@puente.example", subject
    mail["Date"], mail["Message-ID"] = format_datetime(at), f"<{name}@mail.example>"
    if thread:
        mail["In-Reply-To"] = thread
    mail.set_content(text)
    arrived = actions.Arrived(raw=mail.as_bytes(), source=InboundSource.MAILBOX, now=at)
    with _quiet():
        actions.receive_mail(arrived)


@contextmanager
def _quiet() -> Iterator[None]:
    """A waiting mail is what the demo wants, so keep the log line out of its progress."""
    logger = logging.getLogger("cases.actions.receive_mail")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
