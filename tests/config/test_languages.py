"""The languages are listed once, in `accounts.enums.Language`, and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.enums import LANGUAGE_CHOICES, OFFERED_LANGUAGES, Language
from common import formats

ROOT = Path(__file__).parents[2]
ROOMS = ("common", "accounts", "telephone", "mail", "leases", "cases", "guides", "tools", "config")
CODES = set(Language.values)
#: The ground floor is below `Language`. Its tables are checked against it further down.
BELOW = {Path("common/formats.py")}
LINK = re.compile(rf'(?:language=|hreflang=")({"|".join(CODES)})\b')


def first_words(node: ast.expr) -> list[object]:
    """Of ("es", "en") as of [("es", "Español"), ("en", "English")]: the codes."""
    if isinstance(node, ast.Dict):
        parts = [key for key in node.keys if key is not None]
    elif isinstance(node, ast.IfExp):
        parts = [node.body, node.orelse]
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        parts = [
            each.elts[0] if isinstance(each, ast.Tuple) and each.elts else each
            for each in node.elts
        ]
    else:
        return []
    return [part.value for part in parts if isinstance(part, ast.Constant)]


def listed(source: str) -> Iterator[int]:
    """Lines on which all languages, and nothing else except "", are written out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.expr) and set(first_words(node)) - {""} == CODES:
            yield node.lineno


@pytest.mark.parametrize(
    "source",
    [
        'for each in ("es", "en"): ...',
        'LANGUAGES = ["en", "es"]',
        'choices = [("", "Both"), ("es", "Español"), ("en", "English")]',
        'names = {"es": "Español", "en": "English"}',
        'language = "es" if spanish else "en"',
    ],
)
def test_a_list_of_its_own_is_found(source: str) -> None:
    assert list(listed(source)) == [1]


@pytest.mark.parametrize("source", ['("es", "era", "en")', '{Language.SPANISH: "Hola"}', '"es"'])
def test_words_and_what_comes_from_the_enum_are_not(source: str) -> None:
    assert list(listed(source)) == []


def test_nobody_lists_the_languages_but_the_enum() -> None:
    found = []
    for path in (each for room in ROOMS for each in (ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT)
        if name not in BELOW and "migrations" not in name.parts:
            found += [f"{name}:{line}" for line in listed(path.read_text())]
    assert found == []


def test_no_page_links_to_each_language_by_name() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        assert set(LINK.findall(path.read_text())) != CODES, path.name


@pytest.mark.parametrize("name", ["LOCALES", "DAY", "SHORT_DAY", "DAY_HEAD", "WEEKDAY"])
def test_there_are_formats_for_every_language(name: str) -> None:
    assert set(getattr(formats, name)) == CODES


def test_spanish_is_offered_first_and_each_in_its_own_name() -> None:
    assert OFFERED_LANGUAGES == ["es", "en"]
    assert LANGUAGE_CHOICES == [("es", "Español"), ("en", "English")]
