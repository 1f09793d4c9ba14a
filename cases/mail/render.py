"""The words of one mail, as plain text and as HTML that says the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import pgettext

from cases import numbers
from cases.mail import placeholders
from cases.mail.values import values
from cases.models import Email

LONGEST_SUBJECT = 200
#: In a mail's `params`: somebody only wants to see how it arrives.
TEST = "is_test"
#: In `params`: the language somebody wrote their words in; see `_TYPED`.
SAID_IN = "said_in"
#: Placeholders with somebody's own words, and the param these are in.
_TYPED = {"message": "message", "evidence": "message", "outcome": "answer"}
# They turn the reading direction round and make one address look like another.
_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# No colours of our own: the reader's light or dark scheme gives them.
_HTML = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{subject}</title>
</head>
<body style="margin: 0 auto; max-width: 38rem; padding: 1rem; \
font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere">
{paragraphs}
</body>
</html>
"""


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str
    paragraphs: str  # of the HTML part: escaped, with links to our own addresses only


def render(email: Email) -> Rendered:
    """In the recipient's language, whatever the worker's is.

    KeyError, ValueError or ValidationError if text and parameters do not fit each other.
    """
    subject, body = _text(email, "subject"), _text(email, "body")
    return render_texts(subject, body, email.language, email.words, case_number=_number(email))


def _number(email: Email) -> str:
    """Of the case its row belongs to."""
    number = email.params.get("case_number")
    if not number and email.case is not None:
        number = email.case.number
    return number if number and email.case_id else ""


def render_texts(
    subject: str, body: str, language: str, params: Mapping[str, Any], *, case_number: str = ""
) -> Rendered:
    """The same for texts that no mail has yet; raises what `render` raises.

    `case_number` is said in any case, also where the text is about the lease.
    """
    spoken = numbers.grouped(case_number)
    with translation.override(language):
        words = values(params)
        subject = placeholders.fill(subject, words)
        if spoken not in subject:
            told = pgettext("mail subject", "%(subject)s: case %(number)s")
            subject = told % {"subject": subject, "number": spoken}
        if params.get(TEST):
            subject = pgettext("mail", "TEST: %(subject)s") % {"subject": subject}
        text = placeholders.fill(body, words)
        frame = ""
        if spoken not in text:
            frame = pgettext("mail", "Case number: %(number)s") % {"number": spoken}
    subject = one_line(subject, keep=spoken or words.get("case_number", ""))
    paragraphs = _paragraphs(body, {name: _html(name, words, params, language) for name in words})
    if frame:
        text = f"{text.rstrip()}\n\n{frame}"
        paragraphs = f"{paragraphs}\n<p>{escape(frame)}</p>"
    if number := case_number or params.get("case_number"):
        paragraphs = paragraphs.replace(numbers.grouped(number), numbers.shown(number))
    return Rendered(
        subject=subject,
        text=_tidy(text).strip() + "\n",
        html=_HTML.format(language=language, subject=escape(subject), paragraphs=paragraphs),
        paragraphs=paragraphs,
    )


def one_line(text: str, *, keep: str = "") -> str:
    """Fit for a header: no line break, nothing invisible, not too long. `keep` is never cut off."""
    visible = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    line = " ".join(visible.translate(_DIRECTION_MARKS).split())
    line = line.replace("=?", "= ?")  # readers would decode what starts so
    if len(line) <= LONGEST_SUBJECT:
        return line
    tail = f"… {keep}" if keep and keep not in line[: LONGEST_SUBJECT - 1] else "…"
    return line[: LONGEST_SUBJECT - len(tail)].rstrip() + tail


def _text(email: Email, field: str) -> str:
    return str(getattr(email.template, f"{field}_{email.language}"))


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def _html(name: str, words: Mapping[str, str], params: Mapping[str, Any], language: str) -> str:
    """A value, escaped; what somebody wrote in the other language says so."""
    if name in placeholders.LINKS:
        address = escape(words[name])
        return f'<a href="{address}">{address}</a>'
    text, said = _tidy(words[name]), _tidy(str(params.get(_TYPED.get(name, ""), "")))
    if not said or params.get(SAID_IN, language) == language:
        return escape(text)
    before, typed, after = text.rpartition(said)
    mark = f'<span lang="{escape(params[SAID_IN])}">'
    # By the paragraph: no mark reaches over the end of one.
    pieces = (
        f"{mark}{escape(piece)}</span>" if piece.strip() else piece
        for piece in re.split(r"(\n\n+)", typed)
    )
    return escape(before) + "".join(pieces) + escape(after)


def _paragraphs(body: str, values: Mapping[str, str]) -> str:
    """`values` are HTML."""
    pieces = (
        escape(part) if isinstance(part, str) else values[part.name]
        for part in placeholders.parts(body)
    )
    blocks = _tidy("".join(pieces)).split("\n\n")
    lines = (block.strip("\n").replace("\n", "<br>\n") for block in blocks if block.strip())
    return "\n".join(f"<p>{line}</p>" for line in lines)
