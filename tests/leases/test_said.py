"""What is typed into the call bar is taken apart before anything is asked."""

from __future__ import annotations

from uuid import UUID

import pytest

from leases.said import LONGEST, Said, plain, understand

ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"


@pytest.mark.requirement("R13", "R87")
@pytest.mark.parametrize(
    ("text", "email", "number", "code", "words"),
    [
        ("Peña", "", "", "", ("Peña",)),
        ("  peña,   maría ", "", "", "", ("peña", "maría")),
        ("hernandes 1041", "", "1041", "", ("hernandes",)),
        ("1041 hernandes", "", "1041", "", ("hernandes",)),
        ("(210) 555-0134", "", "(210) 555-0134", "", ()),
        ("+1 210 555 0134 ext 12", "", "+1 210 555 0134", "", ()),
        ("210 555 0134 x9", "", "210 555 0134", "", ()),
        ("F-2041", "", "", "F-2041", ()),
        ("luna 12", "", "12", "", ("luna",)),
        ("<Carla@Example.com>", "carla@example.com", "", "", ()),
        ("Carla Peña <carla@exa", "carla@exa", "", "", ()),
        ("% _ \\ '", "", "", "", ()),
        ("王小明", "", "", "", ("王小明",)),
        ("🙂🙂", "", "", "", ()),
        ("a\x00b", "", "", "", ("a", "b")),
    ],
)
def test_numbers_words_and_addresses(
    text: str, email: str, number: str, code: str, words: tuple[str, ...]
) -> None:
    assert understand(text) == Said(plain(text), email=email, number=number, code=code, words=words)


def test_an_application_is_known_by_its_own_notation() -> None:
    assert understand(ID.upper()) == Said(ID.upper(), application=UUID(ID))
    assert understand(ID.replace("-", "")) == Said(ID.replace("-", ""), code=ID.replace("-", ""))


@pytest.mark.parametrize("text", ["", " ", "c", "\x00", "ñ" * (LONGEST + 1)])
def test_too_little_and_too_much_say_nothing(text: str) -> None:
    assert understand(text) is None
