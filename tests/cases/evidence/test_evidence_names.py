"""The name shown is for people: one line, no tricks, an ending that matches the content."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.evidence.names import MAX_LENGTH, clean_name, display_name, view_name

JPEG = (".jpg", ".jpeg")


def clean(name: str, endings: tuple[str, ...] = JPEG) -> str:
    return clean_name(name, endings=endings, fallback="IMG")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("IMG_0042.JPG", "IMG_0042.JPG"),
        ("sofá roto (2).jpeg", "sofá roto (2).jpeg"),
        ("sofa\u0301.jpg", "sofá.jpg"),  # macOS sends accents separately
        ("foto\r\nContent-Type: text/html\r\n\r\n<b>.jpg", "html _b_.jpg"),
        ("foto\r\nSet-Cookie: a=1.jpg", "foto Set-Cookie_ a=1.jpg"),
        ('mesa"; filename="x.html.jpg', "mesa_; filename=_x.html.jpg"),
        ("mesa'.jpg", "mesa'.jpg"),
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("..\\..\\windows\\foto.jpg", "foto.jpg"),
        ("C:\\fakepath\\foto.jpg", "foto.jpg"),
        ("fo\u200bto\u200d\ufeff.jpg", "foto.jpg"),
        ("foto\u202egpj.exe", "fotogpj.exe.jpg"),
        ("\u2066foto\u2069.jpg", "foto.jpg"),
        ("\u3164.jpg", "IMG.jpg"),
        ("foto\x00\x1b[31m.jpg", "foto[31m.jpg"),
        ("foto.html", "foto.html.jpg"),
        ("foto.jpg.exe", "foto.jpg.exe.jpg"),
        ("foto.jpg. . .", "foto.jpg"),
        ("foto .jpg", "foto.jpg"),
        ("foto", "foto.jpg"),
        (".htaccess", "htaccess.jpg"),
        (".jpg", "IMG.jpg"),
        ("jpg", "IMG.jpg"),
        ("..", "IMG.jpg"),
        ("", "IMG.jpg"),
        ("  \t ", "IMG.jpg"),
        ("carpeta/", "IMG.jpg"),
        ("\ud800.jpg", "IMG.jpg"),
    ],
)
def test_a_name_is_cleaned(sent, shown):
    assert clean(sent) == shown


def test_a_long_name_is_cut_and_keeps_its_ending():
    shown = clean("ñ" * 300 + ".JPEG")

    assert shown == "ñ" * (MAX_LENGTH - 5) + ".JPEG"


def test_the_ending_follows_the_content():
    assert clean("foto.jpg", endings=(".pdf",)) == "foto.jpg.pdf"


@given(st.text(max_size=300))
def test_no_text_at_all_gets_through_unclean(name):
    shown = clean(name)

    assert 4 < len(shown) <= MAX_LENGTH
    assert shown.lower().endswith(JPEG)
    assert not set(shown) & set('/\\<>:"|?*\r\n')
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for c in shown)
    assert not shown.startswith((".", " "))
    shown.encode()


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../dibujo.svg", "dibujo.svg"),
        ("virus\r\n\u202efdp.exe", "virus fdp.exe"),
        ("a" * 300 + ".heic", "a" * 115 + ".heic"),
        ("a." + "b" * 300, "a." + "b" * 118),
        ("\u200b", "…"),
        ("", "…"),
    ],
)
def test_the_name_of_a_refused_file_keeps_its_ending(sent, shown):
    assert display_name(sent) == shown


@given(st.text(max_size=300))
def test_the_name_of_a_refused_file_is_as_clean(name):
    shown = display_name(name)

    assert 0 < len(shown) <= MAX_LENGTH
    assert not set(shown) & set('/\\<>:"|?*\r\n')
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for c in shown)


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(name):
    assert clean(clean(name)) == clean(name)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("IMG_0042.HEIC", "IMG_0042.jpg"),
        ("foto.jpeg", "foto.jpg"),
        ("nota.html.png", "nota.html.jpg"),
        ("ñ" * 115 + ".jpeg", "ñ" * 115 + ".jpg"),
        ("x" * 117 + ".hi", "x" * 116 + ".jpg"),
    ],
)
def test_the_viewing_copy_is_named_as_what_it_is(stored, shown):
    assert view_name(stored, ".jpg") == shown
