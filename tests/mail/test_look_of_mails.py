"""Every mail looks like one of a company people trust, and both of its parts say the same."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

import pytest

from accounts.enums import Language
from cases.mails.preview import preview_said
from common.support import support_line
from mail.kinds import MailKind, MailParams, text_of
from mail.outbound.render import Rendered, render_text
from tests.mail.test_mail_texts import seen, spoken
from tests.mails import KINDS

EVERY = [
    pytest.param(kind, language, id=f"{kind.key}-{language}")
    for kind in KINDS
    for language in Language
]
every_mail = pytest.mark.parametrize(("kind", "language"), EVERY)
BUTTON = re.compile(r'<a class="letter-button" href="([^"]+)"[^>]*>([^<]+)</a>')
TYPED = re.compile(r'<a class="letter-typed[^"]*" href="([^"]+)"[^>]*>([^<]+)</a>')
TYPED_CLASS = re.compile(r'class="(letter-typed[^"]*)"')
LARGE = re.compile(r'class="letter-(large|code)"[^>]*>([^<]+)<')


def preview(kind: MailKind[MailParams], language: Language, now: datetime) -> Rendered:
    said = preview_said(kind, None, language=language, now=now)
    return render_text(kind.texts[language], said, language)


def large(mail: Rendered) -> list[str]:
    """As plain text has it."""
    return [unescape(words).replace("\xa0", " ") for _place, words in LARGE.findall(mail.html)]


@pytest.mark.requirement("R18", "R37")
@every_mail
def test_both_parts_say_the_same(
    kind: MailKind[MailParams], language: Language, now: datetime
) -> None:
    mail = preview(kind, language, now)
    assert seen(mail.html) == spoken(mail.text)


@every_mail
def test_a_mail_says_who_writes_why_and_where_to_call(
    kind: MailKind[MailParams], language: Language, now: datetime
) -> None:
    mail, line = preview(kind, language, now), support_line(language)
    assert mail.letter.why
    assert mail.text.startswith("Puente\n\n")
    assert f": {line.number}\n{line.hours}\n" in mail.text
    assert mail.text.endswith(f"\n\n{mail.letter.why}\nPuente, {line.address}\n")
    assert f'href="{line.url}"' in mail.html


@every_mail
def test_a_button_is_labeled_and_its_link_stands_below(
    kind: MailKind[MailParams], language: Language, now: datetime
) -> None:
    """As it is typed into a browser, in one line of 320 pixels: but for a secret one."""
    mail = preview(kind, language, now)
    buttons, typed = BUTTON.findall(mail.html), TYPED.findall(mail.html)
    unbroken = [
        kind.is_secret or "letter-unbroken" in each for each in TYPED_CLASS.findall(mail.html)
    ]
    assert len(buttons) == len(typed) == len(re.findall(r"^http", mail.text, re.MULTILINE)) <= 1
    assert all(unbroken)
    for (address, label), (again, shown) in zip(buttons, typed, strict=True):
        assert address == again == f"http://{shown}"
        assert f"{unescape(label)}:\n{address}\n" in mail.text


@pytest.mark.parametrize("language", Language)
def test_a_code_is_large_and_grouped(language: Language, now: datetime) -> None:
    [kind] = [kind for kind in KINDS if kind.key == "sign_in_code"]
    assert large(preview(kind, language, now)) == ["482 913"]


@every_mail
def test_a_case_number_with_a_line_for_itself_is_large(
    kind: MailKind[MailParams], language: Language, now: datetime
) -> None:
    mail = preview(kind, language, now)
    lines = re.findall(r"^[^:\n]+: (\d{3} \d{3} \d{3})$", mail.text, re.MULTILINE)
    assert len(lines) <= 1
    assert set(lines) <= set(large(mail))
    assert all(number not in mail.letter.headline for number in lines)


@every_mail
def test_a_mail_is_right_in_the_dark_on_small_screens_and_without_pictures(
    kind: MailKind[MailParams], language: Language, now: datetime
) -> None:
    html = preview(kind, language, now).html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert "@media (max-width: 22em)" in html
    assert not re.search(r"<img|src=|url\(|@import|<script", html)
    assert len(html.encode()) < 20_000  # longer ones are cut off by mail programs at about 100 KB


def test_a_subject_somebody_wrote_is_the_headline_too() -> None:
    assert text_of("resolved", "en", "Your case {case_number} is resolved", "…").headline
    assert text_of("resolved", "en", "Done: {case_number}", "…").headline == ""
