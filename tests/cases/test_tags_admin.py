"""Administrators name tags again and switch them off; they're made where they're typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.models import Tag
from tests.pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(irene: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(irene)


@pytest.fixture
def tag(ana: User, now: datetime) -> Tag:
    Tag.objects.create(name="Otra", key="otra", created_by=ana, created_at=now)
    return Tag.objects.create(name="Doble", key="doble", created_by=ana, created_at=now)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("OTRÁ", "tag_twice"), ("\u3164", "tag_missing"), (" Cobro  doblé", "")],
)
def test_a_tag_is_named_again(office: Client, tag: Tag, typed: str, problem: str) -> None:
    page = office.post(reverse("admin:cases_tag_change", args=[tag.pk]), {"name": typed})
    found = Tag.objects.get(pk=tag.pk)
    if problem:
        assert [each.code for each in page.context["adminform"].form.errors.as_data()["name"]] == [
            problem
        ]
        assert (found.name, found.key, found.is_offered) == ("Doble", "doble", True)
        return
    assert page.status_code == 302
    assert (found.name, found.key, found.is_offered) == ("Cobro doblé", "cobro doble", False)


def test_the_page_says_that_it_is_not_translated(office: Client, tag: Tag) -> None:
    page = office.get(reverse("admin:cases_tag_change", args=[tag.pk]))
    assert "it isn’t translated" in text(page)
    assert reverse("admin:cases_tag_delete", args=[tag.pk]) not in page.content.decode()
    assert office.get(reverse("admin:cases_tag_add")).status_code == 403
    listed = office.get(reverse("admin:cases_tag_changelist"), {"q": "dobl"})
    assert "Doble" in text(listed)
