"""What is written about a lease: exact figures and days, the same in text, HTML, both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from cases.enums import EmailState, TemplateKey
from cases.mail import outbox, placeholders
from cases.mail.defaults import TEXTS, install_defaults
from cases.mail.lease_mail import enqueue_lease_mail, lease_params
from cases.mail.render import render
from cases.models import Case, Email, EmailTemplate
from cases.numbers import grouped
from leases.enums import AutopayChange, PaymentMethod, PlanKind
from leases.models import Lease
from tests.cases.mail.conftest import LEASE_MAILS, LEASE_PARAMS, Inbox
from tests.cases.mail.test_mail_texts import mail_of, on_the_wire, part, seen

CATALOG = Path(__file__).resolve().parents[3] / "locale" / "es" / "LC_MESSAGES" / "django.po"
K = TemplateKey

#: What a mail must tell, by language.
SAYS: dict[TemplateKey, dict[str, list[str]]] = {
    K.APPROVAL_EXPIRING: {
        "en": ["March 14, 2027, 10:00\u202fAM (Central Daylight Time)", "apply again at the store"],
        "es": [
            "14 de marzo de 2027, 10:00\u202fa.m. (hora de verano central)",
            "volver a solicitar en la tienda",
        ],
    },
    K.CONTRACTS_EXPIRING: {
        "en": ["March 14, 2027, 10:00\u202fAM", "item delivered", "signed or not"],
        "es": [
            "14 de marzo de 2027, 10:00\u202fa.m.", "debe estar firmado y el artículo, entregado",
            "aunque esté firmado",
        ],
    },
    K.APPROVAL_EXPIRED: {
        "en": ["March 14, 2027, 10:00\u202fAM", "apply again at the store"],
        "es": ["14 de marzo de 2027, 10:00\u202fa.m.", "volver a solicitar en la tienda"],
    },
    K.CONTRACTS_EXPIRED: {
        "en": ["March 14, 2027, 10:00\u202fAM", "apply again at the store"],
        "es": ["14 de marzo de 2027, 10:00\u202fa.m.", "volver a solicitar en la tienda"],
    },
    K.BUYOUT_QUOTE: {
        "en": [
            "Price to buy it: $615.38", "Valid until: November 28, 2026", "Cash price: $1,000.00",
            "Cost of lease: $1,000.00", "Total of all payments of the lease: $2,000.00",
            "What you save if you buy now: $615.42", "$1,000.00 × 32 of 52 payments = $615.38",
            "payment history",
        ],
        "es": [
            "Precio para comprarlo: $615.38", "Válido hasta: 28 de noviembre de 2026",
            "Precio al contado: $1,000.00", "Costo del arrendamiento: $1,000.00",
            "Total de todos los pagos del contrato: $2,000.00",
            "Lo que ahorra si compra ahora: $615.42", "= $615.38", "historial de pagos",
        ],
    },
    K.PAYMENT_HISTORY: {
        "en": [
            "July 1, 2026", "November 18, 2026", "Payments received: $769.20", "Past due: $38.46",
            "Next payment: November 25, 2026: $38.46",
        ],
        "es": [
            "1 de julio de 2026", "18 de noviembre de 2026", "Pagos recibidos: $769.20",
            "Vencido sin pagar: $38.46", "Próximo pago: 25 de noviembre de 2026: $38.46",
        ],
    },
    K.PLAN_AGREED: {
        "en": [
            "Recovery plan", "Past due when we agreed: $76.92",
            "November 25, 2026: $40.00\nDecember 2, 2026: $36.92\n"
            "Payment 21 of $38.46: on December 9, 2026 instead of December 2, 2026",
        ],
        "es": [
            "Vencido sin pagar al acordarlo: $76.92",
            "25 de noviembre de 2026: $40.00\n2 de diciembre de 2026: $36.92\n"
            "Pago 21 de $38.46: el 9 de diciembre de 2026 en lugar del 2 de diciembre de 2026",
        ],
    },
    K.PLAN_CANCELLED: {
        "en": [
            "Recovery plan", "Agreed on: November 18, 2026",
            "No longer in force from: November 27, 2026", "Past due: $36.92",
            "Next payment: December 2, 2026: $38.46",
        ],
        "es": [
            "Plan de recuperación", "Acordado el: 18 de noviembre de 2026",
            "Ya no está vigente desde el: 27 de noviembre de 2026", "Vencido sin pagar: $36.92",
            "Próximo pago: 2 de diciembre de 2026: $38.46",
        ],
    },
    K.DELIVERY_CONFIRMED: {
        "en": [
            "delivered on November 2, 2026", "Due by November 18, 2026: $76.92",
            "November 9, 2026: $38.46\nNovember 16, 2026: $38.46",
            "Next payment: November 23, 2026: $38.46", "no late fee", "payment plan",
        ],
        "es": [
            "se entregó el 2 de noviembre de 2026",
            "Por pagar hasta el 18 de noviembre de 2026: $76.92",
            "9 de noviembre de 2026: $38.46\n16 de noviembre de 2026: $38.46",
            "Próximo pago: 23 de noviembre de 2026: $38.46", "ningún cargo por mora",
            "plan de pagos",
        ],
    },
    K.AUTOPAY_CHANGED: {
        "en": [
            "Bank account", "November 25, 2026: $38.46\nDecember 2, 2026: $38.46", "overdraft",
            "at least 3 business days before",
        ],
        "es": [
            "25 de noviembre de 2026: $38.46\n2 de diciembre de 2026: $38.46", "sobregiro",
            "por lo menos 3 días hábiles antes",
        ],
    },
}  # fmt: skip


@pytest.mark.requirement("R18", "R27", "R65")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("key", SAYS)
def test_what_a_mail_tells(key: TemplateKey, language: str) -> None:
    other = "es" if language == "en" else "en"
    with translation.override(other):  # the worker's
        mail = on_the_wire(mail_of(key, language))
    text = part(mail, "plain")
    assert text.split() == seen(part(mail, "html"))
    flat = " ".join(text.split(" "))
    for words in [*SAYS[key][language], "104477312", "Luna San Antonio", "Sofá"]:
        assert words.replace("\u202f", " ") in flat.replace("\u202f", " ")
    assert "http://127.0.0.1:8000/portal/leases/104477312/" in text
    assert "{" not in mail["Subject"] + text


def test_every_lease_mail_is_shown() -> None:
    assert SAYS.keys() == LEASE_MAILS.keys()
    assert {key for key in K if "account_number" in placeholders.ALLOWED[key]} == SAYS.keys()


def worded(language: str, key: TemplateKey, **params: Any) -> str:
    names = placeholders.ALLOWED[key]
    texts = {f"{field}_{language}": "\n".join(f"{{{name}}}" for name in names)
             for field in ("subject", "body")}  # fmt: skip
    return render(mail_of(key, language, texts=texts, params=LEASE_MAILS[key] | params)).text


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_code_has_words(language: str) -> None:
    plan = LEASE_MAILS[K.PLAN_AGREED]["plan"]
    for kind in PlanKind:
        text = worded(language, K.PLAN_AGREED, plan=plan | {"kind": kind})
        assert kind.value not in text.splitlines()
    seen_words = set()
    for change in AutopayChange:
        for method in (PaymentMethod.BANK, PaymentMethod.CARD):
            for warned in (True, False):
                text = worded(
                    language, K.AUTOPAY_CHANGED, change=change, method=method,
                    overdraft_warned=warned,
                )  # fmt: skip
                assert change.value not in text.splitlines()
                seen_words.add(text)
    told = {"en": "We also told you this", "es": "También se lo dijimos cuando lo acordamos."}
    assert sum(told[language] in text for text in seen_words) == 2 * 3
    # stopped ones need no warning, so nothing is said of it
    assert len(seen_words) == 2 * (3 * 2 + 2)


@pytest.mark.requirement("R28")
def test_a_change_while_a_stop_payment_stands_warns_of_no_charge() -> None:
    held = {"change": "method_changed", "method": "card", "held": True}
    english = worded("en", K.AUTOPAY_CHANGED, **held)
    assert "Nothing is charged while the stop payment you asked your bank for stands" in english
    assert "Please make these payments yourself" in english
    assert "overdraft" not in english
    spanish = worded("es", K.AUTOPAY_CHANGED, **held)
    assert "No se cobra nada mientras siga vigente la suspensión de pago" in spanish
    assert "sobregiro" not in spanish


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_to_come_and_nothing_stated(language: str) -> None:
    nothing = {"en": "none is to come", "es": "no hay ninguno pendiente"}[language]
    assert nothing in worded(language, K.PAYMENT_HISTORY, next_on=None, next_amount=None)
    assert nothing in worded(language, K.AUTOPAY_CHANGED, dates=[], change="stopped")
    stated = {"en": "not stated", "es": "sin indicar"}[language]
    assert stated in worded(language, K.APPROVAL_EXPIRED, merchandise="")


def test_an_instant_is_told_on_the_customers_clock() -> None:
    text = worded("en", K.APPROVAL_EXPIRING, time_zone="Pacific/Honolulu")
    assert "March 14, 2027, 5:00\u202fAM (Hawaii-Aleutian" in text
    late = worded(
        "es", K.APPROVAL_EXPIRING, expires_at="2027-11-07T05:30:00+00:00",
        time_zone="America/Los_Angeles",
    )  # fmt: skip
    assert "6 de noviembre de 2027\n6 de noviembre de 2027, 10:30\u202fp.m." in late


def test_a_payment_lowered_on_its_day() -> None:
    plan = {
        "kind": "restructuring",
        "arrears": "0.00",
        "promises": [],
        "moves": [{"number": 5, "from": "2026-12-02", "to": "2026-12-02", "amount": "20.00"}],
    }
    assert "Payment 5 on December 2, 2026: $20.00\n" in worded("en", K.PLAN_AGREED, plan=plan)


def test_the_states_limit_is_told() -> None:
    quote = LEASE_MAILS[K.BUYOUT_QUOTE]["quote"]
    limited = quote["inputs"] | {"ceiling": quote["inputs"]["contract"] | {"amount": "600.00"}}
    text = worded("en", K.BUYOUT_QUOTE, quote=quote | {"is_ceiling": True, "inputs": limited})
    assert "The state’s rule limits the price: by the contract alone it would be $615.38." in text


def test_no_word_of_the_mails_is_left_in_english() -> None:
    with CATALOG.open("rb") as file:
        catalog = read_po(file)
    ours = [
        message
        for message in catalog
        if any("cases/mail/" in path for path, _ in message.locations) and message.id
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
    Email.objects.all().delete()
    history = {
        name: LEASE_MAILS[K.PAYMENT_HISTORY][name]
        for name in ("since", "until", "received", "arrears", "next_on", "next_amount")
    }
    for expected in (True, False):
        assert expected is enqueue_lease_mail(
            lease, K.PAYMENT_HISTORY, key="history:1", now=now, case=case, **history
        )
    mail = Email.objects.get()
    assert (mail.to, mail.language, mail.case) == ("carla@example.com", "es", case)
    assert mail.params == lease_params(lease, **history) == LEASE_PARAMS | history
    outbox.drain(now=lambda: now)
    [arrived] = inbox.messages
    title = "Su historial de pagos hasta el 18 de noviembre de 2026"
    assert arrived.subject == f"{title}: caso {grouped(case.number)}"
    assert Email.objects.get().state == EmailState.SENT


@pytest.mark.django_db
def test_only_texts_that_are_missing_are_installed() -> None:
    assert set(EmailTemplate.objects.values_list("key", flat=True)) == set(TEXTS) == set(K.values)
    assert install_defaults() == 0
