"""A case is found by its number however it gets into the call bar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import numbers
from cases.models import Case
from leases.models import Lease


@pytest.fixture
def agent(ana: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ana)


@pytest.mark.requirement("R37", "R87")
@pytest.mark.parametrize(
    "pasted",
    ["Case {}", "caso: {}", "Re: Your case {}: we received your message", "#{}", "N.º {}.",
     "RV: Su caso {} (2 de 3)"],
)  # fmt: skip
@pytest.mark.parametrize("write", [numbers.grouped, numbers.shown, str])
def test_a_number_pasted_with_what_stands_around_it(
    agent: Client, open_case: Callable[..., Case], pasted: str, write: Callable[[str], str]
) -> None:
    case = open_case()
    answer = agent.get(reverse("find"), {"q": pasted.format(write(case.number))})
    assert answer.headers.get("Location") == reverse("case", args=[case.number])


def test_a_pasted_number_opens_only_what_one_may_see(
    open_case: Callable[..., Case], mateo: User, sign_in: Callable[[User], Client]
) -> None:
    case = open_case()
    answer = sign_in(mateo).get(reverse("find"), {"q": f"Case {case.spoken_number}"})
    assert answer.context["found"].problem.code == "nothing_found"


@pytest.mark.requirement("R37")
def test_a_slip_in_an_account_number_is_not_called_one_in_a_case_number(
    agent: Client, lease: Lease
) -> None:
    asked = str(int(lease.account_number) + 1)
    assert numbers.looks_like(asked)
    problem = agent.get(reverse("find"), {"q": asked}).context["found"].problem
    assert (problem.code, problem.messages) == (
        "nothing_found",
        ["No results. Check the spelling, or try a phone or account number."],
    ) or (
        problem.messages
        == ["No hay resultados. Revise lo que escribió o busque por teléfono o número de cuenta."]
    )


@pytest.mark.parametrize(
    ("text", "latest", "is_of_a_year"),
    [("260 001 234", 2026, True), ("170001234", 2026, True), ("160001234", 2026, False),
     ("270001234", 2026, False), ("104477313", 2026, False), ("260001", 2026, False)],
)  # fmt: skip
def test_case_numbers_begin_with_a_year(text: str, latest: int, is_of_a_year: bool) -> None:
    assert numbers.is_of_a_year(text, latest=latest) is is_of_a_year


def test_a_number_in_a_long_text_is_found_wherever_it_stands(
    agent: Client, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    pasted = f"{'Buenos días, escribo otra vez. ' * 40}Caso {case.spoken_number}"
    answer = agent.get(reverse("find"), {"q": pasted})
    assert answer.headers.get("Location") == reverse("case", args=[case.number])


@pytest.mark.parametrize("page", ["find", "leases"])
def test_what_is_too_long_is_refused_with_its_count_and_stays_whole(
    agent: Client, lease: Lease, page: str
) -> None:
    name = lease.customer.name
    pasted = f"{name} {'x' * 300}"
    answer = agent.get(reverse(page), {"q": pasted}).content.decode()
    assert 'data-code="search_too_long"' in answer
    assert f"254 caracteres como máximo. Este texto tiene {len(pasted)}" in answer
    assert f'value="{pasted}"' in answer  # for whoever selects the right part of it
    assert lease.account_number not in answer


@pytest.mark.parametrize("page", ["find", "leases"])
def test_no_browser_cuts_what_is_searched(agent: Client, page: str) -> None:
    assert "maxlength" not in agent.get(reverse(page)).content.decode()


def test_a_long_address_finds_its_customer(agent: Client, lease: Lease) -> None:
    address = f"{'c' * 60}@{'sub.' * 40}example.com"
    type(lease.customer).objects.filter(pk=lease.customer_id).update(email=address)
    answer = agent.get(reverse("find"), {"q": address})
    assert answer.headers.get("Location") == reverse("lease", args=[lease.account_number])
