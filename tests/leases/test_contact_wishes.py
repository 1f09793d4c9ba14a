"""How customers want to be contacted: said by whom and where, and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction
from django.utils import translation

from accounts.models import User
from leases.actions import set_wishes
from leases.contact_wishes import Wishes
from leases.enums import WishSource
from leases.models import ContactWish, Customer
from leases.queries.contact import wishes_of
from tests.cases.test_constraints import refused
from tests.threads import at_once

pytestmark = [pytest.mark.requirement("R82"), pytest.mark.django_db]
EVENINGS = Wishes(days=("mon", "tue"), start=time(17), end=time(20))


@pytest.fixture
def wish(carla: Customer, ana: User, now: datetime) -> Callable[..., ContactWish | None]:
    def wished(wishes: Wishes = EVENINGS, **fields: Any) -> ContactWish | None:
        values: dict[str, Any] = {"customer": carla, "source": WishSource.CALL, "by": ana}
        return set_wishes(**(values | fields), wishes=wishes, now=now)

    return wished


@pytest.mark.parametrize(
    ("wishes", "allowed"),
    [
        (Wishes(), True),
        (Wishes(no_calls=True), False),
        (Wishes(not_at_work=True), True),
        (Wishes(at_work=True), True),
        (Wishes(not_at_work=True, at_work=True), False),  # the only number there is
    ],
)
def test_when_we_may_call(wishes: Wishes, *, allowed: bool) -> None:
    assert wishes.allow_calls is allowed


@pytest.mark.requirement("R19")
def test_a_wish_is_kept_with_who_asked_and_where(
    wish: Callable[..., ContactWish], carla: Customer, now: datetime
) -> None:
    wishes = EVENINGS._replace(no_calls=True, channel="email")
    made = wish(wishes, asked_by="Su\nhija", said_in="260001233")
    assert (made.asked_by, made.said_in, made.source, made.at) == (
        "Su hija", "260001233", "call", now,
    )  # fmt: skip
    carla.refresh_from_db()
    assert wishes_of(carla) == wishes
    with translation.override("es"):
        assert [str(each) for each in carla.wishes] == ["Sin llamadas", "Prefiere correo"]
        assert carla.availability == "lunes, martes, de 5:00\u202fp.m. a 8:00\u202fp.m."


def test_the_same_wish_again_adds_nothing(wish: Callable[..., ContactWish | None]) -> None:
    assert wish() is not None
    assert wish() is None
    assert ContactWish.objects.count() == 1


def test_every_day_is_no_wish_of_days(
    wish: Callable[..., ContactWish | None], carla: Customer
) -> None:
    wish(Wishes(days=("mon", "tue", "wed", "thu", "fri", "sat", "sun", "noday")))
    carla.refresh_from_db()
    assert carla.available_days == []


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        (Wishes(start=time(17)), "wish_hours"),
        (Wishes(end=time(17)), "wish_hours"),
        (Wishes(start=time(20), end=time(17)), "wish_hours"),
        (Wishes(start=time(17), end=time(17)), "wish_hours"),
        (Wishes(channel="pigeon"), "wish_channel"),
        (Wishes(channel="phone", no_calls=True), "wish_calls"),
    ],
)
def test_wishes_that_mean_nothing(
    wish: Callable[..., ContactWish | None], carla: Customer, wishes: Wishes, code: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        wish(wishes)
    assert refusal.value.code == code
    assert not carla.contact_wishes.exists()


def test_no_one_wishes_for_another_customer(
    wish: Callable[..., ContactWish | None], dan: Customer
) -> None:
    with pytest.raises(PermissionDenied):
        wish(by=dan.user)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one(wish: Callable[..., ContactWish | None]) -> None:
    made = at_once(wish, wish)
    assert sum(each is not None for each in made) == 1
    assert ContactWish.objects.count() == 1


def test_the_database_keeps_them(wish: Callable[..., ContactWish]) -> None:
    rows = ContactWish.objects.filter(pk=wish().pk)
    for write in (lambda: rows.update(no_calls=True), rows.delete):
        with pytest.raises(ProgrammingError), transaction.atomic():
            write()


def test_what_belongs_together_is_tied(carla: Customer, ana: User, now: datetime) -> None:
    row: dict[str, Any] = {
        "customer": carla, "no_calls": False, "not_at_work": False, "phone_at_work": False,
        "source": "call", "by": ana, "at": now,
    }  # fmt: skip
    wrong = row | {"start": time(20), "end": time(17)}
    refused("contact_wish_hours_are_a_window", lambda: ContactWish.objects.create(**wrong))
    unknown = row | {"channel": "pigeon"}
    refused("contact_wish_codes_known", lambda: ContactWish.objects.create(**unknown))


def test_a_page_from_before_another_wish_undoes_nothing(
    wish: Callable[..., ContactWish | None], carla: Customer
) -> None:
    first = wish(Wishes(no_calls=True), seen=0)
    assert first is not None
    with pytest.raises(ValidationError) as refused_wish:
        wish(EVENINGS, seen=0)
    assert refused_wish.value.code == "wish_changed"
    carla.refresh_from_db()
    assert wishes_of(carla).no_calls
    assert wish(EVENINGS, seen=first.pk) is not None
