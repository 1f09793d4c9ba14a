"""The customers' pages: plain words, only their own rows, the language they choose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.models import Case
from leases.enums import LanguageSource, LeaseStatus
from leases.models import Customer, Lease
from leases.words import status_for_customer
from mail.models import Email
from tests.moves import move

SignIn = Callable[[User], Client]


@pytest.mark.requirement("R9", "R50")
def test_status_who_acts_and_by_when_stand_on_top(
    sign_in: SignIn, carla: Customer, ana: User, open_case: Callable[..., Case], now: datetime
) -> None:
    case = open_case()
    update = move("waiting_customer", due_on=(now + timedelta(days=3)).date())
    actions.update_case(case=case, version=1, update=update, by=ana, now=now)
    page = sign_in(carla.user).get(reverse("portal_case", args=[case.number])).content.decode()
    top = page[: page.index("<form", page.index("<main"))]
    for words in ("Le falta enviarnos algo", "Le toca a usted", "21 de noviembre de 2026"):
        assert words in top
    assert case.spoken_number in top


@pytest.mark.parametrize("status", LeaseStatus)
def test_every_lease_status_has_plain_words(status: LeaseStatus) -> None:
    assert status_for_customer(status) not in {str(each.label) for each in LeaseStatus}


@pytest.mark.requirement("R50")
def test_a_lease_shows_plain_words_even_if_the_scheduler_is_down(
    sign_in: SignIn, carla: Customer, lease: Lease
) -> None:
    Lease.objects.filter(pk=lease.pk).update(expires_at=timezone.now())
    address = reverse("portal_lease", args=[lease.account_number])
    page = sign_in(carla.user).get(address).content.decode()
    assert "Su aprobación venció. Puede hacer otra solicitud." in page
    assert "Aprobación vencida" not in page


@pytest.mark.requirement("R18", "R54")
def test_a_customer_says_in_which_language_we_write(
    sign_in: SignIn, carla: Customer, open_case: Callable[..., Case]
) -> None:
    client = sign_in(carla.user)
    client.post(reverse("portal_mail_language"), {"language": "en"})
    carla.refresh_from_db()
    assert (carla.language, carla.language_source) == ("en", LanguageSource.PORTAL)
    assert client.get(reverse("portal_home")).headers["Content-Language"] == "es"
    open_case(language="es")
    assert Email.objects.get().language == "en"


@pytest.mark.requirement("R53")
def test_an_empty_message_is_refused_beside_the_form(
    sign_in: SignIn, carla: Customer, open_case: Callable[..., Case]
) -> None:
    address = reverse("portal_messages", args=[open_case().number])
    answer = sign_in(carla.user).post(address, {"body": "  "})
    assert answer.status_code == 422
    assert answer.context["form"].errors.as_data()["__all__"][0].code == "update_empty"
