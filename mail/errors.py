"""Says why a mail wasn't sent. Only short codes are stored, never a foreign server's text. Pure."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS: tuple[tuple[str, Promise | str], ...] = (
    ("stale", _("On hold too long to be sent")),
    ("suppressed", _("The address doesn’t accept email")),
    ("attorney_letter", _("We haven’t accepted the letter from the customer’s attorney yet")),
    ("attorney", _("There’s no email for the customer’s attorney yet, or no letter from them")),
    ("no_address", _("There’s no email address on record")),
    ("doubted", _("Whoever used the customer’s identity may read this address")),
    ("interrupted", _("Sending was interrupted")),
    ("expired", _("Expired before it could be sent")),
    ("render", _("The email couldn’t be created")),
    ("gave_up", _("Still not delivered after days of trying")),
    ("rcpt", _("The recipient’s server rejected the address")),
    ("data", _("The recipient’s server rejected the email")),
    ("text no answer", _("We sent the email, but the mail server didn’t confirm it")),
    ("text", _("The recipient’s server rejected the email")),
)


def answer_in(error: str) -> str:
    """The server's answer by its numbers; without numbers, the words are all there is."""
    found = re.search(r"\d.*", error)
    return found[0] if found else ""


def in_words(error: str) -> str | Promise:
    for start, words in _WORDS:
        if error.startswith(start):
            return words
    return _("The email bounced") if error else ""
