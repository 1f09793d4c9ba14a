from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from leases.documents.fonts import printable
from leases.documents.layout import Document

NAMES = [
    "Łukasz Nguyễn",
    "Đặng Thị Hồng Lụa",
    "Дмитрий Ђорђевић",
    "Ελένη Παπαδοπούλου",
    "Gökçe Şahin",
    "Նարե Սարգսյան",
    "ნინო ბერიძე",
    "ልደቱ አያሌው",
    "📱 Ñañez",
]


def read(document: Document) -> PdfReader:
    return PdfReader(BytesIO(document.bytes()))


def text_of(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize(
    ("text", "printed", "whole"),
    [
        ("¿Peña? — “3 €”", "¿Peña? — “3 €”", True),
        ("Pen\u0303a", "Peña", True),  # a letter and its loose mark become one
        ("Łukasz Dvořák", "Łukasz Dvořák", True),
        ("محمد סבג สมชาย", "محمد סבג สมชาย", True),
        ("😀 ❤\ufe0f 家 \x07", "😀 ❤\ufe0f ? ?", False),
        ("Ｃａｒｌａ", "Carla", False),  # as Chinese and Japanese keyboards write it
        ("T\u1cd0", "T", False),  # a letter and a mark that no one font has both of
        ("−3\u202f%", "−3 %", True),
        ("5\u00a0%", "5\u00a0%", True),
    ],
)
def test_letters_the_fonts_lack_are_seen_to_be_lacking(
    text: str, printed: str, whole: bool
) -> None:
    assert printable(text) == (printed, whole)


@pytest.mark.parametrize("name", NAMES)
def test_names_read_as_their_bearers_write_them(name: str) -> None:
    document = Document("Historial de pagos", "es")
    document.facts([("Cliente", name)])
    document.table(["Persona"], [[name]], [1], "L")
    text = text_of(read(document))
    assert text.count(name) == 2
    assert "“?”" not in text


@given(st.text(max_size=40))
def test_no_text_keeps_a_paper_from_being_made(text: str) -> None:
    document = Document("Historial de pagos", "es")
    document.paragraph(text)
    document.facts([(text, text)])
    document.table([text], [[text]], [1], "L")
    assert document.bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["Pagó el 1\ufe0f\u20e3 de mayo", "ፊ🏽", "\u02dfำ"])
def test_nor_do_letters_and_marks_that_no_font_sets_together(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    document = Document("Historial de pagos", "es")
    document.table(["Motivo", "Importe"], [[text, "$1.00"]], [1, 1], "LR")
    pdf = read(document)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]  # still for screen readers
    assert "$1.00" in text_of(pdf)
    assert "no se pueden imprimir aquí" in text_of(pdf)
    assert caplog.messages == ["paper_without_standard language=es"]


def test_what_looks_like_markup_is_text() -> None:
    document = Document("Historial de pagos", "es")
    document.paragraph('#read("page.typ") = *no* _no_ $x$ @nadie <a> `b` // c')
    assert '#read("page.typ") = *no* _no_ $x$ @nadie <a> `b` // c' in text_of(read(document))


def test_reads_back_with_its_title_its_language_and_every_page_numbered() -> None:
    document = Document("Historial de pagos", "es")
    document.facts([("Cliente", "Carla Peña"), ("Sin valor", "")])
    document.table(
        ["Fecha", "Importe"], [["4 de marzo de 2026", f"${n}.00"] for n in range(90)], [3, 1], "LR"
    )
    pdf = read(document)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Historial de pagos"
    assert pdf.metadata.author == "Puente"
    assert pdf.trailer["/Root"]["/Lang"] == "es-US"
    texts = [page.extract_text() for page in pdf.pages]
    assert len(texts) > 1
    assert "Carla Peña" in texts[0]
    assert "Sin valor" not in texts[0]
    for number, text in enumerate(texts, start=1):
        assert "Puente" in text
        assert "Importe" in text  # the headers repeat
        assert text.strip().endswith(f"{number}/{len(texts)}")
    assert "$89.00" in texts[-1]


def test_it_says_what_each_part_is_to_a_screen_reader() -> None:
    document = Document("Historial de pagos", "es")
    document.facts([("Cliente", "Carla Peña")])
    document.heading("Movimientos")
    document.table(["Fecha", "Importe"], [["4 de marzo", "$1.00"]], [3, 1], "LR")
    document.paragraph("Una nota.", quiet=True)
    pdf = read(document)
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    roles = roles_in(root["/StructTreeRoot"]["/K"])
    assert [each for each in roles if each in {"/H1", "/L", "/H2", "/Table", "/P"}] == [
        "/H1", "/L", "/H2", "/Table", "/P",
    ]  # fmt: skip
    assert [roles.count(each) for each in ("/LI", "/Lbl", "/LBody")] == [1, 1, 1]
    assert [roles.count(each) for each in ("/TH", "/TD")] == [2, 2]


def roles_in(node: Any) -> list[str]:
    node = node.get_object()
    if isinstance(node, list):
        return [role for each in node for role in roles_in(each)]
    if not isinstance(node, DictionaryObject) or "/S" not in node:
        return []
    return [str(node["/S"]), *(roles_in(node["/K"]) if "/K" in node else [])]


def test_its_fonts_come_along_in_part() -> None:
    document = Document("Historial de pagos", "es")
    document.paragraph("Łukasz Nguyễn, Дмитрий")
    content = document.bytes()
    fonts: Any = PdfReader(BytesIO(content)).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        (descendant,) = font.get_object()["/DescendantFonts"]
        assert "+NotoSans" in font.get_object()["/BaseFont"]  # of a subset
        assert {"/FontFile2", "/FontFile3"} & descendant.get_object()["/FontDescriptor"].keys()
    assert len(content) < 40_000


def test_amounts_stand_in_columns() -> None:
    document = Document("Historial de pagos", "es")
    document.table(["Importe"], [["$1,111.11"], ["$8,888.88"], ["$4,707.40"]], [1], "R")
    starts: set[float] = set()

    def note(text: str, ctm: Any, matrix: Any, *rest: Any) -> None:
        if text.startswith("$"):
            starts.add(round(ctm[4] + matrix[4], 2))

    read(document).pages[0].extract_text(visitor_text=note)
    assert len(starts) == 1


def test_a_word_without_an_end_stays_on_the_page() -> None:
    document = Document("Historial de pagos", "es")
    document.table(["Referencia", "Importe"], [["X" * 200, "$1.00"]], [1, 3], "LR")
    lines = [line for line in text_of(read(document)).splitlines() if "XXX" in line]
    assert len(lines) > 4


@pytest.mark.parametrize("language", ["en", "es"])
def test_says_that_a_letter_could_not_be_printed(language: str) -> None:
    plain, foreign = Document("Título", language), Document("Título", language)
    plain.paragraph("Peña")
    foreign.paragraph("李小龍")
    said = {"en": "can’t be printed here", "es": "no se pueden imprimir aquí"}[language]
    assert said not in read(plain).pages[0].extract_text()
    assert said in read(foreign).pages[0].extract_text()
