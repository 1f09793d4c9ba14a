"""Which language a text is in: right or silent, whatever the customer's own is."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cases import language
from cases.language import Guess, guess, has_words
from tests.cases import language_samples as samples
from tests.cases.short_texts import TEXTS

OTHER = {"es": "en", "en": "es"}
SENTENCES = [
    *(("es", line) for line in samples.SPANISH + samples.LATER_SPANISH),
    *(("en", line) for line in samples.ENGLISH + samples.LATER_ENGLISH),
]


def test_sentences() -> None:
    """The figures of decision 15, with the other language as the customer's, which is harder."""
    answers = [(expected, guess(line, otherwise=OTHER[expected])) for expected, line in SENTENCES]
    assert len(answers) == 180
    assert not [a for a in answers if a[1].is_sure and a[1].language != a[0]]
    assert sum(a.language == expected for expected, a in answers) == 180


def test_short_texts() -> None:
    """Silence is also right if no one could tell. The second half was never looked at."""
    answers = [
        (expected, guess(text, otherwise=OTHER.get(expected, "es"))) for expected, text in TEXTS
    ]
    assert len(answers) == 200
    assert not [a for a in answers if a[1].is_sure and a[1].language != a[0]]
    right = [expected == (a.language if a.is_sure else "") for expected, a in answers]
    assert (sum(right[::2]), sum(right[1::2])) == (100, 95)


@pytest.mark.parametrize(("text", "expected"), samples.SHORT.items())
def test_short_but_clear(text: str, expected: str) -> None:
    assert guess(text, otherwise=OTHER[expected]) == Guess(expected, is_sure=True)


@pytest.mark.parametrize("otherwise", ["en", "es"])
@pytest.mark.parametrize("text", samples.UNCLEAR)
def test_what_nobody_can_tell_is_the_customers(text: str, otherwise: str) -> None:
    assert guess(text, otherwise=otherwise) == Guess(otherwise, is_sure=False)


@pytest.mark.parametrize("text", ["yesss", "siiii", "Thankssss!!", "graciasss"])
def test_words_drawn_out_are_known(text: str) -> None:
    assert guess(text, otherwise="").is_sure


@pytest.mark.parametrize("text", ["ok", "OK.", "No", "no, ok", "$40", "a@b.example 12/05", "👍"])
def test_some_words_are_the_same_in_both_languages(text: str) -> None:
    assert not has_words(text)
    assert has_words(f"{text} Balance")


def test_names_and_addresses_do_not_turn_a_text() -> None:
    text = "Please call my mother Carla Peña de la Cruz, she is in El Paso until Friday."
    assert guess(text, otherwise="es") == Guess("en", is_sure=True)
    text = "Ya lo puse en https://example.com/the/one/you/want y a help@you.and.me.example"
    assert guess(text, otherwise="en") == Guess("es", is_sure=True)


def test_a_very_long_text_is_read_in_part() -> None:
    text = "Ya pagué y me siguen cobrando. " * 10_000
    assert guess(text, otherwise="en") == Guess("es", is_sure=True)


def test_a_word_without_an_end_costs_nobody_their_page() -> None:
    guess("Ya pagué y me siguen cobrando", otherwise="en")  # loads
    began = time.process_time()
    for _ in range(30):  # entries of one page
        assert guess("x" * 50_000, otherwise="en") == Guess("en", is_sure=False)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("text", ["\0" * 9, "\ud83d ya pagué y nada", "ya\u202e pagué", "é" * 5000])
def test_strange_characters(text: str) -> None:
    assert guess(text, otherwise="es").language == "es"


def test_threads_load_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_loaded", None)
    with ThreadPoolExecutor(8) as pool:
        loaded = {id(each) for each in pool.map(lambda _: language._identifier(), range(16))}
        answers = list(pool.map(lambda one: guess(one[1], otherwise="en"), SENTENCES * 3))
    assert len(loaded) == 1
    assert answers == [guess(line, otherwise="en") for _, line in SENTENCES] * 3


def test_it_loads_without_warnings_and_only_when_asked() -> None:
    asked = (
        "import sys; from cases.language import guess;"
        "assert 'numpy' not in sys.modules;"
        "guess('ok', otherwise='es');"
        "assert 'numpy' not in sys.modules;"
        "print(guess('Ya pagué y me siguen cobrando', otherwise='en').language)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", asked], capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("es", "")
