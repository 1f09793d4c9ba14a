"""Words of the other language: translated before they go out, on every way to a customer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.models import Case, Entry, Evidence
from common.company_day import business_day
from leases.models import Customer, Lease
from mail.models import Email
from tests.cases.evidence.evidence_makers import image_bytes
from tests.cases.libretranslate import LibreTranslate

SignIn = Callable[[User], Client]
ENGLISH = "We called the store and they will answer by Monday."
TRANSLATED = f"[es] {ENGLISH}"


class Way(NamedTuple):
    address: str
    typed: dict[str, Any]
    words: str
    form: str


@pytest.fixture
def agent(sign_in: SignIn, ben: User) -> Client:
    """Who writes English, to Carla, who reads Spanish."""
    return sign_in(ben)


def composer(case: Case, **_more: Any) -> Way:
    typed = {"version": str(case.version), "visibility": "public", "language": "en", "seen": "0"}
    return Way(reverse("case_entries", args=[case.number]), typed, "body", "composer")


def marked_as_spanish(case: Case, **_more: Any) -> Way:
    way = composer(case)
    return way._replace(typed=way.typed | {"language": "es"})


def follow_up(case: Case, **_more: Any) -> Way:
    address = reverse("case_follow_ups", args=[case.number])
    return Way(address, {"rule": "window_ends"}, "message", "follow_up")


def evidence_request(case: Case, **_more: Any) -> Way:
    address = reverse("case_evidence_requests", args=[case.number])
    return Way(address, {"slots": ["photos"]}, "message", "asking")


def agreement(case: Case, **_more: Any) -> Way:
    due_on = business_day(timezone.now()) + timedelta(days=2)
    typed = {"party": "company", "language": "en", "due_on": due_on.isoformat()}
    return Way(reverse("case_promises", args=[case.number]), typed, "what", "agreement")


def withdrawal(case: Case, ana: User, now: datetime, **_more: Any) -> Way:
    agreed = actions.Agreed(party="customer", what="Enviar", language="es", due_on=now.date())
    promise = actions.make_promise(case=case, agreed=agreed, by=ana, now=now)
    address = reverse("case_promise_settlement", args=[case.number, promise.pk])
    return Way(address, {"outcome": "withdrawn"}, "reason", "settlement")


def unreadable(case: Case, sign_in: SignIn, carla: Customer, **_more: Any) -> Way:
    send = reverse("portal_messages", args=[case.number])
    sign_in(carla.user).post(send, {"evidence": SimpleUploadedFile("a.jpg", image_bytes())})
    address = reverse("case_unreadable", args=[case.number, Evidence.objects.get().pk])
    return Way(address, {}, "reason", "form")


def resolution(case: Case, **_more: Any) -> Way:
    typed = {"version": str(case.version), "outcome": "declined", "send": "1"}
    return Way(reverse("case_resolution", args=[case.number]), typed, "body", "form")


def call(agent: Client, lease: Lease, **_more: Any) -> Way:
    """A note of a call in the customer's language, which they are to read."""
    typed = {
        "language": "es", "suggested_language": "", "lease": lease.account_number,
        "channel": "phone", "kind": "charge_question", "visibility": "public",
    }  # fmt: skip
    return Way(agent.post(reverse("calls")).headers["Location"], typed, "summary", "form")


WAYS = [
    composer, marked_as_spanish, follow_up, evidence_request, agreement, withdrawal, unreadable,
    resolution, call,
]  # fmt: skip


@pytest.fixture(params=WAYS, ids=lambda make: make.__name__)
def way(
    request: pytest.FixtureRequest,
    agent: Client,
    open_case: Callable[..., Case],
    sign_in: SignIn,
    ana: User,
    carla: Customer,
    lease: Lease,
    now: datetime,
) -> Way:
    made: Way = (
        request.param(
            open_case(kind="defective"),
            agent=agent,
            sign_in=sign_in,
            ana=ana,
            carla=carla,
            lease=lease,
            now=now,
        )
        if request.param is not call
        else call(agent, lease)
    )
    return made._replace(typed=made.typed | {made.words: ENGLISH})


def shown(answer: Any, way: Way) -> tuple[Any, str, set[str]]:
    """The form that was not accepted, its page, and why."""
    assert answer.status_code == 422
    form = answer.context[way.form]
    errors = form.errors.as_data().values()
    return form, answer.content.decode(), {error.code for each in errors for error in each}


def hidden(form: Any) -> dict[str, str]:
    return {name: form[name].value() or "" for name in ("asked", "untranslated")}


def told() -> tuple[int, int]:
    return Email.objects.count(), Entry.objects.count()


@pytest.mark.requirement("R5")
def test_a_translation_is_offered_read_and_then_sent(
    way: Way, agent: Client, service: LibreTranslate
) -> None:
    before = told()
    form, page, why = shown(agent.post(way.address, way.typed), way)
    assert why <= {"language_other", "language_looks_other"}
    assert '<button class="button" type="submit" name="translate" value="es">' in page
    assert "127.0.0.1" in page
    assert service.asked == []  # nothing goes there unasked

    pressed = way.typed | hidden(form) | {"translate": form.offered}
    form, page, why = shown(agent.post(way.address, pressed), way)
    assert why == {"language_translated"}
    assert [(each["q"], each["target"]) for each in service.asked] == [(ENGLISH, "es")]
    assert form[way.words].value() == TRANSLATED
    assert f'<p class="typed" lang="en">{ENGLISH}</p>' in page  # what was typed stays
    assert told() == before

    again = way.typed | hidden(form) | {way.words: TRANSLATED}
    again |= {"language": form["language"].value() or ""} if "language" in way.typed else {}
    answer = agent.post(way.address, again)
    if answer.status_code == 200:  # resolving shows the mail first
        assert TRANSLATED in answer.content.decode()
        shown_mail = {"shown": answer.context["form"]["shown"].value()}
        answer = agent.post(way.address, again | shown_mail)
    assert answer.status_code == 302
    assert told() > before or way.form == "follow_up"
    if way.form in {"composer", "form"} and way.words in {"body", "summary"}:
        assert Entry.objects.get(body=TRANSLATED).language == "es"


def test_ones_own_words_can_be_put_back(way: Way, agent: Client, service: LibreTranslate) -> None:
    before = told()
    form, _page, _why = shown(agent.post(way.address, way.typed), way)
    pressed = way.typed | hidden(form) | {"translate": "es"}
    form, _page, _why = shown(agent.post(way.address, pressed), way)
    pressed = way.typed | hidden(form) | {way.words: TRANSLATED, "put_back": "1"}
    form, page, why = shown(agent.post(way.address, pressed), way)
    assert why == {"language_put_back"}
    assert form[way.words].value() == ENGLISH
    assert 'name="put_back"' not in page
    assert told() == before


def test_a_service_that_fails_loses_and_sends_nothing(
    way: Way, agent: Client, service: LibreTranslate
) -> None:
    before = told()
    service.instead = (503, b"")
    form, _page, _why = shown(agent.post(way.address, way.typed), way)
    pressed = way.typed | hidden(form) | {"translate": "es"}
    form, page, why = shown(agent.post(way.address, pressed), way)
    assert why == {"translation_down"}
    assert form[way.words].value() == ENGLISH
    assert 'name="translate" value="es"' in page
    assert told() == before


def test_without_a_service_one_is_asked_and_the_button_is_not_there(
    way: Way, agent: Client
) -> None:
    before = told()
    form, page, why = shown(agent.post(way.address, way.typed), way)
    assert why <= {"language_other", "language_looks_other"}
    assert 'name="translate"' not in page
    # A page from before the service was switched off.
    form, _page, why = shown(
        agent.post(way.address, way.typed | hidden(form) | {"translate": "es"}), way
    )
    assert why == {"language_kept"}
    assert told() == before


def test_a_note_of_ours_is_not_saved_by_asking_for_a_translation(
    agent: Client, open_case: Callable[..., Case], service: LibreTranslate
) -> None:
    way = composer(open_case())
    before = told()
    typed = way.typed | {"body": ENGLISH, "visibility": "internal", "translate": "es"}
    _form, _page, why = shown(agent.post(way.address, typed), way)
    assert why == {"language_kept"}
    assert service.asked == []
    assert told() == before


def test_a_card_number_does_not_leave_the_house(
    agent: Client, open_case: Callable[..., Case], service: LibreTranslate
) -> None:
    way = composer(open_case())
    typed = way.typed | {"body": f"{ENGLISH} Use 4242 4242 4242 4242.", "translate": "es"}
    shown(agent.post(way.address, typed), way)
    assert "4242 4242 4242 4242" not in service.asked[0]["q"]


def test_a_call_in_the_other_language_stays_in_its_words(
    agent: Client, lease: Lease, service: LibreTranslate
) -> None:
    """It was an English call. The agent is asked, and can write to Carla from the case."""
    way = call(agent, lease)
    typed = way.typed | {"summary": ENGLISH, "language": "en"}
    form, page, why = shown(agent.post(way.address, typed), way)
    assert why == {"language_other"}
    assert 'name="translate"' not in page
    assert agent.post(way.address, typed | hidden(form)).status_code == 302


def test_two_questions_are_answered_one_after_the_other(agent: Client, lease: Lease) -> None:
    way = call(agent, lease)
    typed = way.typed | {"summary": "Ya le avisamos a la tienda.", "language": "en"}
    form, _page, why = shown(agent.post(way.address, typed), way)
    assert why == {"language_other"}
    form, _page, why = shown(agent.post(way.address, typed | hidden(form)), way)
    assert why == {"language_looks_other"}
    assert agent.post(way.address, typed | hidden(form)).status_code == 302
