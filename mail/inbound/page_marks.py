"""What the tags in a mail's HTML say besides its text: where links lead, what is quoted. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_TARGET = re.compile(r"(?:https?://|ftp://|tel:|mailto:)\S", re.IGNORECASE)
_LONGEST = 2000
_SCHEME = re.compile(r"^(?:https?://(?:www\.)?|ftp://|tel:|mailto:)", re.IGNORECASE)
_QUOTES = re.compile(
    r"\b(?:gmail|yahoo|protonmail|tutanota|zmail|moz|mail|outlook)[_-](?:quote|quoted|extra)\b"
    r"|\bcite\b|\bquote\b",
    re.IGNORECASE,
)


@dataclass
class Link:
    href: str
    words: list[str] = field(default_factory=list)

    def target(self) -> str:
        """The address, as it's shown after the link's text; empty if the text already says it."""
        href = "".join(self.href.split())[:_LONGEST]
        if not _TARGET.match(href):
            return ""
        said, address = _plain("".join(self.words)), _plain(href)
        if said and (said == address or said == address.partition("?")[0]):
            return ""
        shown = href.partition(":")[2].partition("?")[0] if _is_mail(href) else href
        return f" <{shown}>" if "<" not in shown and ">" not in shown else ""


def _is_mail(href: str) -> bool:
    return href.lower().startswith("mailto:")


def _plain(text: str) -> str:
    return _SCHEME.sub("", "".join(text.split())).rstrip("/").lower()


def is_cited(attributes: Mapping[str, str]) -> bool:
    """Whether a mail program drew this blockquote around a mail: people use blockquotes to
    indent.
    """
    if attributes.get("type", "").lower() == "cite" or attributes.get("cite"):
        return True
    return bool(_QUOTES.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"[:500]))
