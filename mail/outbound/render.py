"""The text of one mail, as plain text and as HTML that says the same."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import pgettext

from common.support import support_line
from mail import placeholders, threads
from mail.kinds import MailParams, Text
from mail.models import Email
from mail.words import Word, html, link, tidy

log = logging.getLogger(__name__)

LONGEST_SUBJECT = 200
# They reverse the reading direction and can make one address look like another.
_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# No colors of our own: the reader's light or dark scheme sets them.
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
    paragraphs: str  # for the HTML part: escaped, with links to our own addresses only


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
    )


def words_of(email: Email) -> Rendered | None:
    """For people who read the mail later, from the version of the text it was written with; None if
    they don't fit anymore.
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
) -> Rendered:
    """The same for a text that no mail has yet; raises what `render` raises.

    The number of its `thread` is always included, even if the text is about something else. `kept`
    is the placeholder that is never cut from the subject.
    """
    with translation.override(language):
        words = {**said.words(), **_company_words()}
        number = threads.current().word(thread)
        subject = placeholders.fill(text.subject, words)
        if number not in subject:
            subject = threads.current().in_subject(subject, number)
        if is_test:
            subject = pgettext("mail", "TEST: %(subject)s") % {"subject": subject}
        body = placeholders.fill(text.body, words)
        last = threads.current().in_body(number) if number not in body else Word("")
    subject = one_line(subject, keep=number or words.get(kept, ""))
    paragraphs = _paragraphs(text.body, {name: html(word) for name, word in words.items()})
    if last:
        body = f"{body.rstrip()}\n\n{last}"
        paragraphs = f"{paragraphs}\n<p>{last.html}</p>"
    return Rendered(
        subject=subject,
        text=tidy(body).strip() + "\n",
        html=_HTML.format(language=language, subject=escape(subject), paragraphs=paragraphs),
        paragraphs=paragraphs,
    )


def _company_words() -> dict[str, str]:
    """What every text may say about us, in the active language."""
    line = support_line()
    return {
        "company": str(settings.COMPANY_NAME),
        "support_phone": link(line.url, line.number),
        "support_hours": line.hours,
    }


def one_line(text: str, *, keep: str = "") -> str:
    """Fit for a header: no line break, nothing invisible, not too long. `keep` is never cut."""
    visible = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    line = " ".join(visible.translate(_DIRECTION_MARKS).split())
    line = line.replace("=?", "= ?")  # readers would decode text that starts this way
    if len(line) <= LONGEST_SUBJECT:
        return line
    tail = f"… {keep}" if keep and keep not in line[: LONGEST_SUBJECT - 1] else "…"
    return line[: LONGEST_SUBJECT - len(tail)].rstrip() + tail


def _paragraphs(body: str, values: Mapping[str, str]) -> str:
    """`values` are HTML."""
    pieces = (
        escape(part) if isinstance(part, str) else values[part.name]
        for part in placeholders.parts(body)
    )
    blocks = tidy("".join(pieces)).split("\n\n")
    lines = (block.strip("\n").replace("\n", "<br>\n") for block in blocks if block.strip())
    return "\n".join(f"<p>{line}</p>" for line in lines)
