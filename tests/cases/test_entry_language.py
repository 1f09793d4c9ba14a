"""The language of an entry: guessed from customers' words, chosen by agents, corrected in
new rows.
"""

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
from cases.enums import LanguageSource
from cases.models import Case, Entry, LanguageCorrection
from leases.models import Customer

SignIn = Callable[[User], Client]


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def write(case: Case, carla: Customer, sign_in: Callable[..., Client]) -> Callable[[str], Entry]:
    """Carla writes in the portal, and for once reads its pages in English."""

    def written(body: str) -> Entry:
        client = sign_in(carla.user, **{"Accept-Language": "en"})
        answer = client.post(reverse("portal_messages", args=[case.number]), {"body": body})
        assert answer.status_code == 302
        return Entry.objects.latest("pk")

    return written


@pytest.mark.parametrize(
    ("body", "language", "source"),
    [
        ("Ya pagué y me siguen cobrando.", "es", LanguageSource.GUESSED),
        ("My daughter is helping me write this to you.", "en", LanguageSource.GUESSED),
        ("done", "en", LanguageSource.GUESSED),
        ("ok", "es", LanguageSource.UNDECIDED),  # hers
    ],
)
def test_a_customers_words_tell(
    write: Callable[[str], Entry], body: str, language: str, source: LanguageSource
) -> None:
    entry = write(body)
    assert (entry.language, entry.language_source) == (language, source)
    assert entry.is_language_guessed
    assert entry.is_language_undecided == (source == LanguageSource.UNDECIDED)


def test_what_nobody_can_tell_is_shown_so_and_leads_to_who_says_it(
    write: Callable[[str], Entry], sign_in: SignIn, ben: User
) -> None:
    entry = write("ok, visa 4242")
    client, page = sign_in(ben), reverse("case", args=[entry.case.number])
    shown = client.get(page).content.decode()
    assert f'<a href="#language-{entry.pk}">language unclear: choose one</a>' in shown
    assert f'id="language-{entry.pk}"' in shown
    assert "language guessed" not in shown
    client.post(
        reverse("case_entry_language", args=[entry.case.number, entry.pk]), {"language": "es"}
    )
    assert "language unclear" not in client.get(page).content.decode()


def test_the_page_says_that_it_is_a_guess(
    write: Callable[[str], Entry], sign_in: SignIn, ben: User, carla: Customer
) -> None:
    entry = write("ok, mañana")
    number = entry.case.number
    page, client = reverse("case", args=[number]), sign_in(ben)
    assert client.get(page).content.decode().count("language guessed") == 1
    address = reverse("case_entry_language", args=[number, entry.pk])
    answer = client.post(address, {"language": "en", "after": "abc"})
    assert answer["Location"] == f"{page}?after=abc#entry-{entry.pk}"
    shown = client.get(page).content.decode()
    assert "Language corrected." in shown
    assert "language guessed" not in shown
    assert '<p class="entry-body" lang="en">ok, mañana</p>' in shown
    portal = sign_in(carla.user).get(reverse("portal_case", args=[number])).content.decode()
    assert '<p class="entry-body" lang="en">ok, mañana</p>' in portal


def test_corrections_are_rows_and_the_newest_holds(
    write: Callable[[str], Entry], ana: User, ben: User, now: datetime
) -> None:
    entry = write("ok")
    version = Case.objects.get().version
    said = [
        actions.correct_language(entry=entry, language=language, by=by, now=now)
        for language, by in (("es", ana), ("es", ben), ("en", ben), ("es", ana))
    ]
    assert said == [True, False, True, True]  # the second adds nothing
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.language, entry.told_language) == ("es", "es")
    assert entry.correction
    assert entry.correction.by == ana
    assert LanguageCorrection.objects.count() == 3
    assert Case.objects.get().version == version  # the writer continues


def test_an_agents_choice_can_be_corrected_too(case: Case, ana: User, now: datetime) -> None:
    call = case.entries.get(kind="call")
    assert not actions.correct_language(entry=call, language="es", by=ana, now=now)
    assert actions.correct_language(entry=call, language="en", by=ana, now=now)
    assert Entry.objects.get(pk=call.pk).told_language == "en"


def test_who_may_correct_what(
    write: Callable[[str], Entry],
    case: Case,
    ana: User,
    carla: Customer,
    mateo: User,
    now: datetime,
) -> None:
    entry, event = write("ok"), case.entries.get(event="opened")
    for by in (carla.user, mateo):
        with pytest.raises(PermissionDenied):
            actions.correct_language(entry=entry, language="en", by=by, now=now)
    for which, language, code in (
        (entry, "fr", "language_unknown"),
        (event, "en", "entry_has_no_text"),
    ):
        with pytest.raises(ValidationError) as error:
            actions.correct_language(entry=which, language=language, by=ana, now=now)
        assert error.value.error_list[0].code == code
    assert not LanguageCorrection.objects.exists()


@pytest.mark.parametrize(
    ("body", "doubted"),
    [
        ("I called the store and they will call the customer back.", True),
        ("Hablé con la tienda y van a llamar a la clienta.", False),
        ("ok", False),
    ],
)
def test_an_agents_choice_stands_but_is_doubted(
    sign_in: SignIn, case: Case, ben: User, body: str, doubted: bool
) -> None:
    typed = {"version": 1, "seen": 0, "visibility": "internal", "language": "es", "body": body}
    address = reverse("case_entries", args=[case.number])
    page = sign_in(ben).post(address, typed, follow=True).content.decode()
    entry = Entry.objects.latest("pk")
    assert (entry.language, entry.language_source) == ("es", LanguageSource.CHOSEN)
    assert ("You saved a text as Spanish, but it looks like English." in page) == doubted
    assert (f'<a href="#entry-{entry.pk}">Correct the language</a>' in page) == doubted


def test_so_is_that_of_a_call(sign_in: SignIn, case: Case, ben: User, now: datetime) -> None:
    draft = actions.start_call(by=ben, now=now)
    typed: dict[str, Any] = {
        "language": "es", "lease": case.lease.account_number, "kind": "other",
        "channel": "phone", "summary": "She wants to know how much is left to pay.",
        "visibility": "internal",
    }  # fmt: skip
    page = sign_in(ben).post(reverse("call", args=[draft.number]), typed, follow=True)
    assert "it looks like English" in page.content.decode()


def test_words_in_a_language_the_customer_does_not_read_are_asked_about_once(
    sign_in: SignIn, case: Case, ben: User
) -> None:
    """Before they're sent; the composer never promises that they'll be in the other language."""
    client, address = sign_in(ben), reverse("case_entries", args=[case.number])
    shown = client.get(reverse("case", args=[case.number])).content.decode()
    assert "will be sent in Spanish" not in shown
    assert "text in English; the rest of the email in Spanish" in shown
    typed = {
        "version": "1", "seen": "0", "visibility": "public", "language": "en",
        "body": "We called the store and they will answer by Monday.",
    }  # fmt: skip
    asked = client.post(address, typed)
    form = asked.context["composer"]
    assert asked.status_code == 422
    assert [error.code for error in form.errors.as_data()["language"]] == ["language_other"]
    assert "Carla Peña reads Spanish" in asked.content.decode()
    assert typed["body"] in asked.content.decode()
    answer = form["asked"].value()
    assert f'<input type="hidden" name="asked" value="{answer}"' in asked.content.decode()
    other = typed | {"body": "They have no answer for you yet.", "asked": answer}
    assert client.post(address, other).status_code == 422  # other words, another question
    assert not Entry.objects.filter(body=typed["body"]).exists()
    assert client.post(address, typed | {"asked": form["asked"].value()}).status_code == 302
    assert Entry.objects.get(body=typed["body"]).language == "en"


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ("We called the store and they will answer by Monday.", "language_looks_other"),
        ("Balance total: $60", "language_undecided"),
    ],
)
def test_words_in_a_doubtful_language_are_asked_about_before_they_go_out(
    sign_in: SignIn, case: Case, ben: User, body: str, question: str
) -> None:
    client, address = sign_in(ben), reverse("case_entries", args=[case.number])
    typed = {
        "version": "1", "seen": "0", "visibility": "public", "language": "es",
        "body": body,
    }  # fmt: skip
    asked = client.post(address, typed)
    form = asked.context["composer"]
    assert asked.status_code == 422
    assert [error.code for error in form.errors.as_data()["language"]] == [question]
    assert not Entry.objects.filter(body=typed["body"]).exists()
    assert client.post(address, typed | {"asked": form["asked"].value()}).status_code == 302
    assert Entry.objects.get(body=typed["body"]).language == "es"


@pytest.mark.parametrize(
    "changed",
    [
        {"visibility": "internal"},
        {"language": "es", "body": "Ya quedó, gracias."},
        {"language": "es", "body": "260 001 233"},  # the same in either
        {"body": "", "due_on": "2030-01-01"},
    ],
)
def test_nothing_is_asked_where_nobody_is_told_anything_foreign(
    sign_in: SignIn, case: Case, ben: User, changed: dict[str, str]
) -> None:
    typed = {
        "version": "1", "seen": "0", "visibility": "public", "language": "en", "body": "ok",
    }  # fmt: skip
    answer = sign_in(ben).post(reverse("case_entries", args=[case.number]), typed | changed)
    assert answer.status_code == 302


def test_a_stale_save_asks_as_well_and_knows_what_was_seen(
    sign_in: SignIn, case: Case, ben: User
) -> None:
    typed = {
        "version": "7", "seen": "1", "visibility": "public", "language": "en", "body": "Hello.",
    }  # fmt: skip
    stale = sign_in(ben).post(reverse("case_entries", args=[case.number]), typed)
    assert stale.status_code == 409
    form = stale.context["composer"]
    assert (form["seen"].value(), form["version"].value()) == ("1", str(case.version))
    assert [error.code for error in form.errors.as_data()["language"]] == ["language_other"]
    assert form["asked"].value()
