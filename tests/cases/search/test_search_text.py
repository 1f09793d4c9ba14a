"""What someone typed into the search, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases.search_text import AskedTerm, Filter, parse_search


def texts(asked: str) -> list[str]:
    return [("" if term.is_wanted else "-") + term.text for term in parse_search(asked).terms]


@pytest.mark.requirement("R87", "R99")
@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ("pagó tarjeta", ["pagó", "tarjeta"]),
        ('"pagó dos veces" -tarjeta', ["pagó dos veces", "-tarjeta"]),
        ("“pagó dos veces” «la tienda»", ["pagó dos veces", "la tienda"]),
        ('-"la tienda" sofá', ["-la tienda", "sofá"]),
        ("la devolución de la mesa", ["devolución", "mesa"]),
        ("de la", ["de", "la"]),  # nothing else was asked for
        ('"de la"', ["de la"]),
        ("sofá sofá", ["sofá"]),
        ('"sin cerrar', ['"sin', "cerrar"]),
        ('43" 55" pantalla', ['43"', '55"', "pantalla"]),
        ("a & b | !c <-> d:*", ["b", "!c", "d:*"]),
        ("fecha - recibo", ["fecha", "recibo"]),
        ("10:30 re:caso", ["10:30", "re:caso"]),
        ("% _ * ' ( ) \\ -", []),
        ("\x00so\x00fa", ["so", "fa"]),
    ],
)  # fmt: skip
def test_words_phrases_and_what_must_be_missing(asked: str, terms: list[str]) -> None:
    assert texts(asked) == terms


@pytest.mark.parametrize(
    ("asked", "filters"),
    [
        ("kind:return lang:es sofá", [Filter("kind", "return"), Filter("lang", "es")]),
        ("motivo:devolución IDIOMA:español sofá", [Filter("kind", "devolución"),
                                                   Filter("lang", "español")]),
        ('-kind:"late payment" x', [Filter("kind", "late payment", is_wanted=False)]),
        ("is:open por:ana desde:2026-11-01 hasta:ayer en:archivo", [
            Filter("is", "open"), Filter("by", "ana"), Filter("after", "2026-11-01"),
            Filter("before", "ayer"), Filter("in", "archivo")]),
        ('kind:"" kind: sofá', []),
    ],
)  # fmt: skip
def test_filters_have_a_name_in_either_language(asked: str, filters: list[Filter]) -> None:
    assert list(parse_search(asked).filters) == filters


def test_a_plain_search_may_be_a_name_or_a_number() -> None:
    assert parse_search("maría o'neill 210-555-0134").is_plain
    for asked in ('"maría"', "maría -luna", "maría kind:return"):
        assert not parse_search(asked).is_plain


@given(st.text())
@example('"' * 10_000)
@example("-" * 10_000)
@example("kind:" * 2_000)
@example('a:"b" ' * 2_000)
@example("🙂 привет 中文 \u202e ⁧")
def test_whatever_is_typed_it_never_raises_and_keeps_what_it_compares(asked: str) -> None:
    found = parse_search(asked)
    for term in found.terms:
        assert any(character.isalnum() for character in term.text)
    for each in found.filters:
        assert each.value.strip() == each.value != ""
    if not found.filters:
        assert found.terms or not any(letter.isalnum() for letter in asked)


def test_ten_kilobytes_are_read_as_fast_as_they_are_long() -> None:
    """No nested repetition in the expression: each sign is looked at a few times."""
    assert parse_search('"a ' * 5_000).terms == (AskedTerm('"a'),)
