"""Where someone goes after signing in: the page to sign in says it in words."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

_PLACE = re.compile(r"/(calls|cases)/(\d{3})(\d{3})(\d{3})/")
_NUMBER = re.compile(r"(\d{3})(\d{3})(\d{3})")


def way_back(address: str | None) -> str:
    """A sentence, for a page whose words are kept as they're typed; empty for any other."""
    found = _PLACE.match(address or "")
    if not found:
        return ""
    number = "\N{NO-BREAK SPACE}".join(found.groups()[1:])
    if found[1] == "calls":
        return _("You’ll go back to call %(number)s. Anything you typed there is kept.") % {
            "number": number
        }
    return _("You’ll go back to case %(number)s. Anything you typed there is kept.") % {
        "number": number
    }


def kept_call(number: str | None) -> str:
    """A sentence for whoever signed out during a call; empty for what is no number of one."""
    found = _NUMBER.fullmatch(number or "")
    if not found:
        return ""
    spoken = "\N{NO-BREAK SPACE}".join(found.groups())
    return _(
        "Call %(number)s isn’t finished. Anything you typed there is kept. After you sign in,"
        " you’ll find it under “Unfinished calls.”"
    ) % {"number": spoken}
