"""A phone number is stored complete, or refused with what to add or leave out."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from leases.phones import PROBLEMS, phone_to_keep


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("(210) 555-0134", "+12105550134"),
        ("1 210 555 0134", "+12105550134"),
        ("tel. 210-555-0134", "+12105550134"),
        ("1-800-FLOWERS", "+18003569377"),
        ("+52 55 1234 5678", "+525512345678"),
        ("011 52 55 1234 5678", "+525512345678"),
    ],
)
def test_a_whole_number_is_kept(typed: str, kept: str) -> None:
    assert phone_to_keep(typed) == kept


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("phone_area_code", "555-0134"),
        ("phone_area_code", "5550134"),
        ("phone_area_code", "555 0134 ext 5"),
        ("phone_area_code", "+52 1234 5678"),
        ("phone_extension", "(210) 555-0134 ext 5"),
        ("phone_extension", "(210) 555-0134 x12"),
        ("phone_extension", "210-555-0134 #5"),
        ("phone_extension", "2105550134 anexo 5"),
        ("phone_extension", "210 555 0134,,5"),
        ("phone_extension", "+1 210 555 0134;ext=7"),
        ("phone_extension", "210-555-0134/x5"),
        ("phone", "12"),
        ("phone", "hola"),
        ("phone", "210-555-0134 / 210-555-0135"),
        ("phone", "210 555 01345"),
    ],
)
def test_what_is_no_whole_number_says_what_to_do(code: str, typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        phone_to_keep(typed)

    assert caught.value.code == code


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_reason_has_a_sentence(language: str) -> None:
    with translation.override(language):
        sentences = {str(message) for message in PROBLEMS.values()}

    assert len(sentences) == len(PROBLEMS)
    assert all("(210) 555-0134" in sentence for sentence in sentences)
