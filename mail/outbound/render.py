"""The text of one mail, as plain text and as HTML that says the same."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext

from common.support import support_line
from mail import placeholders, threads
from mail.kinds import MailParams, Text
from mail.models import Email
from mail.outbound import attorneys
from mail.outbound.blocks import Block, blocks, filled, joined, paragraphs, rows
from mail.outbound.letter import StyledLetter
from mail.placeholders import Name
from mail.words import Word, number_to_call, tidy

log = logging.getLogger(__name__)

LONGEST_SUBJECT = 200
# They reverse the reading direction and can make one address look like another.
_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
#: Who is greeted: `mail.meanings`.
_GREETED = {"customer_name", "first_name", "staff_name"}


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    letter: StyledLetter  # escaped, with links to our own addresses only

    @property
    def html(self) -> str:
        return self.letter.html


def render(email: Email) -> Rendered:
    """In the recipient's language, whatever the worker's is.

    KeyError, ValueError or ValidationError if text and parameters don't fit.
    """
    return render_text(
        email.template.in_language(email.language),
        email.said,
        email.language,
        thread=email.thread,
        is_test=email.is_test,
        kept=email.kind.kept,
        care_of=email.care_of,
    )


def words_of(email: Email) -> Rendered | None:
    """For people who read the mail later, in the text version it was written with. None if text and
    parameters don't fit anymore.
    """
    try:
        return render(email)
    except Exception as error:
        log.warning("mail_not_shown id=%s error=%s", email.pk, type(error).__name__)
        return None


def render_text(
    text: Text,
    said: MailParams,
    language: str,
    *,
    thread: str = "",
    is_test: bool = False,
    kept: str = "",
    care_of: str = "",
) -> Rendered:
    """The same for a text that no mail has yet; raises what `render` raises.

    The number of its `thread` is always included, even if the text is about something else. `kept`
    is the placeholder that is never cut from the subject. `care_of`: the attorney who gets it.
    """
    with translation.override(language):
        suited = said.for_attorney(text.body) if care_of else said.suited(text.body)
        text = text._replace(body=suited)
        words = {**said.words(), **_company_words()}
        number = threads.current().word(thread)
        filled_in = placeholders.fill(text.subject, words)
        subject = _subject(
            attorneys.subject(filled_in, words) if care_of else filled_in,
            number,
            is_test=is_test,
            keep=number or words.get(kept, ""),
        )
        above = text.headline or text.subject
        headline = _one_line_of(placeholders.fill(above, words))
        body = _Body(text.body, words, number, attorney=care_of)
        why = attorneys.why_sent(words) if care_of else said.why_sent()
        plain = [settings.COMPANY_NAME, body.greeting, headline, *body.plain, *_foot(why)]
        letter = StyledLetter(
            language=language,
            subject=subject,
            headline=mark_safe(_one_line_of(filled(above, words))),  # noqa: S308 - escaped
            greeting=body.greeting_blocks,
            rows=rows(body.blocks),
            why=why,
        )
    words_only = "\n\n".join(tidy(each).strip() for each in plain if each.strip())
    return Rendered(subject=subject, text=f"{words_only}\n", letter=letter)


def _subject(filled_in: str, number: Word, *, is_test: bool, keep: str) -> str:
    subject = filled_in
    if number not in subject:
        subject = threads.current().in_subject(subject, number)
    if is_test:
        subject = pgettext("mail", "TEST: %(subject)s") % {"subject": subject}
    return one_line(subject, keep=keep)


class _Body:
    """A text filled in, plain and as HTML. The headline comes after the greeting, if any."""

    def __init__(
        self, text: str, words: Mapping[str, str], number: Word, *, attorney: str = ""
    ) -> None:
        found = paragraphs(text)
        first = list(placeholders.parts(found[0])) if found else []
        greets = any(isinstance(part, Name) and part.name in _GREETED for part in first)
        is_greeted = greets and "\n" not in found[0]
        # The letterhead has signed it already.
        said = [each for each in found[is_greeted:] if each != "{company}"]
        greeting = found[:1] if is_greeted else []
        if attorney:
            greeting, words = attorneys.greeting(), {**words, "attorney": attorney}
        self.greeting = "\n\n".join(placeholders.fill(each, words) for each in greeting)
        self.greeting_blocks = [made for each in greeting for made in blocks(each, words)]
        self.plain = [placeholders.fill(each, words) for each in said]
        made = [block for each in said for block in blocks(each, words)]
        if number not in placeholders.fill(text, words):
            last = threads.current().in_body(number)
            self.plain.append(last)
            made.extend(blocks("{last}", {"last": last}))
        self.blocks: list[Block] = joined(made)


def _one_line_of(words: str) -> str:
    """Unlike a header: nothing is cut off, and no-break spaces stay."""
    return re.sub(r"[\r\n\t]+", " ", tidy(words).translate(_DIRECTION_MARKS))


def _company_words() -> dict[str, str]:
    """What every text may say about us, in the active language."""
    line = support_line()
    return {
        "company": str(settings.COMPANY_NAME),
        "support_phone": number_to_call(line.url, line.number),
        "support_hours": line.hours,
    }


def _foot(why: str) -> list[str]:
    """The same as the foot in templates/mail/_letter.html."""
    line = support_line()
    call = gettext("Need help? Call us:")
    return [
        f"{call} {line.number}\n{line.hours}",
        f"{why}\n{settings.COMPANY_NAME}, {line.address}".strip(),
    ]


def one_line(text: str, *, keep: str = "") -> str:
    """Fit for a header: no line break, nothing invisible, not too long. `keep` is never cut."""
    visible = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    line = " ".join(visible.translate(_DIRECTION_MARKS).split())
    line = line.replace("=?", "= ?")  # readers would decode text that starts this way
    if len(line) <= LONGEST_SUBJECT:
        return line
    tail = f"… {keep}" if keep and keep not in line[: LONGEST_SUBJECT - 1] else "…"
    return line[: LONGEST_SUBJECT - len(tail)].rstrip() + tail
