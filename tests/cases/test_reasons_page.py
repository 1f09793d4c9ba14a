"""Reasons with their proof, questions and outcomes, to look up during a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.models import CaseKind
from cases.queries.reasons import reasons_with
from common.remembered import remembering
from tests.kinds import KINDS

pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    return [each.kind.key for each in reasons_with(words)]


@pytest.mark.requirement("R15")
def test_every_reason_offered_is_listed() -> None:
    CaseKind.objects.filter(key="fraud").update(is_offered=False)
    assert sorted(found("")) == sorted(set(KINDS) - {"fraud"})


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("police report", "identity_theft"),
        ("reporte policia", "identity_theft"),
        ("AFFIDAVIT", "identity_theft"),
        ("reembolso pagado", "refund_owed"),
        ("equifax", ""),
        ("store told", "sale_complaint"),
        ("who needs letter", "paid_off_letter"),
    ],
)
def test_a_reason_is_found_by_what_belongs_to_it(words: str, kind: str) -> None:
    assert (kind in found(words)) if kind else not found(words)


def test_they_cost_the_same_however_many_there_are(django_assert_num_queries: Any) -> None:
    with remembering(), django_assert_num_queries(6):
        reasons_with("")


def test_the_page_and_the_part_beside_a_call(ana: User, sign_in: Callable[[User], Client]) -> None:
    client, address = sign_in(ana), reverse("case_reasons")
    page = client.get(address, {"words": "policia"}).content.decode()
    assert "Robo de identidad" in page
    assert "1 día hábil" in page
    part = client.get(address, {"words": "policia"}, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith("<table")
    beside = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert 'type="search"' in beside
    assert "Robo de identidad" in beside
    assert "<form" not in beside
    nothing = client.get(address, {"words": "x" * 300 + "\x00"}).content.decode()
    assert "Ningún motivo tiene estas palabras" in nothing
