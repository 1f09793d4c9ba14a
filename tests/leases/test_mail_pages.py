"""The mails about a lease: on its page, all of them, and what each said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common.company_day import business_day
from leases.actions.payments import record_payment
from leases.models import Customer, Lease, LeaseMail
from leases.views.overview import MAILS
from mail.models import Email

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def funded(deliver: Callable[..., Lease]) -> Lease:
    return deliver()


@pytest.fixture
def pay(funded: Lease, ana: User, now: datetime) -> Callable[[int], list[Email]]:
    """This many payments a minute apart, each with its mail; the newest first."""

    def paid(count: int) -> list[Email]:
        start = Email.objects.count()
        for place in range(count):
            record_payment(
                lease=funded, amount=Decimal("1.00"), on=business_day(now), by=ana,
                now=now + timedelta(minutes=start + place),
            )  # fmt: skip
        return list(Email.objects.order_by("-created_at"))

    return paid


def page_of(lease: Lease, name: str = "lease_mails", *more: object) -> str:
    return reverse(name, args=[lease.account_number, *more])


def test_the_page_of_a_lease_lists_the_newest(
    funded: Lease, pay: Callable[[int], list[Email]], ana: User, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    empty = client.get(page_of(funded, "lease")).content.decode()
    assert "Todavía no hay correos sobre este arrendamiento." in empty
    assert page_of(funded) not in empty
    mails = pay(MAILS + 1)
    page = client.get(page_of(funded, "lease"))
    assert page.context["mails"].rows == mails[:MAILS]
    words = page.content.decode()
    assert f'<a href="{page_of(funded, "lease_mail", mails[0].pk)}">Pago recibido</a>' in words
    assert page_of(funded, "lease_mail", mails[-1].pk) not in words
    assert f'<a href="{page_of(funded)}">Todos los correos</a>' in words


def test_all_of_them_are_a_page_after_the_other(
    funded: Lease, pay: Callable[[int], list[Email]], mateo: User, sign_in: SignIn
) -> None:
    mails = pay(32)
    client = sign_in(mateo)
    first = client.get(page_of(funded)).context["page"]
    assert first.rows == mails[:30]
    second = client.get(page_of(funded), {"after": first.next}).context["page"]
    assert (second.rows, second.next) == (mails[30:], "")
    assert client.get(page_of(funded), {"after": "%"}).context["page"].rows == mails[:30]


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_ask_the_database_a_fixed_number_of_times(
    count: int, funded: Lease, pay: Callable[[int], list[Email]], ana: User, sign_in: SignIn,
    django_assert_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    newest = pay(count)[0]
    client = sign_in(ana)
    client.get(page_of(funded))  # the first visit also writes the session
    with django_assert_num_queries(6):
        client.get(page_of(funded))
    with django_assert_num_queries(6):
        client.get(page_of(funded, "lease_mail", newest.pk))


@pytest.mark.parametrize(("language", "words"), [("es", "Monto: $1.00"), ("en", "Amount: $1.00")])
def test_what_a_mail_said_is_a_link_away(
    language: str, words: str, funded: Lease, carla: Customer,
    pay: Callable[[int], list[Email]], ben: User, mateo: User, sign_in: SignIn,
) -> None:  # fmt: skip
    Customer.objects.filter(pk=carla.pk).update(language=language)
    [mail] = pay(1)
    address = page_of(funded, "lease_mail", mail.pk)
    for reader in (ben, mateo):
        page = sign_in(reader).get(address)
        text = page.content.decode()
        assert words in text
        assert f'<div class="mail" lang="{language}">' in text
        assert carla.email in text
        version = reverse("correspondence_text_version", args=["payment_received", 1])
        assert (version in text) is reader.works_cases
    Email.objects.filter(pk=mail.pk).update(params={})
    page = sign_in(mateo).get(address)
    assert page.context["words"] is None
    assert "Can’t show what this email said." in page.content.decode()


def test_foreign_and_missing_ones_look_the_same(
    funded: Lease, dans_lease: Lease, carla: Customer, pay: Callable[[int], list[Email]],
    ana: User, sign_in: SignIn,
) -> None:  # fmt: skip
    [mail] = pay(1)
    client = sign_in(ana)
    for address in (
        page_of(dans_lease, "lease_mail", mail.pk),
        page_of(funded, "lease_mail", uuid4()),
        f"/leases/1/mails/{mail.pk}/",
    ):
        assert client.get(address).status_code == 404
    assert sign_in(carla.user).get(page_of(funded, "lease_mail", mail.pk)).status_code == 404
    assert sign_in(carla.user).get(page_of(funded)).status_code == 404


def test_who_may_see_which(
    funded: Lease, dans_lease: Lease, carla: Customer, dan: Customer,
    pay: Callable[[int], list[Email]], ana: User, mateo: User,
) -> None:  # fmt: skip
    pay(1)
    for user, seen in ((ana, 1), (mateo, 1), (carla.user, 1), (dan.user, 0)):
        assert LeaseMail.objects.visible_to(user).count() == seen
