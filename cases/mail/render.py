"""The words of one mail, as plain text and as HTML that says the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import pgettext

from cases.mail import placeholders
from cases.mail.values import values
from cases.models import Email

LONGEST_SUBJECT = 200
#: In a mail's `params`: somebody only wants to see how it arrives.
TEST = "is_test"
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
    return render_texts(_text(email, "subject"), _text(email, "body"), email.language, email.params)


def render_texts(subject: str, body: str, language: str, params: Mapping[str, Any]) -> Rendered:
    """The same for texts that no mail has yet; raises what `render` raises."""
    with translation.override(language):
        words = values(params)
        subject = placeholders.fill(subject, words)
        if params.get(TEST):
            subject = pgettext("mail", "TEST: %(subject)s") % {"subject": subject}
    subject = one_line(subject, keep=words.get("case_number", ""))
    paragraphs = _paragraphs(body, words)
    return Rendered(
        subject=subject,
        text=_tidy(placeholders.fill(body, words)).strip() + "\n",
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


def _paragraphs(body: str, words: Mapping[str, str]) -> str:
    pieces: list[str] = []
    for part in placeholders.parts(body):
        if isinstance(part, str):
            pieces.append(escape(part))
        elif part.name in placeholders.LINKS:
            address = escape(words[part.name])
            pieces.append(f'<a href="{address}">{address}</a>')
        else:
            pieces.append(escape(words[part.name]))
    blocks = _tidy("".join(pieces)).split("\n\n")
    lines = (block.strip("\n").replace("\n", "<br>\n") for block in blocks if block.strip())
    return "\n".join(f"<p>{line}</p>" for line in lines)
