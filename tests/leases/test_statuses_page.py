"""The table of statuses as people read it, made from the tables the code follows."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from leases.enums import LeaseStatus as S
from leases.enums import Rule
from leases.lifecycle import DESCRIPTIONS, TRANSITIONS
from leases.words import who_may

Page = Callable[[str], dict[str, str]]


@pytest.fixture
def rows(sign_in: Callable[[User], Client], mateo: User) -> Page:
    """The words of each row of the table, by status."""

    def read(language: str) -> dict[str, str]:
        User.objects.update(language=language)
        page = sign_in(User.objects.get(pk=mateo.pk)).get(reverse("lease_statuses"))
        found = re.findall(r'<tr id="(\w+)">(.*?)</tr>', page.content.decode(), re.DOTALL)
        return {
            status: " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split())
            for status, row in found
        }

    return read


@pytest.mark.requirement("R55")
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_status_has_its_action_description_and_next_statuses(
    rows: Page, language: str
) -> None:
    page = rows(language)
    assert set(page) == set(S.values)
    with translation.override(language):
        for row in DESCRIPTIONS:
            shown = page[row.status]
            assert shown.startswith(f"{row.action} {row.status.label} {row.description}")
            for to, rule in TRANSITIONS.get(row.status, {}).items():
                assert str(to.label) in shown
                assert str(rule.label) in shown
                assert who_may(rule) in shown


@pytest.mark.requirement("R55")
@pytest.mark.parametrize(
    ("language", "approved", "contracts", "final"),
    [
        ("en", "90 days after approval", "60 days after the invoice, but no more than 90", "Final"),
        ("es", "90 días desde la aprobación", "60 días desde la factura, pero como máximo 90",
         "Definitivo"),
    ],
)  # fmt: skip
def test_it_says_how_long_each_lasts(
    rows: Page, language: str, approved: str, contracts: str, final: str, settings: Any
) -> None:
    page = rows(language)
    assert approved in page[S.APPROVED]
    for status in (S.CONTRACTS, S.CONTRACTS_RECEIVED, S.LEASE_ACCEPTED):
        assert contracts in page[status]
    assert page[S.FUNDED].endswith(final)
    for status in (S.APPROVAL_EXPIRED, S.CONTRACTS_EXPIRED):  # but for what was told late
        assert final not in page[status]
    settings.APPROVAL_DAYS, settings.CONTRACTS_DAYS = 30, 1
    page = rows("en")
    assert "30 days after approval" in page[S.APPROVED]
    assert "1 day after the invoice, but no more than 30 days" in page[S.CONTRACTS]
    assert "After 30 days" in page[S.DENIED]


@pytest.mark.parametrize("rule", Rule)
def test_it_is_known_who_follows_each_rule(rule: Rule) -> None:
    assert who_may(rule) or rule == Rule.REVIEW  # its name says who
