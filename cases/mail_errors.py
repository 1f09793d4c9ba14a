"""Why a mail did not go, in words. Stored are short codes: no text of a foreign server. Pure."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS: tuple[tuple[str, Promise | str], ...] = (
    ("suppressed", _("The address takes no mail")),
    ("interrupted", _("Sending was interrupted")),
    ("expired", _("It came too late to be of use")),
    ("render", _("The mail could not be made")),
    ("gave_up", _("Days of trying led to nothing")),
    ("rcpt", _("The recipient’s server refused the address")),
    ("data", _("The recipient’s server refused the mail")),
    ("text no answer", _("The mail was handed over and no answer came")),
    ("text", _("The recipient’s server refused the mail")),
)


def in_words(error: str) -> str | Promise:
    for start, words in _WORDS:
        if error.startswith(start):
            return words
    return _("The mail came back") if error else ""
