"""An entry in the other language: a machine's until someone reviewed it, never the customer's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import Case, Entry, EntryTranslation
from leases.models import Customer
from mail.models import Email
from tests.cases.libretranslate import KEY, LibreTranslate

SignIn = Callable[[User], Client]
UNREVIEWED = "Machine translation, not reviewed"


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def message(case: Case, carla: Customer, now: datetime) -> Entry:
    body = "Ya pagué el viernes y me siguen cobrando. ¿Qué hago?"
    actions.add_customer_message(case=case, body=body, by=carla.user, now=now)
    return case.entries.latest("pk")


@pytest.fixture
def translate(message: Entry, ben: User, now: datetime) -> Callable[..., EntryTranslation]:
    def translated(**fields: Any) -> EntryTranslation:
        values: dict[str, Any] = {"entry": message, "to": "en", "by": ben, "now": now}
        return actions.request_translation(**(values | fields))

    return translated


def refused(action: Callable[..., object], **fields: Any) -> str:
    with pytest.raises(ValidationError) as error:
        action(**fields)
    assert not EntryTranslation.objects.exists()
    return str(error.value.error_list[0].code)


def test_it_stands_beside_the_untouched_original(
    service: LibreTranslate, translate: Callable[..., EntryTranslation], message: Entry, ben: User
) -> None:
    stored = translate()
    assert service.asked == [
        {
            "q": message.body, "source": "es", "target": "en", "format": "text", "api_key": KEY,
        }
    ]  # fmt: skip
    assert service.paths == ["/translate"]
    assert (stored.machine_text, stored.asked_by) == (f"[en] {message.body}", ben)
    assert Entry.objects.get(pk=message.pk).body == message.body
    assert translate() == stored  # a double click doesn't ask again
    assert len(service.asked) == 1


def test_an_address_below_another(
    service: LibreTranslate, translate: Callable[..., EntryTranslation], settings: Any
) -> None:
    settings.TRANSLATE_URL += "/tools/"
    translate()
    assert service.paths == ["/tools/translate"]


@pytest.mark.parametrize(
    ("instead", "code"),
    [
        ((400, b'{"error": "x"}'), "translation_unusable"),
        ((403, b'{"error": "Invalid API key"}'), "translation_refused"),
        ((413, b""), "translation_too_long"),
        ((429, b'{"error": "Slowdown: 20 per 1 minute"}'), "translation_busy"),
        ((302, b""), "translation_down"),
        ((500, b'{"error": "Cannot translate text"}'), "translation_down"),
        ((503, b"<html>"), "translation_down"),
        ((200, b""), "translation_unusable"),
        ((200, b"<html>"), "translation_unusable"),
        ((200, b'["Hi"]'), "translation_unusable"),
        ((200, b'{"translatedText": null}'), "translation_unusable"),
        ((200, b'{"translatedText": ["Hi"]}'), "translation_unusable"),
        ((200, b'{"translatedText": " \\u0000 "}'), "translation_unusable"),
        ((200, b'{"translatedText": "\\ud83d"}'), "translation_unusable"),
        ((200, b'{"error": "x"}'), "translation_unusable"),
        ((200, b"[" * 100_000), "translation_unusable"),
        ((200, b'{"translatedText": "' + b"x" * 300_000 + b'"}'), "translation_unusable"),
    ],
)
def test_what_is_no_translation_is_not_stored(
    service: LibreTranslate,
    translate: Callable[..., EntryTranslation],
    instead: tuple[int, bytes],
    code: str,
) -> None:
    service.instead = instead
    assert refused(translate) == code


def test_a_wrong_key(
    service: LibreTranslate, translate: Callable[..., EntryTranslation], settings: Any
) -> None:
    settings.TRANSLATE_API_KEY = ""
    assert refused(translate) == "translation_refused"
    assert "api_key" not in service.asked[0]


def test_nobody_waits_longer_than_agreed(
    service: LibreTranslate, translate: Callable[..., EntryTranslation], settings: Any
) -> None:
    # for an answer that never comes: a slow machine only waits longer
    settings.TRANSLATE_TIMEOUT = 0.2
    service.go_on.clear()
    assert refused(translate) == "translation_down"
    service.go_on.set()
    service.drips = True  # each byte in time, the whole never
    assert refused(translate) == "translation_down"


def test_nobody_there(
    service: LibreTranslate, translate: Callable[..., EntryTranslation], settings: Any
) -> None:
    service.server.server_close()
    assert refused(translate) == "translation_down"


def test_without_an_address_there_is_none(translate: Callable[..., EntryTranslation]) -> None:
    assert refused(translate) == "translation_off"


def test_what_is_not_sent(
    service: LibreTranslate,
    translate: Callable[..., EntryTranslation],
    case: Case,
    ana: User,
    carla: Customer,
    now: datetime,
    settings: Any,
) -> None:
    call = case.entries.get(kind="call")  # for the team only
    assert refused(translate, entry=call) == "translation_internal"
    assert refused(translate, to="es") == "language_same"
    assert refused(translate, to="fr") == "language_unknown"
    long = actions.Update(body="Hola. " * 2000, visibility="public", language="es")
    version = Case.objects.get().version
    actions.update_case(case=case, version=version, update=long, by=ana, now=now)
    entry = case.entries.filter(kind="message").latest("pk")
    assert refused(translate, entry=entry) == "translation_too_long"
    assert service.asked == []
    with pytest.raises(PermissionDenied):
        translate(by=carla.user)
    settings.TRANSLATE_INTERNAL = True
    assert translate(entry=call).entry == call


def test_a_person_answers_for_it_once(
    service: LibreTranslate,
    translate: Callable[..., EntryTranslation],
    ana: User,
    ben: User,
    now: datetime,
) -> None:
    stored = translate()

    def review(text: str, by: User) -> None:
        actions.review_translation(translation=stored, text=text, by=by, now=now)

    with pytest.raises(ValidationError) as error:
        review("  ", ana)
    assert error.value.error_list[0].code == "translation_empty"
    review("x", ana)
    with pytest.raises(ValidationError) as error:
        review("y", ben)
    assert error.value.error_list[0].code == "translation_reviewed"
    stored.refresh_from_db()
    assert (stored.text, stored.reviewed_by, stored.reviewed_at) == ("x", ana, now)
    assert stored.machine_text.startswith("[en] Ya pagué")


def test_on_the_page_of_the_case(
    service: LibreTranslate, sign_in: SignIn, message: Entry, ben: User, ana: User, carla: Customer
) -> None:
    number = message.case.number
    page, client = reverse("case", args=[number]), sign_in(ben)
    before = client.get(page).content.decode()
    assert "The text will be sent to the translation service at 127.0.0.1." in before
    ask = reverse("case_entry_translations", args=[number, message.pk])
    answer = client.post(ask, {"to": "en", "after": ""})
    assert answer["Location"] == f"{page}#entry-{message.pk}"
    shown = client.get(page).content.decode()
    assert shown.count(UNREVIEWED) == 1
    assert "[en] Ya pagu" in shown
    stored = EntryTranslation.objects.get()
    field = f"translation-{stored.pk}-text"
    review = reverse("case_translation_review", args=[number, stored.pk])
    refused = client.post(review, {field: " "})
    assert refused.status_code == 422
    client.post(review, {field: "I paid on Friday."})
    shown = client.get(page).content.decode()
    assert UNREVIEWED not in shown
    assert "Translation reviewed by Ben Wright" in shown
    late = client.post(review, {field: "Too late, but kept."})
    assert late.status_code == 422
    assert "Someone else already reviewed this translation." in late.content.decode()
    customers = sign_in(carla.user).get(reverse("portal_case", args=[number])).content.decode()
    assert "I paid on Friday." not in customers
    assert not Email.objects.filter(params__icontains="I paid on Friday.").exists()


def test_a_service_that_is_down_is_said_on_the_page(
    service: LibreTranslate, sign_in: SignIn, message: Entry, ben: User
) -> None:
    service.instead = (503, b"")
    ask = reverse("case_entry_translations", args=[message.case.number, message.pk])
    answer = sign_in(ben).post(ask, {"to": "en"})
    assert answer.status_code == 422
    assert "The translation service isn’t responding." in answer.content.decode()


def test_somebody_elses_entry_and_translation(
    service: LibreTranslate,
    translate: Callable[..., EntryTranslation],
    sign_in: SignIn,
    message: Entry,
    open_case: Callable[..., Case],
    ben: User,
) -> None:
    other, stored, client = open_case(), translate(), sign_in(ben)
    for name, pk in (
        ("case_entry_language", message.pk),
        ("case_entry_translations", message.pk),
        ("case_translation_review", stored.pk),
    ):
        assert client.post(reverse(name, args=[other.number, pk])).status_code == 404


def test_switched_off_the_page_offers_none(sign_in: SignIn, message: Entry, ben: User) -> None:
    page = sign_in(ben).get(reverse("case", args=[message.case.number])).content.decode()
    assert "Translate into" not in page


def test_a_language_corrected_later_hides_what_is_none(
    service: LibreTranslate,
    translate: Callable[..., EntryTranslation],
    message: Entry,
    ana: User,
    now: datetime,
) -> None:
    translate()
    assert message.translation
    actions.correct_language(entry=message, language="en", by=ana, now=now)
    assert Entry.objects.get(pk=message.pk).translation is None
