"""Why a mail did not go, in words. Stored are short codes: no text of a foreign server. Pure."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS: tuple[tuple[str, Promise | str], ...] = (
    ("stale", _("It was held back too long to be sent")),
    ("suppressed", _("The address takes no mail")),
    ("interrupted", _("Sending was interrupted")),
    ("expired", _("It came too late to be of use")),
    ("render", _("The mail could not be made")),
    ("gave_up", _("Still undelivered after days of trying")),
    ("rcpt", _("The recipient’s server refused the address")),
    ("data", _("The recipient’s server refused the mail")),
    ("text no answer", _("The mail was handed over and no answer came")),
    ("text", _("The recipient’s server refused the mail")),
)


def answer_in(error: str) -> str:
    """The server's, by its numbers; where it gave none, the words say all there is."""
    found = re.search(r"\d.*", error)
    return found[0] if found else ""


def in_words(error: str) -> str | Promise:
    for start, words in _WORDS:
        if error.startswith(start):
            return words
    return _("The mail came back") if error else ""
