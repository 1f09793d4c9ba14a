from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from leases.documents.layout import Document
from leases.documents.letters import printable


def read(document: Document) -> PdfReader:
    return PdfReader(BytesIO(document.bytes()))


@pytest.mark.parametrize(
    ("text", "printed", "whole"),
    [
        ("¿Peña? — “3 €”", "¿Peña? — “3 €”", True),
        ("Pen\u0303a", "Peña", True),  # a letter and its loose mark become one
        ("Łukasz Dvořák", "Lukasz Dvorák", False),
        ("😀 家 \x07", "? ? ?", False),
        ("−3\u202f%", "-3 %", True),
        ("5\u00a0%", "5\u00a0%", True),
    ],
)
def test_letters_the_font_lacks_are_seen_to_be_lacking(
    text: str, printed: str, whole: bool
) -> None:
    assert printable(text) == (printed, whole)


def test_reads_back_with_its_title_its_language_and_every_page_numbered() -> None:
    document = Document("Historial de pagos", "es")
    document.facts([("Cliente", "Carla Peña"), ("Sin valor", "")])
    document.table(
        ["Fecha", "Importe"], [["4 de marzo de 2026", f"${n}.00"] for n in range(90)], [3, 1], "LR"
    )
    pdf = read(document)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Historial de pagos"
    assert pdf.trailer["/Root"]["/Lang"] == "es-US"
    texts = [page.extract_text() for page in pdf.pages]
    assert "Carla Peña" in texts[0]
    assert "Sin valor" not in texts[0]
    for number, text in enumerate(texts, start=1):
        assert "Puente" in text
        assert "Importe" in text  # the headers come again
        assert text.endswith(f"{number}/{len(texts)}")
    assert "$89.00" in texts[-1]


@pytest.mark.parametrize("language", ["en", "es"])
def test_says_that_a_letter_could_not_be_printed(language: str) -> None:
    plain, foreign = Document("Título", language), Document("Título", language)
    plain.paragraph("Peña")
    foreign.paragraph("Łukasz")
    assert "“?”" not in read(plain).pages[0].extract_text()
    assert "“?”" in read(foreign).pages[0].extract_text()
