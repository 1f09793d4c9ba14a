"""A mail is completely in its reader's language, whoever causes it, whatever language they
work in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.utils import translation

from accounts.enums import Language
from accounts.models import User
from cases import actions
from cases.language import guess
from cases.models import Case
from common.support import support_line
from leases.models import Customer, Lease
from mail.kinds import kind_of
from mail.models import Email
from mail.outbound.render import render, render_text
from tests.mail.conftest import CASE_MAILS, STAFF_MAILS
from tests.mail.test_mail_texts import PARAMS, mail_of
from tests.mails import ALLOWED, KEYS, REQUIRED

OTHER = {"en": "es", "es": "en"}
MONTHS = {
    "en": r"\b(January|February|March|July|October|November|December)\b",
    "es": r"\b(enero|febrero|marzo|julio|octubre|noviembre|diciembre)\b",
}
#: What people typed or named something: in any language, and repeated as it is.
TYPED = {
    "customer_name", "staff_name", "agent_name", "author_name", "store", "merchandise", "message",
    "answer", "reason", "what", "file_name", "files", "returned_item", "name",
}  # fmt: skip


def wordless(params: Any) -> Any:
    """The same without what was typed, so that all words left are ours."""
    if isinstance(params, dict):
        return {name: "N.N." if name in TYPED and isinstance(value, str)
                else ["N.N."] if name in TYPED and isinstance(value, list)
                else wordless(value) for name, value in params.items()}  # fmt: skip
    return [wordless(each) for each in params] if isinstance(params, list) else params


def lines(text: str) -> set[str]:
    """Those that hold words of some language; addresses, numbers and names hold none."""
    return {
        line
        for line in text.splitlines()
        if re.search(r"[^\W\d_]{3}", re.sub(r"https?://\S+|N\.N\.", "", line))
    }


def foreign(text: str, language: str) -> list[str]:
    """Lines that are surely in the other language."""
    return [line for line in lines(text) if guess(line, otherwise=language).language != language]


@pytest.mark.requirement("R5", "R54")
@pytest.mark.parametrize("worker_language", ["en", "es", None])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("key", KEYS)
def test_every_word_is_in_the_readers_language(
    key: str, language: str, worker_language: str | None, settings: Any
) -> None:
    settings.COMPANY_NAME = "N.N."
    params = wordless(PARAMS[key])
    with translation.override(worker_language):
        words = render(mail_of(key, language, params=params))
        others = render(mail_of(key, OTHER[language], params=params))
    text = f"{words.subject}\n{words.text}"
    assert foreign(text, language) == []
    assert guess(words.text, otherwise=OTHER[language]) == (language, True)
    # labels, dates and statuses too short to tell: nothing reads the same in both
    address = f"N.N., {support_line(language).address}"
    assert lines(text) & lines(f"{others.subject}\n{others.text}") == {address}
    assert not re.search(MONTHS[OTHER[language]], text)


@pytest.mark.requirement("R5", "R18", "R54")
@pytest.mark.parametrize("active", ["en", "es"])
def test_what_an_agent_does_is_told_in_the_customers_language(
    active: str,
    ben: User,
    ana: User,
    lease: Lease,
    dans_lease: Lease,
    open_case: Callable[..., Case],
    now: datetime,
) -> None:
    """By an agent of the other language, on pages of either, in a worker of either."""
    for contract, by in ((lease, ben), (dans_lease, ana)):
        with translation.override(active):
            case = open_case(lease=contract, by=by, language=by.language, summary="N.N.")
            for version, fields in enumerate(
                (
                    {"body": "N.N.", "visibility": "public"},
                    {"to_status": "waiting_customer", "body": "N.N.", "visibility": "public"},
                    {
                        "to_status": "resolved",
                        "outcome": "declined",
                        "body": "N.N.",
                        "visibility": "public",
                        "language": contract.customer.language,
                    },
                ),
                start=1,
            ):
                update = actions.Update(**{"language": by.language} | fields)
                actions.update_case(case=case, version=version, update=update, by=by, now=now)
        mails = Email.objects.filter(casemail__case=case).select_related("template")
        assert len(mails) >= 4
        for mail in mails:
            assert mail.language == contract.customer.language
            with translation.override(active):
                words = render(mail)
            assert foreign(f"{words.subject}\n{words.text}", mail.language) == []
            assert guess(words.text, otherwise=OTHER[mail.language]).language == mail.language


@pytest.mark.requirement("R54")
def test_the_language_is_that_of_the_moment(
    carla: Customer, open_case: Callable[..., Case]
) -> None:
    """A mail keeps it, whatever the customer says later."""
    open_case()
    carla.language = "en"
    carla.save(update_fields=["language"])
    assert Email.objects.get().language == "es"


@pytest.mark.requirement("R37", "R48")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("key", [*CASE_MAILS, "outside_deadline"])
def test_a_mail_about_a_case_carries_its_number(key: str, language: str) -> None:
    """In subject and text, as it's read aloud; no edited text can leave it out."""
    words = render(mail_of(key, language))
    assert "260 001 233" in words.subject
    assert "260 001 233" in words.text
    number = {"case_number", "matter"} & set(ALLOWED[key])
    for field in ("subject", "body"):
        assert number & REQUIRED[key][field]


@pytest.mark.requirement("R37", "R48")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("key", KEYS)
def test_whatever_mail_is_written_from_a_case_carries_its_number(key: str, language: str) -> None:
    """Also one whose text is about the lease and knows no case."""
    words = render(mail_of(key, language, thread="260001233"))
    for said in (words.subject, words.text, unescape(words.html).replace("\xa0", " ")):
        assert said.count("260 001 233") >= 1
    if "case_number" not in PARAMS[key] and "staff_name" not in PARAMS[key]:
        label = {"en": "Case number: 260 001 233", "es": "Número de caso: 260 001 233"}[language]
        assert f"\n\n{label}\n\n" in words.text
        assert unescape(words.html).replace("\xa0", " ").count(f">{label}</p>") == 1
        case = {"en": "case", "es": "caso"}[language]
        assert words.subject.endswith(f": {case} 260 001 233")
        assert "260 001 233" not in render(mail_of(key, language)).text


def test_a_number_is_never_broken_over_two_lines_and_stays_what_people_search_for() -> None:
    words = render(mail_of("case_opened"))
    body = unescape(words.html).partition("<body")[2]
    assert "260\xa0001\xa0233" in body
    assert "260 001 233" not in body
    assert "\xa0" not in words.subject + words.text.replace(support_line("es").number, "")


@pytest.mark.parametrize("key", [*CASE_MAILS])
def test_a_number_that_is_there_is_not_said_again(key: str) -> None:
    words, alone = render(mail_of(key, thread="260001233")), render(mail_of(key))
    assert (words.subject, words.text, words.html) == (alone.subject, alone.text, alone.html)


@pytest.mark.requirement("R54")
@pytest.mark.parametrize(
    ("key", "params"),
    [
        ("message_added", {"message": "We called <the store>.\n\nUntil Monday."}),
        ("resolved", {"answer": "We called <the store>.\r\n\r\nUntil Monday."}),
    ],
)
def test_words_in_the_other_language_say_so(key: str, params: dict[str, str]) -> None:
    """So that a screen reader speaks each in its own language."""
    params = PARAMS[key] | params
    html = render(mail_of(key, "es", params=params | {"said_in": "en"})).html
    assert '><span lang="en">We called &lt;the store&gt;.</span></p>' in html
    assert '><span lang="en">Until Monday.</span></p>' in html
    assert html.count("<span lang") == 2
    assert "<span lang" not in render(mail_of(key, "es", params=params | {"said_in": "es"})).html
    assert "<span lang" not in render(mail_of(key, "es", params=params)).html


def test_a_mark_of_a_language_ends_with_its_line() -> None:
    """Or a list among the words would leave it open over several paragraphs."""
    params = PARAMS["message_added"] | {"message": "Send us:\n• a photo\n• the <box>\nThanks."}
    html = render(mail_of("message_added", "es", params=params | {"said_in": "en"})).html
    assert '><span lang="en">Send us:</span></p>' in html
    assert '• </span><span lang="en">the &lt;box&gt;</span></p>' in html
    assert html.count('<span lang="en">') == 4
    assert all(line.count("<span") == line.count("</span>") for line in html.splitlines())


def test_an_agents_words_keep_their_language(open_case: Callable[..., Case], ben: User) -> None:
    case = open_case()
    update = actions.Update(body="We called the store.", visibility="public", language="en")
    actions.update_case(case=case, version=1, update=update, by=ben, now=case.opened_at)
    mail = Email.objects.get(template__key="message_added")
    assert '<html lang="es">' in render(mail).html
    assert '<span lang="en">We called the store.</span>' in render(mail).html


def test_all_mails_about_a_case_are_known_here() -> None:
    about = {key for key in KEYS if "case_number" in ALLOWED[key]}
    assert about <= {*CASE_MAILS, *STAFF_MAILS}


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("key", ["payment_received", "return_opened", "return_steps"])
def test_names_of_things_are_in_no_known_language(key: str, language: str, now: datetime) -> None:
    """A store and an item are called what they are called, whoever reads about them."""
    kind = kind_of(key)
    html = render_text(kind.texts[Language(language)], kind.sample(now), language).html
    assert '<span lang="">Mueblería Luna</span>' in html
    assert '<span lang="">Sofá</span>' in html
