"""Our own mail is folded away; what others wrote is what the writer wants to show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.inbound.letter import read_letter
from mail.inbound.quoting import split
from tests.mail.letters import letter

PAID = "Ya pagué."
OURS = "Hola Carla:\nEnvíenos el recibo, por favor."
US, LUNA = "Puente <support@puente.example>", "Luna <ventas@luna.example>"
OTHERS = "Confirmamos que recibimos el sofá de regreso."


def visible(text: str) -> str:
    return read_letter(letter(text)).reply.visible


# --- their own words -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "Aquí está la transferencia:\n\nDe: mi cuenta de Chase\nPara: Puente\n"
        "Fecha: 3 de noviembre\nMonto: $45.00\n\nPor favor no llamen a mi trabajo.",
        "Here's the transfer:\n\nFrom: my checking account\nTo: Puente\nDate: November 3\n"
        "Amount: $45.00\n\nPlease don't call my job.",
        "Zelle:\nDe: Carla Peña\nPara: pagos@puente.example\nFecha: lunes\n\nQuiten el cargo.",
        "La cita:\nDe: 9 a 12\nPara: la recogida\nFecha: martes\nAsunto: sofá\n\nConfirmen.",
        "El recibo dice:\nDe: Luna\nPara: Carla\nCc: gerente\nFecha: 16/11\n\n¿Sirve?",
        "My copy:\nFrom: me\nSent: Monday\nSubject: the couch\nTo: the store\n\nNo answer yet.",
    ],
)
def test_a_list_somebody_typed_is_no_head_of_a_mail(text: str) -> None:
    assert split(text) == (text, "")


@pytest.mark.parametrize(
    "text",
    [
        f"Mire:\n\n---------- Forwarded message ---------\nFrom: {LUNA}\n"
        f"Date: Mon, Nov 16, 2026\nSubject: Su sofá\nTo: <carla@example.com>\n\n{OTHERS}",
        f"Mire:\n\n---------- Mensaje reenviado ---------\nDe: {LUNA}\n"
        f"Fecha: lun, 16 nov 2026\nAsunto: Su sofá\nPara: <carla@example.com>\n\n{OTHERS}",
        f"Look:\n\n-----Original Message-----\nFrom: Luna [mailto:ventas@luna.example]\n"
        f"Sent: Monday\nTo: Carla\nSubject: Couch\n\n{OTHERS}",
        f"Mire:\n________________________________\nDe: {LUNA}\n"
        f"Enviado: lunes\nPara: Carla <carla@example.com>\nAsunto: Sofá\n\n{OTHERS}",
        f"Mire:\n\nInicio del mensaje reenviado:\n\n> De: {LUNA}\n"
        f"> Asunto: Sofá\n> Fecha: 16 de noviembre\n> Para: carla@example.com\n>\n> {OTHERS}",
        f"Look:\n\nBegin forwarded message:\n\nFrom: {LUNA}\n"
        f"Subject: Couch\nDate: Monday\nTo: Carla\n\n{OTHERS}",
        f"Mire:\n\n> De: {LUNA}\n> Fecha: lunes\n> Asunto: Sofá\n>\n> {OTHERS}",
        f"El lun, 16 nov 2026 a las 9:00, Luna (<ventas@luna.example>) escribió:\n> {OTHERS}",
        f"Look:\n\nOn Mon, Nov 16, 2026 at 9:00 AM {LUNA} wrote:\n\n> {OTHERS}",
        f"Look:\n\nOn Mon, Nov 16, 2026 at 9:00 AM, the store wrote:\n\n> {OTHERS}",
        f"---- El lun, 16 nov 2026 09:00:00 -0600 {LUNA} escribió ----\n\n {OTHERS}",
        f"Mire:\n\n-------- Mensaje original --------\nDe: {LUNA}\n"
        f"Fecha: 16/11/26 9:00\nAsunto: Sofá\n\n{OTHERS}",
        f"Mire:\n\n-----Mensaje original-----\n{OTHERS}",
        f"My mail to the store:\n\nFrom: Carla <carla@example.com>\nSent: Monday\n"
        f"To: ventas@luna.example\nSubject: Couch\n\n{OTHERS}",
    ],
)  # fmt: skip
def test_what_others_wrote_is_shown(text: str) -> None:
    assert split(text, sender="carla@example.com") == (text.strip(), "")


def test_words_around_what_others_wrote_stay_where_they_are() -> None:
    store = f"El lun, 16 nov 2026 a las 9:00, Luna (<ventas@luna.example>) escribió:\n> {OTHERS}"
    text = f"{store}\n\n¿Entonces por qué me cobran?"
    assert split(text) == (text, "")
    ours = "El mié, 18 nov 2026 a las 10:00, Puente (<support@puente.example>) escribió:"
    reply = split(f"Mire:\n\n{store}\n\n{ours}\n> Envíenos el recibo.")
    assert reply.visible == f"Mire:\n\n{store}"
    assert "Envíenos" in reply.quoted


# --- what we wrote -------------------------------------------------------------------------------
QUOTED = {
    "zoho": f"---- El vie, 20 nov 2026 10:00:00 -0600 {US} escribió ----\n\n",
    "zoho en": f"---- On Fri, 20 Nov 2026 10:00:00 -0600 {US} wrote ---\n\n",
    "zoho wrapped": "---- On Fri, 20 Nov 2026 10:00:00 -0600 Puente\n"
    "<support@puente.example> wrote ----\n",
    "zoho bare": "---- El vie, 20 nov. 2026 10:00 -0600 support@puente.example escribió ----\n\n",
    "zoho colon": "---- On Fri, 20 Nov 2026 10:00:00 -0600 support@puente.example wrote: ----\n\n",
    "proton": "------- Original Message -------\nOn Friday, November 20th, 2026 at 10:00 AM, Puente"
    " <support@puente.example> wrote:\n\n",
    "proton es": "------- Mensaje original -------\nEl viernes, 20 de noviembre de 2026 a las"
    f" 10:00, {US} escribió:\n\n",
    "samsung": f"-------- Mensaje original --------\nDe: {US}\n"
    "Fecha: 20/11/26 10:00 (GMT-06:00)\nPara: carla@example.com\nAsunto: Su caso\n\n",
    "outlook": f"De: {US}\nEnviado: viernes\nPara: Carla\nAsunto: Su caso\n\n",
    "outlook name": "De: Puente\nEnviado el: viernes\nPara: carla@example.com\nAsunto: Su caso\n\n",
    "divider name": "-----Mensaje original-----\nDe: Puente\nEnviado el: viernes\nPara: Carla\n"
    "Asunto: Su caso\n\n",
    "no subject": f"________________________________\nFrom: {US}\n"
    "Sent: Friday\nTo: Carla\nSubject:\n\n",
    "forward": f"---------- Forwarded message ---------\nFrom: {US}\n"
    "Date: Fri\nSubject: Your case\n\n",
    "name first": f"{US} escribió el vie, 20 nov 2026 a las 10:00:\n\n",
    "signed": "El 20/11/2026 a las 10:00, <support+260001233-abc@puente.example> escribió:\n\n",
}  # fmt: skip


@pytest.mark.parametrize("name", QUOTED)
def test_a_mail_of_ours_is_folded(name: str) -> None:
    reply = read_letter(letter(f"{PAID}\n\n{QUOTED[name]}{OURS}\n")).reply
    assert reply.visible == PAID
    assert "Envíenos" in reply.quoted


@pytest.mark.parametrize(
    "wrote",
    [
        "On 11/20/26 10:00 AM, Puente wrote:",
        "El 20/11/26 a las 10:00, Puente escribió:",
        "El vie, 20 nov 2026 a las 10:00, Carla Peña (<carla@example.com>) escribió:",
        "",
    ],
)
def test_marked_lines_are_folded_where_nobody_else_wrote_them(wrote: str) -> None:
    assert visible(f"{PAID}\n\n{wrote}\n> Hola\n> Carla") == PAID


@given(
    st.text(alphabet=st.sampled_from("> \n-DePara:@.Asunto20 escribióEl")),
    st.sampled_from([*QUOTED]),
)
def test_nothing_is_lost_around_any_quotation(text: str, name: str) -> None:
    whole = f"{text}\n{QUOTED[name]}{text}"
    reply: Any = split(whole, sender="a@b.example")
    assert sorted("".join("".join(reply).split())) == sorted("".join(whole.split()))
