"""A guide can't go stale: what it links to, shows and quotes is there, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib import admin
from django.urls import get_resolver
from markdown_it import MarkdownIt
from markdown_it.token import Token

from accounts.enums import Language
from guides.files import INDEX
from guides.places import PLACES
from tests import kinds
from tests.guide_views import README, VIEWS
from tests.test_access import addresses

ROOT = Path(settings.GUIDES_ROOT)
GUIDES = ROOT / "guides"
PICTURES = ROOT / "images" / "guides"
HEAVIEST = 60 * 1024
CATALOG = "locale/{}/LC_MESSAGES/django.po"


def names(language: str) -> set[str]:
    return {path.stem for path in (GUIDES / language).iterdir()}


def tokens(language: str, name: str) -> Iterator[Token]:
    text = (GUIDES / language / f"{name}.md").read_text()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        yield token
        yield from token.children or ()


def pages() -> list[tuple[str, str]]:
    return [(language, name) for language in Language for name in sorted(names(language))]


# --- the same in both ----------------------------------------------------------------------------
def test_each_guide_is_there_in_every_language() -> None:
    assert names(Language.ENGLISH) == names(Language.SPANISH)


@pytest.mark.parametrize("name", sorted(names(Language.ENGLISH)))
def test_a_guide_is_built_alike_in_every_language(name: str) -> None:
    """Search pairs sections by their place, and a link leads to the same guide."""

    def shape(language: str) -> list[str]:
        kinds = {"heading_open", "ordered_list_open", "bullet_list_open", "list_item_open", "image"}
        return [each.tag for each in tokens(language, name) if each.type in kinds]

    def guides_linked(language: str) -> list[str]:
        links = (str(t.attrs["href"]) for t in tokens(language, name) if t.type == "link_open")
        return [link.partition("#")[0] for link in links]

    assert shape(Language.ENGLISH) == shape(Language.SPANISH)
    assert guides_linked(Language.ENGLISH) == guides_linked(Language.SPANISH)


@pytest.mark.parametrize("language", Language)
def test_the_list_names_each_guide_once(language: str) -> None:
    links = [str(t.attrs["href"]) for t in tokens(language, INDEX) if t.type == "link_open"]
    listed = [link.removesuffix(".md") for link in links if "/" not in link]
    assert sorted(listed) == sorted(names(language) - {INDEX})


# --- pictures ------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "name"), pages())
def test_pictures_say_what_they_show_and_are_small(language: str, name: str) -> None:
    for token in tokens(language, name):
        if token.type == "image":
            assert len(token.content) > 15, f"{token.attrs['src']} lacks its alternative text"
            path = (GUIDES / language / str(token.attrs["src"])).resolve()
            assert path.parent == PICTURES / language
            assert path.stat().st_size <= HEAVIEST, path.name


@pytest.mark.parametrize("language", Language)
def test_each_picture_is_taken_kept_and_shown(language: str) -> None:
    """`make pictures` takes them all: none is kept by hand, none for nothing."""
    shown = {
        Path(str(token.attrs["src"])).name
        for name in names(language)
        for token in tokens(language, name)
        if token.type == "image"
    }
    kept = {path.name for path in (PICTURES / language).iterdir()}
    assert shown == kept == {f"{view.name}.webp" for view in VIEWS}


def test_readme_shows_its_picture() -> None:
    [picture] = [path for path in PICTURES.parent.iterdir() if path.is_file()]
    assert picture.name == f"{README.name}.webp"
    assert f"](docs/images/{picture.name})" in (settings.BASE_DIR / "README.md").read_text()


def test_pictures_together_are_light() -> None:
    assert sum(path.stat().st_size for path in PICTURES.rglob("*.webp")) < 3_000_000


# --- words of the pages --------------------------------------------------------------------------
def on_pages(language: str) -> list[re.Pattern[str]]:
    """Every text a page can say. A placeholder stands for anything, and a heading has a capital."""
    with (settings.BASE_DIR / CATALOG.format("es")).open("rb") as file:
        ours = read_po(file, locale="es")
    with (settings.BASE_DIR / CATALOG.format("en")).open("rb") as file:
        in_english = read_po(file, locale="en")
    with (Path(admin.__file__).parent / CATALOG.format("es")).with_suffix(".mo").open("rb") as file:
        djangos = read_mo(file)
    texts = [text for message in (*ours, *djangos) for text in said(message, language, in_english)]
    return [pattern(text) for text in (*texts, *kinds.names(language)) if text]


def said(message: Message, language: str, in_english: Catalog) -> tuple[str, ...]:
    """The English of a page is its msgid, unless locale/en has a better one."""
    if language == Language.SPANISH:
        texts = message.string
    else:
        better = in_english.get(message.id, context=message.context)
        texts = better.string if better and any(better.string or ()) else message.id
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def pattern(text: str) -> re.Pattern[str]:
    """A text that is nothing but a placeholder would be found in anything."""
    parts = re.split(r"%\(\w+\)[sd]|\{\w+\}", " ".join(text.split()))
    words = ".+".join(map(re.escape, parts)) if "".join(parts).strip() else r"(?!)"
    return re.compile(words, re.IGNORECASE)


def quoted(inline: Token) -> Iterator[str]:
    """What is bold in a line."""
    said: list[str] | None = None
    for token in inline.children or ():
        if token.type == "strong_open":
            said = []
        elif token.type == "strong_close" and said is not None:
            yield "".join(said)
            said = None
        elif said is not None:
            said.append(" " if token.type == "softbreak" else token.content)


@pytest.fixture(scope="module")
def said_on_pages() -> dict[str, list[re.Pattern[str]]]:
    return {language: on_pages(language) for language in Language.values}


@pytest.mark.parametrize(("language", "name"), pages())
def test_what_a_guide_quotes_is_on_a_page(
    language: str, name: str, said_on_pages: dict[str, list[re.Pattern[str]]]
) -> None:
    """Words of a page are bold, and nothing else is: a button renamed is named here."""
    words = {each for token in tokens(language, name) for each in quoted(token)}
    gone = [w for w in words if not any(said.fullmatch(w) for said in said_on_pages[language])]
    assert sorted(gone) == [], f"docs/guides/{language}/{name}.md quotes what no page says"


def test_a_word_that_is_gone_is_seen(said_on_pages: dict[str, list[re.Pattern[str]]]) -> None:
    [line] = [t for t in MarkdownIt().parse("Press **Lgo call**, then **Log call**.") if t.children]
    english = said_on_pages[Language.ENGLISH]
    found = {word: any(said.fullmatch(word) for said in english) for word in quoted(line)}
    assert found == {"Lgo call": False, "Log call": True}


# --- from page to guide --------------------------------------------------------------------------
def test_each_place_has_its_guide_and_is_a_page() -> None:
    assert set(PLACES.values()) <= names(Language.ENGLISH)
    known = {address.name for address in addresses(get_resolver())}
    patterns = [re.compile(name.replace("*", ".*")) for name in PLACES]
    assert [each.pattern for each in patterns if not any(map(each.fullmatch, known))] == []
