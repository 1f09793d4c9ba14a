from __future__ import annotations

import pytest

from common.accents import without_accents


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("José Muñoz", "Jose Munoz"),
        ("Jose\u0301", "Jose"),
        ("ﬁn", "fin"),
        ("Ａna", "Ana"),
        ("", ""),
    ],
)
def test_letters_lose_their_marks(text: str, plain: str) -> None:
    assert without_accents(text) == plain
