"""How customers reach the company: shown on their pages, in emails and on PDFs."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from common.formats import phone


class SupportLine(NamedTuple):
    """What readers of one language see."""

    phone: str  # E.164
    hours: str
    address: str

    @property
    def number(self) -> str:
        """As people write it, with no-break spaces."""
        return _together(self.phone)

    @property
    def url(self) -> str:
        """The `tel:` link."""
        return f"tel:{self.phone}"


@cache
def _together(number: str) -> str:
    """Cached: every mail asks."""
    return phone(number).replace(" ", "\N{NO-BREAK SPACE}")


def support_line(language: str = "") -> SupportLine:
    """In the active language unless you name another."""
    lines: dict[str, SupportLine] = settings.SUPPORT_LINES
    return lines.get(language or get_language() or "", lines[settings.LANGUAGE_CODE])
