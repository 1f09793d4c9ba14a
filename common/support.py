"""Where customers call and write: said on their pages, in mails, on papers."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from common.formats import phone


class SupportLine(NamedTuple):
    """What is said to readers of one language."""

    phone: str  # E.164
    hours: str
    address: str

    @property
    def number(self) -> str:
        """As people read it; no line ends inside it."""
        return phone(self.phone).replace(" ", "\N{NO-BREAK SPACE}")

    @property
    def url(self) -> str:
        """What a telephone dials."""
        return f"tel:{self.phone}"


def support_line(language: str = "") -> SupportLine:
    """In the active language unless another is asked for."""
    lines: dict[str, SupportLine] = settings.SUPPORT_LINES
    return lines.get(language or get_language() or "", lines[settings.LANGUAGE_CODE])
