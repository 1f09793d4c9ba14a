"""People aren't taken for machines or strangers because of how their programs write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.enums import ParkReason
from mail.inbound.classify import machine
from mail.inbound.letter import read_letter
from tests.mail.letters import letter


def told(**fields: str) -> ParkReason | None:
    return machine(read_letter(letter(**fields)).head)


@pytest.mark.parametrize(
    "value", ["DR, OOF, AutoReply", "All", "OOF", "DR, RN, NRN, OOF, AutoReply", "None"]
)
def test_who_asks_for_silence_may_be_a_person(value: str) -> None:
    """Exchange does this for its people."""
    assert told(X_Auto_Response_Suppress=value) is None
    assert told(X_Auto_Response_Suppress=value, Auto_Submitted="auto-replied") is not None


@pytest.mark.parametrize(
    "subject",
    [
        "Fuera de la oficina no me atienden, ya pagué",
        "Fuera de la oficina, nadie me atiende",
        "Fuera de oficina me cobraron dos veces",
        "fuera de la oficina hasta que me devuelvan mi dinero",
        "Ausente de la oficina el gerente, no hay quien firme",
        "Out of the office your agent told me it was paid",
        "Out of office hours you called my job, please stop, I already paid twice",
        "Automatic reply is all I ever get",
        "Auto response told me to write here",
        "Respuesta automática no es respuesta",
        "Re: Fuera de la oficina",
        "Autoresponder Joe never called back",
    ],
)
def test_a_subject_in_which_somebody_speaks_is_a_persons(subject: str) -> None:
    assert told(Subject=subject) is None


@pytest.mark.parametrize(
    "subject",
    [
        "Fuera de la oficina",
        "Fuera de la oficina: Su caso 260 001 233",
        "Fuera de oficina hasta el lunes",
        "Fuera de la oficina Re: Su caso",
        "FUERA DE LA OFICINA [Su caso]",
        "Ausente de la oficina",
        "Respuesta automática: fuera de la oficina",
        "Respuesta automatica",
        "Autorespuesta: Su caso",
        "Contestación automática: Su caso",
        "Out of office",
        "Out of the Office until November 30",
        "Out of Office Re: Your case",
        "Automatic reply: Your case",
        "Auto-Reply - Your case",
        "Auto response",
    ],
)
def test_a_subject_in_which_a_program_speaks_is_a_machines(subject: str) -> None:
    assert told(Subject=subject) == ParkReason.AUTOMATIC


@pytest.mark.parametrize(
    "from_",
    [
        "Peña, Carla <carla@example.com>",
        "Peña Ruiz, Carla María <carla@example.com>",
        "PEÑA; CARLA <carla@example.com>",
        "Carla: mi correo <carla@example.com>",
        'Carla "La Güera" Peña <carla@example.com>',
        'Carla "La Güera Peña <carla@example.com>',
        "Carla Peña (mamá de Luis) <carla@example.com>",
        "Carla Peña <carla@example.com> (San Antonio)",
        "=?utf-8?q?Pe=C3=B1a=2C_Carla?= <carla@example.com>",
        "Peña, Carla\n <carla@example.com>",
        ", <carla@example.com>",
    ],
)
def test_a_name_without_quotation_marks_is_still_the_customer(from_: str) -> None:
    raw = b"From: " + from_.encode() + b"\nMessage-ID: <1@example.com>\n\nHola"
    assert read_letter(raw).sender == "carla@example.com"


@pytest.mark.parametrize(
    "from_",
    [
        "carla@example.com, Peña <evil@example.net>",
        "Peña, Carla <carla@example.com>, evil@example.net",
        "Peña, carla@example.com <evil@example.net>",
        "Peña <carla@example.com>, Carla <evil@example.net>",
        "Peña, Carla <<carla@example.com>",
        "Carla <carla@example.com> <evil@example.net>",
        "Carla <carla@example.com> (evil@example.net)",
    ],
)
def test_two_addresses_are_nobody(from_: str) -> None:
    assert read_letter(b"From: " + from_.encode() + b"\n\nHola").sender == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "Mail Delivery <mailer-daemon@example.com>", "Auto_Submitted": "auto-replied"},
        {"From": "MAILER-DAEMON (Mail Delivery System)"},
        {"From": "Mail Delivery System", "Precedence": "bulk"},
        {"From": "Mail Administrator <postmaster@example.com>"},
        {"X_Failed_Recipients": "carla@example.com", "Auto_Submitted": "auto-replied"},
    ],
)  # fmt: skip
def test_a_server_that_marks_its_report_as_automatic_still_reports(fields: dict[str, str]) -> None:
    raw = b"".join(
        f"{name.replace('_', '-')}: {value}\n".encode() for name, value in fields.items()
    )
    assert machine(read_letter(raw + b"\nHola").head) == ParkReason.BOUNCE


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_subject_and_sender_can_be_asked(subject: str, from_: str) -> None:
    raw = f"Subject: {subject}\nFrom: {from_}\n\nx".encode("utf-8", "replace")
    found = read_letter(raw)
    machine(found.head)
    assert found.sender.count("@") <= 1
