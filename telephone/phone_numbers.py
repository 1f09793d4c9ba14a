"""Phone numbers and lines as telephone systems write them. Pure."""

from __future__ import annotations

import re

from common.formats import parse_phone

LONGEST = 80  # characters kept of what was sent
_SCHEME = re.compile(r"^(?:tel|sips?):", re.IGNORECASE)
_WRITTEN = re.compile(r"\+?[\d\s().\-/]{7,40}")
_COUNTRY = 11  # digits of a number that starts with its country's code


def e164(sent: str) -> str:
    """Empty for what isn't a whole number: anonymous callers, extensions, anything else.

    Many systems leave out the + before the country code: 12105550134, 493055571600.
    """
    text = _SCHEME.sub("", sent.strip()[: 2 * LONGEST]).partition("@")[0].strip()
    if not (text.isascii() and _WRITTEN.fullmatch(text)):
        return ""
    digits = re.sub(r"\D", "", text)
    found = parse_phone(text)
    if not found and len(digits) >= _COUNTRY:
        found = parse_phone(f"+{digits}")
    return found if found and len(found) <= 16 else ""


def line_key(text: str) -> str:
    """What a line is compared by: `101`, `w0`, `ana@example.com` or a whole number."""
    plain = " ".join(text.replace("\x00", "").split())[:LONGEST].casefold()
    return e164(plain) or plain
