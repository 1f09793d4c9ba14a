"""Our PDFs: title, facts, paragraphs, tables. `page.typ` sets how they look; decision 32 says why.

Texts arrive in the reader's language; `Document` only knows which language it is.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.support import support_line
from leases.documents.fonts import FONTS, printable

log = logging.getLogger(__name__)
_PAGE = Path(__file__).with_name("page.typ")


@cache
def _fonts() -> typst.Fonts:
    """Only our own, so that a document looks the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


class Document:
    """`bytes()` finishes it. Widths are shares of the page; `align` is a letter (L, R) for each
    column.
    """

    def __init__(self, title: str, language: str) -> None:
        self._language = language
        self._is_whole = True
        self._title = self._text(title)
        self._company = self._text(settings.COMPANY_NAME)
        self._support = self._text(_whom_to_call(language))
        self._blocks: list[dict[str, object]] = []

    def heading(self, text: str) -> None:
        self._add("heading", text=self._text(text))

    def paragraph(self, text: str, *, quiet: bool = False) -> None:
        self._add("note" if quiet else "paragraph", text=self._text(text))

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and values, one below the other. A pair without a value is left out."""
        self._add(
            "facts",
            pairs=[(self._text(name), self._text(value)) for name, value in pairs if value],
        )

    def table(
        self,
        headers: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        align: str,
    ) -> None:
        """Rows under headers that repeat on every page."""
        self._add(
            "table",
            headers=[self._text(each) for each in headers],
            rows=[[self._text(each) for each in row] for row in rows],
            widths=list(widths),
            align=list(align),
        )

    def bytes(self) -> bytes:
        try:
            return _typeset(self._paper(), is_standard=True)
        except typst.TypstError:
            # Each letter is in a font, but no font sets it with the marks beside it, as in 1️⃣. The
            # standard refuses that; without it, the paper is tagged all the same.
            log.warning("paper_without_standard language=%s", self._language)  # never the text
            self._is_whole = False
            return _typeset(self._paper(), is_standard=False)

    def _paper(self) -> dict[str, object]:
        return {
            "title": self._title,
            "company": self._company,
            "support": self._support,
            "language": self._language,
            "blocks": self._blocks if self._is_whole else [*self._blocks, self._note_on_letters()],
        }

    def _note_on_letters(self) -> dict[str, object]:
        with translation.override(self._language):
            text = _(
                "Some letters can’t be printed here, so they appear as similar letters or"
                " as question marks. Our records keep the correct spelling."
            )
        return {"kind": "note", "text": text}

    def _add(self, kind: str, **content: object) -> None:
        self._blocks.append({"kind": kind, **content})

    def _text(self, text: str) -> str:
        shown, is_whole = printable(str(text))
        self._is_whole = self._is_whole and is_whole
        return shown


def _typeset(paper: dict[str, object], *, is_standard: bool) -> bytes:
    return typst.compile(
        str(_PAGE),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(paper)},
        pdf_standards=["ua-1"] if is_standard else [],  # fully tagged, with title and language
    )


def _whom_to_call(language: str) -> str:
    line = support_line(language)
    with translation.override(language):
        words = pgettext("paper", "Questions? Call us: %(phone)s. %(hours)s")
    return words % {"phone": line.number, "hours": line.hours}
