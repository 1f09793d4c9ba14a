"""What a refusal says: its title names the class, its detail says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from accounts.enums import Language
from leases.api.problems import KINDS, Problem
from leases.api.refusals import problem_of


@pytest.fixture(params=Language.values)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize("code", KINDS)
def test_title_and_detail_say_two_things(code: str, language: str) -> None:
    title, detail = str(KINDS[code].title), str(KINDS[code].detail)
    assert title.casefold().rstrip(".") not in detail.casefold()
    assert not title.endswith(".")
    assert detail.endswith(".")


def test_each_class_of_problem_has_its_own_title(language: str) -> None:
    kinds = set(KINDS.values())
    assert len({str(kind.title) for kind in kinds}) == len(kinds)


def test_what_an_action_refuses_is_the_detail_under_the_title_of_its_class() -> None:
    told = problem_of(ValidationError("Enter the invoice number.", code="invoice_number"))
    assert (str(told.kind.title), str(told.detail)) == (
        "Request refused",
        "Enter the invoice number.",
    )
    assert str(Problem("refused").detail) != str(told.kind.title)
