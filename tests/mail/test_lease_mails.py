"""Mails about a lease: exact figures and dates, the same in text, HTML and both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from cases.models import Case, CaseMail
from cases.numbers import grouped
from leases.enums import AutopayChange, PaymentMethod, PlanKind
from leases.mails.base import LeaseParams, lease_facts, lease_mail
from leases.mails.payment_history import PAYMENT_HISTORY
from leases.models import Lease
from mail import outbox
from mail.enums import EmailState
from mail.models import Email
from mail.outbound.render import render
from tests.mail.conftest import LEASE_MAILS, LEASE_PARAMS, Inbox
from tests.mail.test_mail_texts import mail_of, on_the_wire, part, seen, spoken
from tests.mails import ALLOWED, KINDS, forget

CATALOG = Path(__file__).resolve().parents[2] / "locale" / "es" / "LC_MESSAGES" / "django.po"

#: They say what was agreed; the account number says about which lease.
REMINDERS = {"plan_payment_due", "plan_payment_missed"}
#: What a mail must tell, by language.
SAYS: dict[str, dict[str, list[str]]] = {
    "approval_expiring": {
        "en": [
            "March 14, 2027, at 10:00\u202fAM (Central Daylight Time)",
            "apply again at the store",
        ],
        "es": [
            "14 de marzo de 2027 a las 10:00\u202fa.m. (hora de verano central)",
            "hacer otra solicitud en la tienda",
        ],
    },
    "contracts_expiring": {
        "en": [
            "March 14, 2027, at 10:00\u202fAM",
            "to sign your lease agreement and receive your item",
            "even if you signed it",
        ],
        "es": [
            "14 de marzo de 2027 a las 10:00\u202fa.m.",
            "para firmar su contrato y recibir su artículo",
            "aunque usted lo haya firmado",
        ],
    },
    "approval_expired": {
        "en": ["March 14, 2027, at 10:00\u202fAM", "apply again at the store"],
        "es": ["14 de marzo de 2027 a las 10:00\u202fa.m.", "hacer otra solicitud en la tienda"],
    },
    "contracts_expired": {
        "en": ["March 14, 2027, at 10:00\u202fAM", "apply again at the store"],
        "es": ["14 de marzo de 2027 a las 10:00\u202fa.m.", "hacer otra solicitud en la tienda"],
    },
    "buyout_quote": {
        "en": [
            "Early purchase price: $615.38", "Good until: November 28, 2026",
            "Cash price: $1,000.00", "Cost of lease: $1,000.00",
            "Total of all lease payments: $2,000.00",
            "You save if you buy now: $615.42", "$1,000.00 × 32 of 52 payments = $615.38",
            "payment history",
        ],
        "es": [
            "Precio de compra anticipada: $615.38", "Válido hasta: 28 de noviembre de 2026",
            "Precio al contado: $1,000.00", "Costo del contrato: $1,000.00",
            "Total de todos los pagos del contrato: $2,000.00",
            "Lo que ahorra si compra ahora: $615.42", "= $615.38", "historial de pagos",
        ],
    },
    "payment_history": {
        "en": [
            "July 1, 2026", "November 18, 2026", "Payments received: $769.20", "Past due: $38.46",
            "Next payment: $38.46 on November 25, 2026",
        ],
        "es": [
            "1 de julio de 2026", "18 de noviembre de 2026", "Pagos recibidos: $769.20",
            "Saldo vencido: $38.46", "Próximo pago: $38.46 el 25 de noviembre de 2026",
        ],
    },
    "plan_agreed": {
        "en": [
            "Recovery plan", "Past due when we agreed: $76.92",
            "November 25, 2026: $40.00\nDecember 2, 2026: $36.92\n"
            "Payment 21 of $38.46: on December 9, 2026, instead of December 2, 2026",
        ],
        "es": [
            "Saldo vencido al acordarlo: $76.92",
            "25 de noviembre de 2026: $40.00\n2 de diciembre de 2026: $36.92\n"
            "Pago 21 de $38.46: el 9 de diciembre de 2026 en lugar del 2 de diciembre de 2026",
        ],
    },
    "plan_cancelled": {
        "en": [
            "Recovery plan", "Agreed on: November 18, 2026",
            "Ended on: November 27, 2026", "Past due: $36.92",
            "Next payment: $38.46 on December 2, 2026",
        ],
        "es": [
            "Plan de recuperación", "Acordado el: 18 de noviembre de 2026",
            "Terminó el: 27 de noviembre de 2026", "Saldo vencido: $36.92",
            "Próximo pago: $38.46 el 2 de diciembre de 2026",
        ],
    },
    "delivery_confirmed": {
        "en": [
            "received your item on November 18, 2026", "Next payment: $38.46 on November 25, 2026",
        ],
        "es": [
            "recibió su artículo el 18 de noviembre de 2026",
            "Próximo pago: $38.46 el 25 de noviembre de 2026",
        ],
    },
    "payments_set_up": {
        "en": [
            "based on November 2, 2026", "Due by November 18, 2026: $76.92",
            "November 9, 2026: $38.46\nNovember 16, 2026: $38.46",
            "Next payment: $38.46 on November 23, 2026", "no late fee", "payment plan",
        ],
        "es": [
            "Cuentan desde el 2 de noviembre de 2026",
            "Por pagar hasta el 18 de noviembre de 2026: $76.92",
            "9 de noviembre de 2026: $38.46\n16 de noviembre de 2026: $38.46",
            "Próximo pago: $38.46 el 23 de noviembre de 2026", "ningún cargo por mora",
            "plan de pagos",
        ],
    },
    "late_delivery_confirmed": {
        "en": [
            "delivered on November 2, 2026", "Due by November 18, 2026: $76.92",
            "November 9, 2026: $38.46\nNovember 16, 2026: $38.46",
            "Next payment: $38.46 on November 23, 2026", "no late fee", "payment plan",
        ],
        "es": [
            "se entregó el 2 de noviembre de 2026",
            "Por pagar hasta el 18 de noviembre de 2026: $76.92",
            "9 de noviembre de 2026: $38.46\n16 de noviembre de 2026: $38.46",
            "Próximo pago: $38.46 el 23 de noviembre de 2026", "ningún cargo por mora",
            "plan de pagos",
        ],
    },
    "payment_received": {
        "en": [
            "Amount: $50.00\nPayment date: November 18, 2026", "To your lease payments: $38.46",
            "To late fees: $11.54", "Late fees removed, because this payment was on time: $8.00",
            "Past due: $38.46", "Next payment: $38.46 on November 25, 2026",
        ],
        "es": [
            "Monto: $50.00\nFecha del pago: 18 de noviembre de 2026",
            "Para los pagos de su contrato: $38.46", "Para cargos por mora: $11.54",
            "porque este pago se hizo a tiempo: $8.00", "Saldo vencido: $38.46",
            "Próximo pago: $38.46 el 25 de noviembre de 2026",
        ],
    },
    "payment_reversed": {
        "en": [
            "Amount: $38.46\nPayment date: November 12, 2026", "What it paid for is due again.",
            "Past due: $76.92", "Next payment: $38.46 on November 25, 2026",
        ],
        "es": [
            "Monto: $38.46\nFecha del pago: 12 de noviembre de 2026",
            "Lo que cubría ese pago vuelve a estar pendiente.", "Saldo vencido: $76.92",
            "Próximo pago: $38.46 el 25 de noviembre de 2026",
        ],
    },
    "paid_off": {
        "en": ["You don’t owe us anything more", "November 18, 2026", "$2,000.00"],
        "es": ["Ya no nos debe nada de su contrato", "18 de noviembre de 2026", "$2,000.00"],
    },
    "purchase_confirmed": {
        "en": [
            "you don’t owe anything more", "Amount: $615.38", "Payment date: November 18, 2026",
            "pays off the lease early", "Keep this email",
        ],
        "es": [
            "ya no debe nada", "Monto: $615.38", "Fecha del pago: 18 de noviembre de 2026",
            "compra anticipada", "Guarde este correo",
        ],
    },
    "account_corrected": {
        "en": [
            "We waived $5.00 in late fees.", "Past due: $38.46",
            "Next payment: $38.46 on November 25, 2026",
        ],
        "es": [
            "Le condonamos $5.00 de cargos por mora.", "Saldo vencido: $38.46",
            "Próximo pago: $38.46 el 25 de noviembre de 2026",
        ],
    },
    "return_opened": {
        "en": [
            "return of November 17, 2026:\n\n3 × Lámpara\nSofá, now at $650.00",
            "Please keep making your payments", "Past due: $38.46",
            "Next payment: $38.46 on November 25, 2026",
        ],
        "es": [
            "devolución del 17 de noviembre de 2026:\n\n3 × Lámpara\nSofá, ahora a $650.00",
            "continúe con sus pagos", "Saldo vencido: $38.46",
            "Próximo pago: $38.46 el 25 de noviembre de 2026",
        ],
    },
    "return_closed": {
        "en": [
            "3 × Lámpara\nSofá, now at $650.00", "November 17, 2026", "Past due: $38.46",
            "Total left to pay on your lease: $1,230.80",
        ],
        "es": [
            "3 × Lámpara\nSofá, ahora a $650.00", "17 de noviembre de 2026",
            "Saldo vencido: $38.46", "Total por pagar de su contrato: $1,230.80",
        ],
    },
    "return_amended": {
        "en": [
            "3 × Lámpara\nSofá, now at $650.00", "New price: $700.00\nPrevious price: $900.00",
            "Total of all lease payments: $1,400.00", "You don’t need to do anything.",
        ],
        "es": [
            "3 × Lámpara\nSofá, ahora a $650.00",
            "Precio nuevo: $700.00\nPrecio anterior: $900.00",
            "Total de todos los pagos del contrato: $1,400.00", "No tiene que hacer nada.",
        ],
    },
    "return_voided": {
        "en": [
            "3 × Lámpara", "Your lease agreement is canceled",
            "good again until March 14, 2027, at 10:00\u202fAM (Central Daylight Time)",
        ],
        "es": [
            "3 × Lámpara", "Su contrato está cancelado",
            "hasta el 14 de marzo de 2027 a las 10:00\u202fa.m. (hora de verano central)",
        ],
    },
    "autopay_changed": {
        "en": [
            "Bank account", "November 25, 2026: $38.46\nDecember 2, 2026: $38.46", "overdraft",
            "at least 3 business days before",
        ],
        "es": [
            "25 de noviembre de 2026: $38.46\n2 de diciembre de 2026: $38.46", "sobregiro",
            "por lo menos 3 días hábiles antes",
        ],
    },
    "plan_payment_due": {
        "en": [
            "Amount: $38.46\nDue date: November 25, 2026", "coming up", "account 104477312",
        ],
        "es": [
            "Monto: $38.46\nFecha límite: 25 de noviembre de 2026", "Se acerca un pago",
            "su cuenta 104477312",
        ],
    },
    "plan_payment_missed": {
        "en": ["Amount: $38.46", "Due date: November 25, 2026", "haven’t received"],
        "es": ["Monto: $38.46", "25 de noviembre de 2026", "Todavía no hemos recibido"],
    },
}  # fmt: skip


@pytest.mark.requirement("R18", "R27", "R65")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("key", SAYS)
def test_what_a_mail_tells(key: str, language: str) -> None:
    other = "es" if language == "en" else "en"
    with translation.override(other):  # the worker's
        mail = on_the_wire(mail_of(key, language))
    text = part(mail, "plain")
    assert spoken(text) == seen(part(mail, "html"))
    flat = " ".join(text.split(" "))
    lease = ["104477312"] if key in REMINDERS else ["104477312", "Luna San Antonio", "Sofá"]
    for words in [*SAYS[key][language], *lease]:
        assert words.replace("\u202f", " ") in flat.replace("\u202f", " ")
    assert "http://127.0.0.1:8000/l/104477312" in text
    assert "{" not in mail["Subject"] + text


def test_every_lease_mail_is_shown() -> None:
    assert SAYS.keys() == LEASE_MAILS.keys()
    about_leases = {kind.key for kind in KINDS if issubclass(kind.params, LeaseParams)}
    assert about_leases == SAYS.keys()


def worded(language: str, key: str, **params: Any) -> str:
    names = ALLOWED[key]
    texts = {f"{field}_{language}": "\n".join(f"{{{name}}}" for name in names)
             for field in ("subject", "body")}  # fmt: skip
    return render(mail_of(key, language, texts=texts, params=LEASE_MAILS[key] | params)).text


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_code_has_words(language: str) -> None:
    plan = LEASE_MAILS["plan_agreed"]["plan"]
    for kind in PlanKind:
        text = worded(language, "plan_agreed", plan=plan | {"kind": kind})
        assert kind.value not in text.splitlines()
    seen_words = set()
    for change in AutopayChange:
        for method in (PaymentMethod.BANK, PaymentMethod.CARD):
            for warned in (True, False):
                text = worded(
                    language, "autopay_changed", change=change, method=method,
                    overdraft_warned=warned,
                )  # fmt: skip
                assert change.value not in text.splitlines()
                seen_words.add(text)
    told = {"en": "We also told you this", "es": "También se lo dijimos cuando lo acordamos."}
    assert sum(told[language] in text for text in seen_words) == 2 * 3
    # stopped ones need no warning, so none is given
    assert len(seen_words) == 2 * (3 * 2 + 2)


@pytest.mark.requirement("R28")
def test_a_change_while_a_stop_payment_stands_warns_of_no_charge() -> None:
    held = {"change": "method_changed", "method": "card", "held": True}
    english = worded("en", "autopay_changed", **held)
    assert "so we won’t charge anything for now" in english
    assert "Please make these payments yourself" in english
    assert "overdraft" not in english
    spanish = worded("es", "autopay_changed", **held)
    assert "así que por ahora no cargaremos nada" in spanish
    assert "sobregiro" not in spanish


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_to_come_and_nothing_stated(language: str) -> None:
    nothing = {"en": "no payments left", "es": "no queda ninguno"}[language]
    assert nothing in worded(language, "payment_history", next_on=None, next_amount=None)
    assert nothing in worded(language, "autopay_changed", dates=[], change="stopped")
    stated = {"en": "not stated", "es": "sin indicar"}[language]
    assert stated in worded(language, "approval_expired", merchandise="")


def test_an_instant_is_told_on_the_customers_clock() -> None:
    text = worded("en", "approval_expiring", time_zone="Pacific/Honolulu")
    assert "March 14, 2027, at 5:00\u202fAM (Hawaii-Aleutian" in text
    late = worded(
        "es", "approval_expiring", expires_at="2027-11-07T05:30:00+00:00",
        time_zone="America/Los_Angeles",
    )  # fmt: skip
    assert "6 de noviembre de 2027\n6 de noviembre de 2027 a las 10:30\u202fp.m." in late


def test_a_payment_lowered_on_its_day() -> None:
    plan = {
        "kind": "restructuring",
        "arrears": "0.00",
        "promises": [],
        "moves": [{"number": 5, "from": "2026-12-02", "to": "2026-12-02", "amount": "20.00"}],
    }
    assert "Payment 5 on December 2, 2026: $20.00\n" in worded("en", "plan_agreed", plan=plan)


def test_the_states_limit_is_told() -> None:
    quote = LEASE_MAILS["buyout_quote"]["quote"]
    limited = quote["inputs"] | {"ceiling": quote["inputs"]["contract"] | {"amount": "600.00"}}
    text = worded("en", "buyout_quote", quote=quote | {"is_ceiling": True, "inputs": limited})
    assert (
        "The state’s rule limits the price. Under the contract alone, it would be $615.38." in text
    )


def test_no_word_of_the_mails_is_left_in_english() -> None:
    with CATALOG.open("rb") as file:
        catalog = read_po(file)
    ours = [
        message
        for message in catalog
        if any("/mails/" in path for path, _ in message.locations) and message.id
    ]
    assert len(ours) > 40
    for message in ours:
        assert message.string, message.id
        assert not message.fuzzy


@pytest.mark.django_db
def test_a_mail_goes_to_the_lease_s_customer_once(
    lease: Lease, open_case: Callable[..., Case], now: datetime, inbox: Inbox
) -> None:
    case = open_case()
    forget()
    history = {
        name: LEASE_MAILS["payment_history"][name]
        for name in ("since", "until", "received", "arrears", "next_on", "next_amount")
    }
    said = PAYMENT_HISTORY.read({**lease_facts(lease), **history})
    for expected in (True, False):
        new = lease_mail(
            PAYMENT_HISTORY, said, lease, key="history:1",
            thread=case.number, links=[CaseMail(case=case)],
        )  # fmt: skip
        assert expected is outbox.enqueue(new, now=now)
    mail = Email.objects.get()
    assert (mail.to, mail.language, mail.thread) == ("carla@example.com", "es", case.number)
    assert (mail.leasemail.lease, mail.casemail.case) == (lease, case)
    assert mail.params == {**lease_facts(lease), **history} == LEASE_PARAMS | history
    outbox.drain(now=lambda: now)
    [arrived] = inbox.messages
    title = "Su historial de pagos hasta el 18 de noviembre de 2026"
    assert arrived.subject == f"{title}: caso {grouped(case.number)}"
    assert Email.objects.get().state == EmailState.SENT
