"""What a call came to: asked for, agreed on, and all of it in one mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from cases import actions
from cases.enums import ItemState, Visibility
from cases.events import describe
from cases.models import AskedItem, CallDraft, Case, Promise
from cases.queries.agreements import agreements_of
from common import formats
from common.formats import day_in_words
from leases.models import Lease
from mail.models import Email
from mail.outbound.render import render, render_text

FRIDAY = date(2026, 11, 20)


def agreed(**fields: Any) -> actions.Agreed:
    return actions.Agreed(
        **{"party": "customer", "what": "pagar dos pagos", "language": "es", "due_on": FRIDAY}
        | {"amount": Decimal("84.20")}
        | fields
    )


@pytest.mark.requirement("R37", "R38", "R39")
def test_one_mail_says_what_was_agreed_and_what_is_asked_for(
    open_case: Callable[..., Case],
) -> None:
    case = open_case(
        agreements=[agreed()],
        items={"receipts": ItemState.ASKED, "contract": ItemState.ACCEPTED},
        message="Gracias por llamarnos.",
    )
    [mail] = Email.objects.filter(casemail__case=case)
    text = render(mail).text
    assert "Gracias por llamarnos." in text
    assert "• Usted: pagar dos pagos ($84.20), a más tardar el 20 de noviembre de 2026" in text
    asked = f"Por favor, envíenos a más tardar el {day_es(case.due_on)}:\n• Recibos"
    assert asked in text
    assert "Qué sigue: Le toca a usted" in text
    [agreement] = agreements_of(case)
    assert agreement.confirmation == mail
    assert agreement.promise.what == "pagar dos pagos"


MONDAY = date(2026, 11, 30)


def day_es(day: date) -> str:
    with override("es"):
        return formats.day(day)


@pytest.mark.requirement("R38", "R39")
@pytest.mark.parametrize(
    ("language", "told", "timeline"),
    [
        (
            "es", "Por favor, envíenos a más tardar el 30 de noviembre de 2026:\n• Recibos",
            "Pedimos, a más tardar el 30 de noviembre de 2026: Recibos",
        ),
        (
            "en", "Please send us by November 30, 2026:\n• Receipts",
            "We asked for, by November 30, 2026: Receipts",
        ),
    ],
)  # fmt: skip
def test_the_day_of_the_next_step_is_the_one_day_for_what_is_asked(
    language: str, told: str, timeline: str, open_case: Callable[..., Case], lease: Lease,
    dans_lease: Lease,
) -> None:  # fmt: skip
    """As the agent sets it, in the mail, on the page of the case and in the portal."""
    theirs = lease if language == "es" else dans_lease
    case = open_case(
        lease=theirs, language=language, due_on=MONDAY, items={"receipts": ItemState.ASKED}
    )
    [mail] = Email.objects.filter(casemail__case=case)
    text = render(mail).text
    assert told in text
    assert text.count("30 de noviembre de 2026" if language == "es" else "November 30, 2026") == 2
    asked = case.entries.get(event="evidence_requested")
    assert asked.params["wait_until"] == MONDAY.isoformat()
    with override(language):
        for reader in (True, False):
            assert describe(asked, for_customer=reader).startswith(timeline)


@pytest.mark.requirement("R37", "R73")
@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("applicant", "Abrimos un caso para dar seguimiento a lo que nos contó."),
        ("authorized", "Nos llamó una persona que habla en su nombre."),
        ("attorney", "Nos llamó alguien que dice que le representa legalmente."),
        ("store", "La tienda nos llamó por su pedido."),
        ("other", "Otra persona nos llamó acerca de usted."),
    ],
)
def test_what_another_told_us_is_not_put_into_the_customers_mouth(
    relation: str, said: str, open_case: Callable[..., Case]
) -> None:
    case = open_case(caller=actions.Caller(relation=relation, name="Luis Vera"))
    mail = Email.objects.get(casemail__case=case)
    text = render(mail).text
    assert said in text
    assert ("lo que nos contó" in text) == (relation == "applicant")
    assert "Luis Vera" not in text  # no one checked who it was
    edited = mail.template.in_language("en")._replace(body="Your case is {case_number}.")
    adds = "called us" in render_text(edited, mail.said, "en").text
    assert adds == (relation != "applicant")


@pytest.mark.requirement("R37", "R73")
def test_a_call_of_another_that_is_resolved_at_once_says_so_too(
    open_case: Callable[..., Case],
) -> None:
    store = actions.Caller(relation="store", name="Luis Vera")
    case = open_case(caller=store, kind="late_payment", outcome="plan_agreed", message="Todo bien.")
    text = render(Email.objects.get(casemail__case=case)).text
    assert "La tienda nos llamó por su pedido." in text
    assert "mientras le atendía" not in text


@pytest.mark.requirement("R38")
def test_an_edited_text_without_a_place_for_it_says_it_all_the_same(
    open_case: Callable[..., Case],
) -> None:
    case = open_case(agreements=[agreed()])
    mail = Email.objects.get(casemail__case=case)
    text = mail.template.in_language("es")._replace(body="Su caso es el {case_number}.")
    assert "pagar dos pagos" in render_text(text, mail.said, "es").text


@pytest.mark.requirement("R15", "R39")
def test_the_checklist_becomes_items_and_events(open_case: Callable[..., Case]) -> None:
    case = open_case(
        items={
            "receipts": ItemState.ASKED,
            "contract": ItemState.ACCEPTED,
            "identity": ItemState.UNREADABLE,
            "photos": ItemState.DROPPED,
        }
    )
    found = AskedItem.objects.filter(case=case).values_list("slot", "state")
    assert dict(found) == {
        "receipts": "asked", "contract": "accepted", "identity": "unreadable", "photos": "dropped",
    }  # fmt: skip
    events = case.entries.filter(event__startswith="evidence").order_by("pk")
    assert [(each.event, each.visibility, each.params["slots"]) for each in events] == [
        ("evidence_requested", Visibility.PUBLIC, ["receipts", "identity"]),
        ("evidence_settled", Visibility.PUBLIC, ["contract"]),
        ("evidence_settled", Visibility.INTERNAL, ["photos"]),
    ]


@pytest.mark.requirement("R38")
@pytest.mark.parametrize(
    "fields", [{"agreements": [agreed()]}, {"items": {"receipts": ItemState.ASKED}}]
)
def test_nothing_agreed_on_or_asked_for_stays_unwritten(
    fields: dict[str, Any], open_case: Callable[..., Case]
) -> None:
    with pytest.raises(ValidationError) as refused:
        open_case(**fields, is_confirmed=False)
    assert refused.value.code == "unconfirmed"
    assert not Case.objects.exists()


def test_a_call_may_be_saved_without_a_mail(open_case: Callable[..., Case]) -> None:
    case = open_case(is_confirmed=False)
    assert not Email.objects.filter(casemail__case=case).exists()


def test_a_wrong_agreement_saves_nothing(open_case: Callable[..., Case], now: datetime) -> None:
    with pytest.raises(ValidationError) as refused:
        open_case(agreements=[agreed(), agreed(due_on=now.date() - timedelta(days=1))])
    assert refused.value.code == "promise_past"
    assert not Case.objects.exists()
    assert not Promise.objects.exists()


@pytest.fixture
def agent(ana: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ana)


@pytest.fixture
def call(agent: Client) -> str:
    return str(agent.post(reverse("calls")).headers["Location"])


def typed(lease: Lease, **more: str) -> dict[str, str]:
    return {
        "language": "es",
        "suggested_language": "",
        "lease": lease.account_number,
        "kind": "late_payment",
        "channel": "phone",
        "summary": "Se atrasó con dos pagos.",
        "visibility": "internal",
        **more,
    }


AGREED = {"agreed-0-party": "customer", "agreed-0-what": "pagar $84.20"}


@pytest.mark.requirement("R38", "R39")
def test_what_is_typed_on_the_page_becomes_the_case(agent: Client, call: str, lease: Lease) -> None:
    answer = agent.post(call, typed(lease, **AGREED, **{"slot-payment_proof": "asked"}))
    assert answer.status_code == 302
    [promise] = Promise.objects.all()
    assert (promise.what, promise.due_on) == ("pagar $84.20", date(2026, 11, 23))  # by the rule
    assert AskedItem.objects.get().slot_id == "payment_proof"


@pytest.mark.requirement("R100")
def test_nothing_typed_is_lost_when_the_page_is_refused_or_left(
    agent: Client, call: str, lease: Lease
) -> None:
    wrong = typed(lease, **AGREED, summary="") | {
        "slot-payment_proof": "asked", "message": "Gracias.", "agreed-0-due_on": "ayer quizás",
    }  # fmt: skip
    answer = agent.post(call, wrong)
    assert answer.status_code == 422
    for page in (answer.content.decode(), agent.get(call).content.decode()):
        for words in ("pagar $84.20", "ayer quizás", "Gracias."):
            assert words in page
        assert 'name="slot-payment_proof" value="asked" checked' in page
    assert {"agreed-0-what", "slot-payment_proof", "message"} <= set(CallDraft.objects.get().typed)


@pytest.mark.parametrize(("relation", "speaker"), [("store", "store"), ("attorney", "customer")])
def test_whoever_calls_is_who_promises(
    agent: Client, call: str, lease: Lease, relation: str, speaker: str
) -> None:
    """What a store promises isn't confirmed to the customer as theirs."""
    page = agent.post(call, typed(lease, relation=relation, agree="1")).content.decode()
    [party] = re.findall(r'<select name="agreed-0-party".*?</select>', page, re.S)
    assert re.findall(r'value="(\w+)" selected', party) == [speaker]


@pytest.mark.requirement("R37", "R48")
def test_the_confirmation_is_shown_in_both_languages_before_it_is_sent(
    agent: Client, call: str, lease: Lease
) -> None:
    filled = typed(lease, **AGREED, message="Gracias.", preview="1")
    page = agent.post(call, filled, headers={"HX-Request": "true"}).content.decode()
    assert "Lo que acordamos:" in page
    assert "What we agreed on:" in page
    assert page.count("Gracias.") == 1  # no one translated it
    assert "<form" not in page
    assert not Case.objects.exists()


@pytest.mark.requirement("R38", "R39")
def test_the_page_and_the_preview_name_the_same_day(agent: Client, call: str, lease: Lease) -> None:
    filled = typed(lease, due_on=MONDAY.isoformat(), **{"slot-payment_proof": "asked"})
    htmx = {"HX-Request": "true"}
    for asked in ("preview", "choose"):
        page = agent.post(call, filled | {asked: "1"}, headers=htmx).content.decode()
        assert "Por favor, envíenos a más tardar el 30 de noviembre de 2026:" in page
        assert "Please send us by November 30, 2026:" in page
    assert "Se le pide que lo envíe a más tardar el 30 de noviembre de 2026." in page
    assert agent.post(call, filled).status_code == 302
    assert AskedItem.objects.get().case.due_on == MONDAY


@pytest.mark.requirement("R73")
def test_the_preview_says_who_called(agent: Client, call: str, lease: Lease) -> None:
    filled = typed(lease, relation="attorney", caller_name="Luis Vera", preview="1")
    page = agent.post(call, filled, headers={"HX-Request": "true"}).content.decode()
    assert "Someone who says they’re your attorney called us." in page
    assert "what you told us" not in page


@pytest.mark.requirement("R37")
@pytest.mark.parametrize(
    ("line", "at", "told"),
    [
        ({"agreed-0-due_on": "ayer quizás"}, "due_on", "Escriba una fecha, como 4 mar 2026."),
        ({"agreed-0-due_on": "2026-01-02"}, "due_on", "Esa fecha ya pasó."),
        ({"agreed-0-amount": "mucho"}, "amount", "Escriba el monto así"),
        ({"agreed-0-what": " ", "agreed-0-amount": "84.20"}, "what", "Escriba lo que se acordó."),
    ],
)
def test_an_agreement_that_cannot_be_read_is_told_before_and_at_the_end(
    line: dict[str, str], at: str, told: str, agent: Client, call: str, lease: Lease
) -> None:
    """It would be missing from the email otherwise, and nobody would see it."""
    filled = typed(lease, **AGREED | line)
    page = agent.post(call, filled | {"preview": "1"}, headers={"HX-Request": "true"})
    shown = page.content.decode()
    assert f'<a href="#id_agreed-0-{at}">{told}' in shown  # beside the email
    assert re.search(f'<a href="#id_agreed-0-{at}" data-told="{told}[^"]*">', shown)
    assert "Lo que acordamos:" not in shown
    assert "Ya se puede guardar." in shown
    answer = agent.post(call, filled)
    assert answer.status_code == 422
    assert not Case.objects.exists()
    for again in (answer.content.decode(), agent.get(call).content.decode()):
        assert f'id="id_agreed-0-{at}_error"' in again
        assert told in again


@pytest.mark.requirement("R37", "R38")
@pytest.mark.parametrize(("language", "said"), [("es", "el viernes"), ("en", "friday")])
def test_a_weekday_is_the_next_one(
    language: str, said: str, agent: Client, call: str, lease: Lease
) -> None:
    """Also without scripts: the page that comes back has the whole date."""
    filled = typed(lease, **AGREED) | {"agreed-0-due_on": said}
    with override(language):
        agent.post(reverse("language"), {"language": language})
        page = agent.post(call, filled | {"preview": "1"}, headers={"HX-Request": "true"})
        assert "November 20, 2026" in page.content.decode()
        page = agent.post(call, filled | {"agree": "1"})
        assert day_in_words(FRIDAY) in page.content.decode()
        assert agent.post(call, filled).status_code == 302
    assert Promise.objects.get().due_on == FRIDAY


def test_what_is_missing_is_said_with_its_place(agent: Client, call: str) -> None:
    page = agent.get(call).content.decode()
    for place in ("id_contract", "id_kind", "id_summary"):
        assert f'href="#{place}"' in page
    assert "autofocus" in page


@pytest.mark.requirement("R73")
@pytest.mark.parametrize(
    ("relation", "name", "is_missing"),
    [("customer", "", False), ("store", "", True), ("store", "Rosa, caja", False)],
)
def test_who_else_calls_is_asked_for_before_the_end(
    agent: Client, call: str, lease: Lease, relation: str, name: str, is_missing: bool
) -> None:
    said = typed(lease, preview="1", relation=relation, caller_name=name)
    shown = agent.post(call, said, headers={"HX-Request": "true"})
    needed = {each.at: each.is_missing for each in shown.context["needed"]}
    assert needed["id_caller_name"] is is_missing
    assert agent.post(call, typed(lease, relation=relation, caller_name=name)).status_code == (
        422 if is_missing else 302
    )


def test_an_agreement_without_scripts(agent: Client, call: str, lease: Lease) -> None:
    """The button brings an empty line, and everything else stays."""
    page = agent.post(call, typed(lease, agree="1")).content.decode()
    assert 'name="agreed-0-what"' in page
    assert "Se atrasó con dos pagos." in page
    page = agent.post(call, typed(lease, **AGREED, agree="1")).content.decode()
    assert 'name="agreed-1-what"' in page
