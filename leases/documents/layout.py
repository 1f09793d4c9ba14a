"""How our PDFs look: letter paper, company name, title, facts, tables, page numbers.

Texts arrive in the reader's language; `Document` only knows which one that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from fpdf import FPDF, FontFace, ViewerPreferences, XPos, YPos
from fpdf.enums import MethodReturnValue, TableCellFillMode

from common.support import support_line
from leases.documents.letters import printable

_FONT = "helvetica"
_INK, _QUIET, _LINE, _SHADE = 20, 95, 190, 244  # greys: it is printed
_MARGIN = 18  # mm


class _Page(FPDF):
    """The company's name on top; below whom to call, and the page's number of how many."""

    company = ""
    running_title = ""
    support = ""

    def header(self) -> None:
        self.set_font(_FONT, "", 9)
        self.set_text_color(_QUIET)
        self.cell(self.epw / 2, 5, self.company)
        self.cell(self.epw / 2, 5, self.running_title if self.page > 1 else "", align="R")
        self.ln(9)
        self.set_text_color(_INK)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(_FONT, "", 8)
        self.set_text_color(_QUIET)
        self.cell(self.epw * 0.9, 5, self.support)
        self.cell(0, 5, f"{self.page_no()}/{{nb}}", align="R")


class Document:
    """`bytes()` ends it. Widths are shares of the page; `align` is a letter (L, R) per column."""

    def __init__(self, title: str, language: str) -> None:
        self._language = language
        self._is_whole = True
        self._pdf = pdf = _Page(unit="mm", format="letter")
        pdf.core_fonts_encoding = "cp1252"
        pdf.company = self._text(settings.COMPANY_NAME)
        pdf.running_title = self._text(title)
        pdf.support = self._text(_whom_to_call(language))
        pdf.set_title(title)
        pdf.set_author(settings.COMPANY_NAME)
        pdf.set_lang(f"{language}-US")
        pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        pdf.set_margins(_MARGIN, 12, _MARGIN)
        pdf.set_auto_page_break(True, 18)
        pdf.set_draw_color(_LINE)
        pdf.add_page()
        pdf.start_section(title)
        self._write(title, size=17, style="B", after=4)

    def heading(self, text: str) -> None:
        if self._pdf.will_page_break(24):  # never alone at a page's end
            self._pdf.add_page()
        self._pdf.ln(2)
        self._write(text, size=12, style="B", after=1.5)

    def paragraph(self, text: str, *, quiet: bool = False) -> None:
        self._write(text, size=9 if quiet else 10, after=2, ink=_QUIET if quiet else _INK)

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and values, one under the other. A pair without a value is left out."""
        pdf = self._pdf
        name_width = pdf.epw * 0.36
        for name, value in pairs:
            if not value:
                continue
            name, value = self._text(name), self._text(value)
            pdf.set_font(_FONT, "", 10)
            height = 5.2 * max(
                self._lines(name_width, name), self._lines(pdf.epw - name_width, value)
            )
            if pdf.will_page_break(height):
                pdf.add_page()
            top = pdf.get_y()
            pdf.set_text_color(_QUIET)
            pdf.multi_cell(name_width, 5.2, name, align="L")
            pdf.set_xy(pdf.l_margin + name_width, top)
            pdf.set_text_color(_INK)
            pdf.multi_cell(pdf.epw - name_width, 5.2, value, align="L")
            pdf.set_xy(pdf.l_margin, top + height)
        pdf.ln(2.5)

    def table(
        self,
        headers: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        align: str,
    ) -> None:
        """Rows under headers that come again on every page."""
        pdf = self._pdf
        pdf.set_font(_FONT, "", 8.5)
        with pdf.table(
            col_widths=tuple(widths),
            text_align=tuple({"L": "LEFT", "R": "RIGHT"}[each] for each in align),
            borders_layout="HORIZONTAL_LINES",
            cell_fill_color=_SHADE,
            cell_fill_mode=TableCellFillMode.EVEN_ROWS,
            headings_style=FontFace(emphasis="BOLD", color=_INK, fill_color=230),
            line_height=4.4,
            padding=(0.9, 1.8),
            v_align="TOP",
        ) as table:
            for row in (headers, *rows):
                table.row([self._text(each) for each in row])
        pdf.ln(3)

    def bytes(self) -> bytes:
        if not self._is_whole:
            with translation.override(self._language):
                self.paragraph(
                    _(
                        "Some letters can’t be printed here, so they appear as similar letters"
                        " or as “?”. Our records keep the correct spelling."
                    ),
                    quiet=True,
                )
        return bytes(self._pdf.output())

    def _lines(self, width: float, text: str) -> int:
        lines = self._pdf.multi_cell(width, 5.2, text, dry_run=True, output=MethodReturnValue.LINES)
        return len(cast("list[str]", lines))

    def _write(
        self, text: str, *, size: float, style: str = "", after: float, ink: int = _INK
    ) -> None:
        pdf = self._pdf
        pdf.set_font(_FONT, style, size)
        pdf.set_text_color(ink)
        pdf.multi_cell(
            0, size * 0.48, self._text(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        pdf.set_text_color(_INK)
        pdf.ln(after)

    def _text(self, text: str) -> str:
        shown, is_whole = printable(str(text))
        self._is_whole = self._is_whole and is_whole
        return shown


def _whom_to_call(language: str) -> str:
    line = support_line(language)
    with translation.override(language):
        words = pgettext("paper", "Questions? Call us: %(phone)s. %(hours)s")
    return words % {"phone": line.number, "hours": line.hours}
