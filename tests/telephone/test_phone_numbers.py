from __future__ import annotations

import pytest

from telephone.phone_numbers import e164, line_key


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("+12105550134", "+12105550134"),
        ("12105550134", "+12105550134"),
        ("2105550134", "+12105550134"),
        ("(210) 555-0134", "+12105550134"),
        ("tel:+12105550134", "+12105550134"),
        ("sip:+12105550134@pbx.example", "+12105550134"),
        ("528112345678", "+528112345678"),
        ("0052 81 1234 5678", "+528112345678"),
        (" 12105550134 ", "+12105550134"),
    ],
)
def test_a_whole_number_however_it_is_written(sent: str, number: str) -> None:
    assert e164(sent) == number


@pytest.mark.parametrize(
    "sent",
    [
        "", "anonymous", "unknown", "Restricted", "101", "w0", "sip:101@pbx.example", "*97", "+",
        "0", "----------", "5550134", "2105550134 x12", "1-800-FLOWERS", "１２１０５５５０１３４",
        "+1210555013412345678", "9" * 10_000, "ana@example.com", "\x002105550134", "1;DROP TABLE",
    ],
)  # fmt: skip
def test_what_is_no_number_is_unknown(sent: str) -> None:
    assert e164(sent) == ""


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (" 101 ", "101"),
        ("W0", "w0"),
        ("Ana@Example.com", "ana@example.com"),
        ("(210) 555-0111", "+12105550111"),
        ("Ana   Torres", "ana torres"),
        ("x" * 10_000, "x" * 80),
    ],
)
def test_a_line_is_compared_by_one_writing(text: str, key: str) -> None:
    assert line_key(text) == key
