"""How a mail looks: templates/mail/letter.html, with the styles of static/css/mail.css in it.

Each element carries its styles, because some mail programs drop style sheets. Rules that depend on
the screen (narrow, dark) stay in a style sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from css_inline import CSSInliner
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from common.support import SupportLine, support_line
from mail.outbound.blocks import Block, Row


@dataclass(frozen=True)
class StyledLetter:
    language: str
    subject: str
    headline: SafeString
    greeting: list[Block]
    rows: list[Row]
    why: str  # why the reader gets this mail

    @cached_property
    def html(self) -> str:
        """The HTML part."""
        inliner, screens = _styles()
        with translation.override(self.language):
            page = render_to_string("mail/letter.html", {**self._context("h1"), "screens": screens})
        return inliner.inline(page)

    @cached_property
    def shown(self) -> str:
        """The same for our own pages, which load the styles and have their own headings."""
        with translation.override(self.language):
            return render_to_string("mail/_letter.html", self._context("p"))

    def _context(self, heading: str) -> dict[str, object]:
        return {
            "letter": self,
            "heading": heading,
            "company": settings.COMPANY_NAME,
            "support": self.support,
        }

    @property
    def support(self) -> SupportLine:
        return support_line(self.language)


@cache
def _styles() -> tuple[CSSInliner, str]:
    found = finders.find("css/mail.css")
    if found is None:
        raise FileNotFoundError("css/mail.css")
    plain, at, screens = Path(found).read_text().partition("@media")
    inliner = CSSInliner(
        extra_css=plain,
        inline_style_tags=False,
        keep_style_tags=True,
        load_remote_stylesheets=False,
    )
    return inliner, at + screens
