"""An attorney calls: what they are asked, what goes through them, what waits for their letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.deadlines import next_update
from cases.enums import ItemState
from cases.mails.attorneys import recipient_of
from cases.models import AskedItem, Case, CaseFlag, EvidenceSlot, FollowUp
from common.company_day import company_zone
from leases.models import Lease
from mail import outbox
from mail.enums import EmailState
from mail.models import Email
from mail.outbound.render import render
from tests.cases.conftest import Inbox
from tests.pages import text

pytestmark = [pytest.mark.requirement("R73", "R76"), pytest.mark.django_db]

MARTA: dict[str, Any] = {
    "firm": "Ruiz & Vega", "phone": "(210) 555-0171", "email": "marta@ruiz.example",
    "language": "en", "goes_through": True,
}  # fmt: skip
#: As the page sends it.
TYPED = {
    "relation": "attorney", "caller_name": "Marta Ruiz", "attorney_firm": "Ruiz & Vega",
    "attorney_phone": "(210) 555-0171", "attorney_email": "marta@ruiz.example",
    "attorney_language": "en", "attorney_letter": "asked", "attorney_flag": "on",
}  # fmt: skip


def marta(**fields: Any) -> actions.Caller:
    return actions.Caller(
        relation="attorney", name="Marta Ruiz", represents=actions.Represented(**MARTA | fields)
    )


def events(case: Case) -> list[str]:
    return list(case.entries.exclude(event="").order_by("at", "pk").values_list("event", flat=True))


def told_by_mail(inbox: Inbox) -> set[str]:
    return {address for each in inbox.messages for address in each.recipients}


@pytest.fixture
def typed(lease: Lease) -> dict[str, str]:
    return TYPED | {
        "language": "es", "lease": lease.account_number, "kind": "late_payment",
        "channel": "phone", "summary": "Dice que representa a la clienta.",
        "visibility": "internal", "asked": "",
    }  # fmt: skip


@pytest.fixture
def call(ana: User, sign_in: Callable[[User], Client]) -> tuple[Client, str]:
    client = sign_in(ana)
    return client, str(client.post(reverse("calls")).headers["Location"])


def test_one_action_opens_the_case_flags_it_asks_for_the_letter_and_tells_supervisors(
    open_case: Callable[..., Case], sofia: User
) -> None:
    case = open_case(
        caller=marta(letter=ItemState.ASKED), items={"representation": ItemState.ASKED}
    )
    flag = CaseFlag.objects.get(case=case)
    assert (flag.name, flag.firm, flag.phone, flag.email, flag.language, flag.awaits_letter) == (
        "Marta Ruiz", "Ruiz & Vega", "+12105550171", "marta@ruiz.example", "en", True,
    )  # fmt: skip
    assert {"caller_named", "evidence_requested", "flagged"} <= set(events(case))
    assert Email.objects.filter(template__key="case_flagged", to=sofia.email).count() == 1
    case.refresh_from_db()
    assert case.is_flagged


def test_nothing_is_mailed_to_anyone_until_the_letter_is_accepted(
    open_case: Callable[..., Case], ana: User, inbox: Inbox, now: datetime
) -> None:
    case = open_case(
        caller=marta(letter=ItemState.ASKED), items={"representation": ItemState.ASKED}
    )
    outbox.drain(now=lambda: now)
    mail = Email.objects.get(casemail__case=case, template__key="case_opened")
    assert (mail.state, mail.error) == (EmailState.FAILED, "attorney_letter")
    assert not {"marta@ruiz.example", "carla@example.com"} & told_by_mail(inbox)
    actions.settle_evidence(case=case, slot="representation", by=ana, now=now)
    assert not CaseFlag.objects.get(case=case).awaits_letter
    outbox.drain(now=lambda: now)
    outbox.drain(now=lambda: now)
    mail.refresh_from_db()
    assert (mail.state, mail.to, mail.language) == (EmailState.SENT, "marta@ruiz.example", "en")
    assert "Letter of representation" not in render(mail).text  # it’s here by then
    assert "What happens next: We’ll take the next step" in render(mail).text


def test_without_an_address_it_is_not_the_letter_that_is_missing(
    open_case: Callable[..., Case], now: datetime
) -> None:
    open_case(caller=marta(email="", letter=ItemState.ASKED))
    outbox.drain(now=lambda: now)
    assert Email.objects.get(template__key="case_opened").error == "attorney"


def test_a_letter_that_is_not_needed_after_all_opens_nothing(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case(
        caller=marta(letter=ItemState.ASKED), items={"representation": ItemState.ASKED}
    )
    actions.settle_evidence(case=case, slot="representation", came=False, by=ana, now=now)
    assert CaseFlag.objects.get(case=case).awaits_letter


def test_a_letter_accepted_in_another_case_frees_the_mail_of_all(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    waiting = {"representation": ItemState.ASKED}
    first = open_case(caller=marta(letter=ItemState.ASKED), items=waiting)
    second = open_case(caller=marta(letter=ItemState.ASKED), items=waiting)
    outbox.drain(now=lambda: now)
    assert CaseFlag.objects.get().case == first
    assert actions.settle_evidence(case=second, slot="representation", by=ana, now=now)
    assert not CaseFlag.objects.get().awaits_letter
    held = Email.objects.filter(template__key="case_opened")
    assert [each.state for each in held] == [EmailState.PENDING] * 2


def test_a_letter_is_accepted_after_the_case_that_named_the_attorney_ended(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    open_case(
        **RESOLVED, told_how="aloud", caller=marta(letter=ItemState.ASKED),
    )  # fmt: skip
    later = open_case()
    actions.request_evidence(case=later, slots=["representation"], by=ana, now=now)
    actions.settle_evidence(case=later, slot="representation", by=ana, now=now)
    assert not CaseFlag.objects.get().awaits_letter


def test_the_letter_of_one_attorney_is_not_another_ones(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case(
        caller=marta(letter=ItemState.ASKED), items={"representation": ItemState.ASKED}
    )
    open_case(caller=replace(marta(letter=ItemState.ASKED), name="Someone Else"))
    actions.settle_evidence(case=case, slot="representation", by=ana, now=now)
    still = CaseFlag.objects.filter(awaits_letter=True).values_list("name", flat=True)
    assert list(still) == ["Someone Else"]


def test_the_same_attorney_in_another_language_or_from_another_phone_is_not_new(
    open_case: Callable[..., Case],
) -> None:
    open_case(caller=marta(letter=ItemState.ACCEPTED))
    again = marta(letter=ItemState.ASKED, language="es", phone="(210) 555-0199", firm="Ruiz y Vega")
    open_case(caller=replace(again, name="marta  RUIZ"))
    flag = CaseFlag.objects.get()
    assert (flag.language, flag.awaits_letter) == ("en", False)


@pytest.mark.parametrize(
    "other",
    [replace(marta(), name="Someone Else"), marta(email="new@ruiz.example")],
    ids=["another one", "another address"],
)
def test_whoever_only_says_that_they_are_an_attorney_silences_no_one(
    other: actions.Caller, open_case: Callable[..., Case], inbox: Inbox, now: datetime
) -> None:
    open_case(caller=marta(letter=ItemState.ACCEPTED))
    open_case(caller=other)
    assert CaseFlag.objects.filter(awaits_letter=True).count() == 1
    outbox.drain(now=lambda: now)
    sent = Email.objects.filter(template__key="case_opened").values_list("to", flat=True)
    assert list(sent) == ["marta@ruiz.example"] * 2


def test_a_letter_that_we_have_is_not_asked_for_again(
    open_case: Callable[..., Case], call: tuple[Client, str], typed: dict[str, str]
) -> None:
    received = {"representation": ItemState.ACCEPTED}
    case = open_case(caller=marta(letter=ItemState.ACCEPTED), items=received)
    client, address = call
    del typed["kind"]
    assert client.post(address, typed | {"add_to": case.number}).status_code == 302
    assert AskedItem.objects.get(case=case).state == ItemState.ACCEPTED
    assert "evidence_requested" not in events(case)
    waiting = {"representation": ItemState.ASKED}
    later = open_case(caller=marta(letter=ItemState.ASKED), items=waiting)
    assert not later.asked_items.exists()
    assert "evidence_requested" not in events(later)


def promise(now: datetime, days: int) -> actions.Agreed:
    due = (now + timedelta(days=days)).date()
    return actions.Agreed(party="customer", what="Pagará 76.92 dólares", language="es", due_on=due)


def test_no_call_is_planned_to_a_represented_customer(
    open_case: Callable[..., Case], now: datetime
) -> None:
    open_case(caller=marta(letter=ItemState.ACCEPTED))
    open_case(agreements=[promise(now, 2)])
    assert not FollowUp.objects.exists()


def test_no_call_is_planned_to_someone_without_a_phone(
    open_case: Callable[..., Case], now: datetime
) -> None:
    rosa = actions.Contact(name="Rosa Gil", why="not_found", email="rosa@example.com")
    open_case(lease=None, contact=rosa, agreements=[promise(now, 2)])
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("kept", [0, 1])
def test_of_two_promises_in_the_same_words_each_has_its_own_check(
    kept: int, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case(agreements=[promise(now, 2), promise(now, 9)])
    promises, checks = case.promises.order_by("due_on"), case.follow_ups.order_by("on")
    assert len(checks) == 2
    actions.settle_promise(promise=promises[kept], outcome="kept", by=ana, now=now)
    assert [each.is_pending for each in checks.all()] == [kept == 1, kept == 0]


@pytest.mark.parametrize(
    ("language", "said", "call"),
    [
        ("en", "Hello Marta Ruiz,", "We got a call on your client’s behalf."),
        ("es", "Hola, Marta Ruiz:", "Recibimos una llamada en nombre de su cliente."),
        ("", "Hola, Marta Ruiz:", "Recibimos una llamada en nombre de su cliente."),
    ],
)
def test_with_their_letter_they_are_written_to_in_their_own_language(
    language: str,
    said: str,
    call: str,
    open_case: Callable[..., Case],
    inbox: Inbox,
    now: datetime,
) -> None:
    open_case(caller=marta(language=language, letter=ItemState.ACCEPTED))
    outbox.drain(now=lambda: now)
    outbox.drain(now=lambda: now)
    [message] = [each for each in inbox.messages if each.recipients == ("marta@ruiz.example",)]
    assert message.language == (language or "es")
    assert said in message.text
    assert call in message.text
    assert "alguien que dice" not in message.text
    assert "who says" not in message.text


def test_once_the_flag_is_lifted_the_customer_is_written_to_in_theirs(
    open_case: Callable[..., Case], sofia: User, now: datetime
) -> None:
    case = open_case(caller=marta(letter=ItemState.ACCEPTED))
    mail = Email.objects.get(casemail__case=case, template__key="case_opened")
    Email.objects.filter(pk=mail.pk).update(
        to="marta@ruiz.example", care_of="Marta Ruiz", language="en"
    )
    actions.lift_flag(
        flag=CaseFlag.objects.get(case=case), reason="No la conoce.", by=sofia, now=now
    )
    outbox.drain(now=lambda: now)
    mail.refresh_from_db()
    assert (mail.to, mail.care_of, mail.language) == ("carla@example.com", "", "es")


def test_without_the_box_the_attorney_is_only_noted(
    open_case: Callable[..., Case], ana: User, sign_in: Callable[..., Client]
) -> None:
    case = open_case(caller=marta(goes_through=False, letter=None))
    assert not CaseFlag.objects.exists()
    assert "representation" not in case.asked_items.values_list("slot", flat=True)
    page = text(sign_in(ana).get(reverse("case", args=[case.number])))
    assert (
        "Marta Ruiz (Abogado o abogada) · Ruiz &amp; Vega · (210) 555-0171 · marta@ruiz.example"
        in page
    )


def test_an_attorney_on_record_is_not_recorded_twice(
    open_case: Callable[..., Case], now: datetime
) -> None:
    open_case(caller=marta(letter=ItemState.ASKED), items={"representation": ItemState.ASKED})
    open_case(caller=marta(email="", phone="", firm="", letter=ItemState.ACCEPTED))
    flag = CaseFlag.objects.get()
    assert not flag.awaits_letter  # the letter came with the second call
    open_case(caller=marta(email="office@ruiz.example", letter=ItemState.ACCEPTED))
    assert CaseFlag.objects.count() == 2


def test_the_customers_own_address_is_refused_and_nothing_is_saved(
    open_case: Callable[..., Case],
) -> None:
    with pytest.raises(ValidationError) as refused:
        open_case(caller=marta(email="Carla@Example.com"))
    assert refused.value.code == "flag_email_customer"
    assert not Case.objects.exists()
    assert not CaseFlag.objects.exists()


def test_the_page_saves_it_all_without_scripts(
    call: tuple[Client, str], typed: dict[str, str], sofia: User
) -> None:
    client, address = call
    answer = client.post(address, typed)
    assert answer.status_code == 302
    case = Case.objects.get()
    flag = CaseFlag.objects.get(case=case)
    assert (flag.name, flag.awaits_letter) == ("Marta Ruiz", True)
    assert AskedItem.objects.get(case=case).slot_id == "representation"
    page = text(client.get(reverse("case", args=[case.number])))
    assert "Los correos esperan hasta que se acepte la carta de representación." in page


@pytest.mark.parametrize(
    ("letter", "told"),
    [
        ("asked", "No se envía nada hasta que aceptemos la carta de representación de Marta Ruiz."),
        ("accepted", "A Marta Ruiz, en inglés: marta@ruiz.example"),
    ],
)
def test_the_first_window_says_what_becomes_of_the_email(
    letter: str, told: str, call: tuple[Client, str], typed: dict[str, str]
) -> None:
    """Never that it goes to the customer, whose address it has until then."""
    client, address = call
    page = text(client.post(address, typed | {"attorney_letter": letter}, follow=True))
    assert told in page
    assert "en español: carla@example.com" not in page


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"caller_name": ""}, "caller_name", "caller_name"),
        ({"attorney_phone": "555"}, "attorney_phone", "phone"),
        ({"attorney_email": "marta"}, "attorney_email", "invalid"),
        ({"attorney_email": "carla@example.com"}, "attorney_email", "flag_email_customer"),
        ({"attorney_letter": "lost"}, "attorney_letter", "invalid_choice"),
        ({"attorney_language": "fr"}, "attorney_language", "invalid_choice"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands_and_stays_typed(
    changed: dict[str, str], field: str, code: str, call: tuple[Client, str], typed: dict[str, str]
) -> None:
    client, address = call
    page = client.post(address, typed | changed)
    assert page.status_code == 422
    errors = page.context["form"].errors.as_data()
    assert {name: [each.code for each in found] for name, found in errors.items()} == {
        field: [code]
    }
    assert "Ruiz &amp; Vega" in page.content.decode()
    assert not Case.objects.exists()


def test_an_attorneys_fields_of_any_other_caller_do_nothing(
    call: tuple[Client, str], typed: dict[str, str]
) -> None:
    client, address = call
    client.post(address, typed | {"relation": "customer", "attorney_phone": "555"})
    case = Case.objects.get()
    assert not case.is_flagged
    assert not AskedItem.objects.exists()
    assert "caller_named" not in events(case)


def test_the_draft_keeps_an_unticked_box(call: tuple[Client, str], typed: dict[str, str]) -> None:
    client, address = call
    assert client.get(address).context["form"]["attorney_flag"].value() is True
    del typed["attorney_flag"]
    client.post(f"{address}draft/", typed)
    form = client.get(address).context["form"]
    assert not form["attorney_flag"].value()
    assert form["attorney_firm"].value() == "Ruiz & Vega"


@pytest.mark.requirement("R41")
def test_the_page_says_what_to_say_to_an_attorney_and_what_they_may_be_told(
    call: tuple[Client, str], typed: dict[str, str]
) -> None:
    client, address = call
    page = client.post(address, typed | {"choose": "1"}, headers={"HX-Request": "true"})
    first = page.context["scripts"][0]
    assert (first.situation, first.fits) == ("attorney", True)
    told = dict(page.context["told"])
    for language, before, after in (
        ("en", "Tell them nothing by phone.", "Only what their client’s letter covers."),
        ("es", "No le diga nada por teléfono.", "Solo lo que permite la carta de su cliente."),
    ):
        with translation.override(language):
            assert str(told["attorney"]).startswith(before)
            assert str(told["attorney_proven"]).startswith(after)
    customer = client.post(address, typed | {"choose": "1", "relation": "customer"})
    assert customer.context["scripts"][0].situation == "payments"


def test_the_preview_says_who_gets_it_in_which_language_and_that_it_waits(
    call: tuple[Client, str], typed: dict[str, str]
) -> None:
    client, address = call
    waiting = client.post(address, typed | {"preview": "1"}, headers={"HX-Request": "true"})
    assert "No se envía nada hasta que aceptemos la carta de representación" in text(waiting)
    held = waiting.context["letters"][0].mail.text
    assert "representation" not in held  # it’s asked for on the telephone
    assert "We’ll take the next step" in held
    here = client.post(
        address, typed | {"preview": "1", "attorney_letter": "accepted"},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    reader, letters = here.context["reader"], here.context["letters"]
    assert (reader.attorney, reader.email) == ("Marta Ruiz", "marta@ruiz.example")
    assert [(each.language, each.is_sent) for each in letters] == [("en", True), ("es", False)]
    assert "We got a call on your client’s behalf." in letters[0].mail.text
    assert "No se envía nada" not in text(here)


def test_before_an_attorney_has_a_name_no_one_else_reads_the_email(
    call: tuple[Client, str], typed: dict[str, str]
) -> None:
    client, address = call
    unnamed = typed | {"preview": "1", "caller_name": " "}
    page = client.post(address, unnamed, headers={"HX-Request": "true"})
    assert page.context["letters"] == []
    assert "Carla" not in text(page)


def test_the_preview_of_a_company_that_asks_for_no_letters_says_that_it_goes_out(
    call: tuple[Client, str], typed: dict[str, str]
) -> None:
    EvidenceSlot.objects.filter(key="representation").update(is_offered=False)
    client, address = call
    page = client.post(address, typed | {"preview": "1"}, headers={"HX-Request": "true"})
    reader = page.context["reader"]
    assert (reader.email, reader.awaits_letter) == ("marta@ruiz.example", False)


@pytest.mark.parametrize(
    ("before", "changed", "shown"),
    [
        ("accepted", {}, "marta@ruiz.example"),
        ("accepted", {"attorney_email": "new@ruiz.example"}, "marta@ruiz.example"),
        (
            "accepted",
            {"attorney_email": "new@ruiz.example", "attorney_letter": "accepted"},
            "new@ruiz.example",
        ),
        ("accepted", {"caller_name": "Someone Else"}, "marta@ruiz.example"),
        ("asked", {}, ""),
        ("asked", {"attorney_letter": "accepted"}, "marta@ruiz.example"),
    ],
)
def test_the_preview_of_a_known_attorney_shows_who_gets_it(
    before: str,
    changed: dict[str, str],
    shown: str,
    open_case: Callable[..., Case],
    call: tuple[Client, str],
    typed: dict[str, str],
) -> None:
    open_case(caller=marta(letter=ItemState(before)))
    client, address = call
    asked = typed | changed | {"preview": "1"}
    page = client.post(address, asked, headers={"HX-Request": "true"})
    assert page.context["reader"].email == shown
    client.post(address, typed | changed)
    assert recipient_of(Case.objects.latest("pk")).to == shown


def test_after_saving_it_is_not_the_customers_turn_but_the_attorneys(
    call: tuple[Client, str], typed: dict[str, str]
) -> None:
    client, address = call
    page = text(client.post(address, typed, follow=True))
    told = page[page.index("Caso guardado") :]
    told = told[told.index("Próximo paso") :][:120]
    assert "Carla" not in told


def test_an_attorneys_call_about_an_open_case_flags_that_case(
    call: tuple[Client, str], typed: dict[str, str], open_case: Callable[..., Case], sofia: User
) -> None:
    case = open_case()
    client, address = call
    del typed["kind"]
    answer = client.post(address, typed | {"add_to": case.number})
    assert answer.status_code == 302
    flag = CaseFlag.objects.get(case=case)
    assert flag.awaits_letter
    assert AskedItem.objects.get(case=case).state == ItemState.ASKED
    assert {"call_added", "flagged", "evidence_requested"} <= set(events(case))


def test_a_company_that_asks_for_no_letters_has_no_mail_waiting_for_one(
    open_case: Callable[..., Case], call: tuple[Client, str], typed: dict[str, str]
) -> None:
    EvidenceSlot.objects.filter(key="representation").update(is_offered=False)
    client, address = call
    client.post(address, typed)
    assert not CaseFlag.objects.get().awaits_letter
    assert not AskedItem.objects.exists()


def test_an_attorney_without_a_lease_to_choose(
    call: tuple[Client, str], typed: dict[str, str]
) -> None:
    client, address = call
    client.post(
        address,
        typed | {"lease": "", "why": "not_found", "contact_name": "Rosa Gil"},
    )
    case = Case.objects.get()
    assert case.person.name == "Rosa Gil"
    assert CaseFlag.objects.get(case=case).name == "Marta Ruiz"


RESOLVED = {"outcome": "plan_agreed", "message": "Ya recibimos su pago del viernes."}


@pytest.mark.requirement("R43")
@pytest.mark.parametrize(
    ("fields", "waits"), [({"email": "", "letter": ItemState.ACCEPTED}, False), ({}, True)]
)
def test_the_same_call_resolves_the_case_only_if_someone_hears_how(
    fields: dict[str, Any], waits: bool, open_case: Callable[..., Case]
) -> None:
    """The customer has an address, but isn't written to from this call on."""
    with pytest.raises(ValidationError) as refused:
        open_case(**RESOLVED, caller=marta(**fields))
    assert refused.value.code == "outcome_untold"
    assert not Case.objects.exists()
    assert not CaseFlag.objects.exists()
    case = open_case(**RESOLVED, told_how="aloud", caller=marta(**fields))
    assert CaseFlag.objects.get(case=case).awaits_letter is waits
    assert events(case).index("flagged") < events(case).index("status_changed")
    assert case.entries.get(event="status_changed").params["told_how"] == "aloud"
    saved = Case.objects.get(pk=case.pk)
    assert (saved.status, saved.version, saved.is_flagged) == ("resolved", case.version, True)


def test_an_attorney_with_an_address_reads_how_it_ended(open_case: Callable[..., Case]) -> None:
    case = open_case(
        **RESOLVED, told_how="aloud", caller=marta(language="es", letter=ItemState.ACCEPTED)
    )
    assert not case.entries.get(event="status_changed").params.get("told_how")
    assert Email.objects.get(casemail__case=case, template__key="resolved_in_call")


def test_the_page_asks_for_it_in_the_same_call(
    call: tuple[Client, str], typed: dict[str, str]
) -> None:
    client, address = call
    ended = RESOLVED | {"attorney_email": "", "attorney_letter": "accepted"}
    page = client.post(address, typed | ended)
    assert page.status_code == 422
    [error] = page.context["form"].errors.as_data()["told_how"]
    assert error.code == "outcome_untold"
    assert client.post(address, typed | ended | {"told_how": "letter"}).status_code == 302
    case = Case.objects.get()
    assert case.entries.get(event="status_changed").params["told_how"] == "letter"


def test_what_was_told_of_an_attorney_cannot_be_changed(open_case: Callable[..., Case]) -> None:
    open_case(caller=marta(letter=ItemState.ACCEPTED))
    for change in ("language = 'es'", "email = 'x@y.example'"):
        with (
            pytest.raises(DatabaseError, match="pgtrigger"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE cases_caseflag SET {change}")


def test_the_page_of_the_case_names_the_attorney_as_next_and_offers_their_language(
    open_case: Callable[..., Case], ana: User, sign_in: Callable[[User], Client]
) -> None:
    case = open_case(caller=marta(letter=ItemState.ACCEPTED), items={"receipts": ItemState.ASKED})
    agent = sign_in(ana)
    page = agent.get(reverse("case", args=[case.number]))
    told = text(page)
    assert "Le toca a: <strong>Marta Ruiz</strong>" in told
    assert "Visible para Carla Peña; el correo va a Marta Ruiz" in told
    assert page.context["composer"]["language"].value() == "en"
    typed = {
        "version": case.version, "seen": "0", "visibility": "public", "to_status": "",
        "due_on": "", "initial-due_on": "", "asked": "",
    }  # fmt: skip
    address = reverse("case_entries", args=[case.number])
    words = {"body": "Le enviamos hoy el historial de pagos.", "language": "es"}
    asked = agent.post(address, typed | words)
    assert asked.status_code == 422
    assert "Marta Ruiz lee en inglés" in text(asked)
    words = {"body": "We’re sending you the payment history today.", "language": "en"}
    assert agent.post(address, typed | words).status_code == 302


def test_in_their_case_the_attorney_is_called_and_not_the_customer(
    open_case: Callable[..., Case], ana: User, sign_in: Callable[[User], Client]
) -> None:
    case = open_case(caller=marta())
    shown = sign_in(ana).get(reverse("case", args=[case.number])).content.decode()
    assert 'href="tel:+12105550171"' in shown
    assert 'href="tel:+12105550134"' not in shown
    facts = shown[shown.index('id="facts"') :]
    assert facts.index("(210) 555-0171") < facts.index("(210) 555-0134")


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("customer", "What did the customer say?"),
        ("applicant", "What did the applicant say?"),
        ("authorized", "What did the authorized person say?"),
        ("attorney", "What did the attorney say?"),
        ("store", "What did the store say?"),
        ("other", "What did the caller say?"),
        ("nonsense", "What did the caller say?"),
    ],
)
def test_what_was_said_is_asked_of_whoever_calls(
    ben: User, sign_in: Callable[[User], Client], relation: str, said: str
) -> None:
    client = sign_in(ben)
    address = client.post(reverse("calls")).headers["Location"]
    page = client.post(address, {"language": "en", "relation": relation})
    assert f'<a href="#id_summary">{said}</a>: Write what the caller said.' in text(page)


@pytest.mark.parametrize("late", [False, True])
def test_a_call_added_to_a_case_asks_for_the_letter_by_its_next_step(
    late: bool, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case, moment = open_case(), now + timedelta(days=30) if late else now
    call = actions.AddedCall(
        channel="phone", language="es", summary="Llamó su abogada.",
        caller=marta(letter=ItemState.ASKED),
    )  # fmt: skip
    draft = actions.start_call(by=ana, now=moment)
    actions.add_call_to_case(draft=draft, case=case, call=call, by=ana, now=moment)
    asked = case.entries.get(event="evidence_requested").params["wait_until"]
    new = next_update(moment, company_zone(), case.kind.due_days)
    assert asked == (new if late else case.due_on).isoformat()
