"""What people read keeps to the words of docs/glossary.md and to the rules of style."""

from __future__ import annotations

from tests.words.glossary import concepts
from tests.words.sources import all_texts
from tests.words.style import breaches


def test_each_text_keeps_to_the_rules_of_style() -> None:
    assert [each for text in all_texts() for each in breaches(text)] == []


def test_each_text_says_the_words_of_the_glossary() -> None:
    words = concepts()
    assert len(words) > 50
    assert [
        each
        for text in all_texts()
        for concept in words
        if concept.binds(text)
        for each in concept.breaches(text)
    ] == []


def test_texts_of_every_kind_and_language_are_read() -> None:
    """An empty list of texts would keep to any rule."""
    texts = all_texts()
    assert {text.language for text in texts} == {"en", "es"}
    for sort, least in (("templates/", 1000), ("mail ", 60), ("script ", 10), ("docs/", 100)):
        assert sum(sort in text.place for text in texts) > least, sort
