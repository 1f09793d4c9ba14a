"""Charsets by the names mail programs really use, and a byte that fits nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.inbound.charsets import decoded
from mail.inbound.letter import read_letter

WORDS = "Señor, ¿ya pagué mañana?"
#: As programs say it, and as Python calls it.
SAID = [
    ("x-mac-roman", "mac-roman"),
    ("x-macroman", "mac-roman"),
    ("macintosh", "mac-roman"),
    ("MAC", "mac-roman"),
    ("latin1", "latin-1"),
    ("ISO 8859-1", "latin-1"),
    ("iso8859_1", "latin-1"),
    ("8859_1", "latin-1"),
    ("iso-ir-100", "latin-1"),
    ("l1", "latin-1"),
    ("ANSI", "cp1252"),
    ("x-cp1252", "cp1252"),
    ("windows1252", "cp1252"),
    ("win-1252", "cp1252"),
    ("ms-1252", "cp1252"),
    ("latin9", "iso-8859-15"),
    ("CP-850", "cp850"),
    ("ibm850", "cp850"),
    ("cp858", "cp858"),
    ("utf8", "utf-8"),
    ("x-utf-8", "utf-8"),
    ("cp65001", "utf-8"),
    ("utf-8*es", "utf-8"),
    ("'utf-8'", "utf-8"),
    ("unicode-1-1-utf-7", "utf-7"),
    ("utf-16be", "utf-16-be"),
    ("unicode", "utf-16"),
    ("gb18030", "gb18030"),
    ("unknown-8bit", "utf-8"),
    ("default", "cp1252"),
]


@pytest.mark.parametrize(("said", "meant"), SAID)
def test_each_name_of_a_charset_is_known(said: str, meant: str) -> None:
    raw = f'Content-Type: text/plain; charset="{said}"\n\n'.encode() + WORDS.encode(meant)
    assert read_letter(raw).text == WORDS
    subject = f"Subject: =?{said.replace(' ', '-')}?q?".encode()
    subject += b"".join(b"=%02X" % byte for byte in "Pagué".encode(meant)) + b"?=\n\n"
    if meant in {"utf-8", "latin-1", "cp1252", "mac-roman", "cp850"} and said.isalnum():
        assert read_letter(subject).subject == "Pagué"


@pytest.mark.parametrize(
    ("said", "text", "name"),
    [("ks_c_5601-1987", "결제했습니다", "cp949"), ("x-sjis", "支払いました", "cp932"),
     ("gb2312", "我已付款", "gb18030"), ("x-gbk", "我已付款", "gbk"),
     ("big5-hkscs", "我已付款", "big5"),
     ("iso-2022-kr", "결제했습니다", "iso2022_kr"), ("hz-gb-2312", "我已付款", "hz"),
     ("x-mac-cyrillic", "Заплатил", "mac-cyrillic"), ("koi8-u", "Заплатив", "koi8-u")],
)  # fmt: skip
def test_other_alphabets(said: str, text: str, name: str) -> None:
    assert decoded(text.encode(name), said) == text


@pytest.mark.parametrize("charset", ["utf-8", "", "us-ascii", "iso-8859-1", "windows-1252", "x-no"])
@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            "Señor, ya pagué en la tienda de la señora Peña.\n-- \nProtecci".encode()
            + b"\xf3n antivirus",
            "Señor, ya pagué en la tienda de la señora Peña.\n-- \nProtecci�n antivirus",
        ),
        ("¿Cuándo? Pagu".encode() + b"\xe9", "¿Cuándo? Pagu�"),
        ("I paid – “yes”".encode() + b" \x97 Dan", "I paid – “yes” � Dan"),
        ("Mañana pagar".encode() + b"\xc3", "Mañana pagar�"),  # cut off in a letter
        (b"\x80 " + "señorita Peña".encode(), "� señorita Peña"),
    ],
)
def test_one_bad_byte_is_one_mark(charset: str, data: bytes, text: str) -> None:
    assert decoded(data, charset) == text


@pytest.mark.parametrize(
    ("charset", "text", "bad"),
    [
        ("gb18030", "我已经付款了", b"\xff"),
        ("shift_jis", "支払いました", b"\x81"),
        ("euc-kr", "결제했습니다", b"\xff"),
    ],
)
def test_one_bad_byte_among_letters_of_two(charset: str, text: str, bad: bytes) -> None:
    assert decoded(text.encode(charset) + bad, charset) == text + "�"


def test_two_texts_in_one_keep_their_letters() -> None:
    """More of the old charset than of the new: each is read as what it is."""
    assert decoded("Señor".encode() + " pagué mañana".encode("latin-1")) == "Señor pagué mañana"
    assert decoded("pagué mañana".encode("latin-1"), "utf-8") == "pagué mañana"


def test_marks_of_unicode_say_more_than_names() -> None:
    for name in ("utf-8-sig", "utf-16"):
        assert decoded(WORDS.encode(name), "iso-8859-1") == WORDS
    assert decoded(b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16") == WORDS
    assert decoded(WORDS.encode(), "utf-16") == WORDS  # says one and writes the other


def test_a_page_names_its_letters_itself() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset={}"><p>{}'
    for said, name in (("x-mac-roman", "mac-roman"), ("utf-8", "utf-8"), ("cp850", "cp850")):
        raw = b"Content-Type: text/html\n\n" + page.format(said, WORDS).encode(name)
        assert read_letter(raw).text == WORDS


@given(st.binary(max_size=300), st.text(max_size=70) | st.sampled_from([said for said, _ in SAID]))
def test_any_bytes_by_any_name(data: bytes, charset: str) -> None:
    assert isinstance(decoded(data, charset), str)


def test_no_name_runs_anything_but_an_alphabet() -> None:
    for name in ("punycode", "idna", "rot13", "hex", "unicode_escape", "undefined", "zip", "mbcs"):
        assert decoded(b"Hola \\u0041", name) == "Hola \\u0041"
