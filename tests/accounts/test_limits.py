"""Attempts are counted in their own rows; whoever keeps trying is slowed down, not locked out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import limits
from accounts.limits import Limit, forget, give_back, limit, take
from accounts.models import User
from accounts.paces import CODE, PASSWORD, Pace, an_hour, folded, network_of
from accounts.sign_in import device
from accounts.sign_in.rows import RateLimit
from leases.models import Customer
from tests.accounts.conftest import Clock
from tests.conftest import PASSWORD as RIGHT
from tests.sign_in import give_second_factor
from tests.threads import at_once

NOW = datetime(2026, 11, 18, 16, tzinfo=UTC)
THREE = Pace(3, 60)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def browser(address: str = "198.51.100.7") -> Client:
    return Client(REMOTE_ADDR=address)


def try_password(client: Client, password: str, email: str = "ana@puente.example") -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def ask(client: Client, email: str) -> int:
    return client.post(reverse("account_request_login_code"), {"email": email}).status_code


@pytest.mark.django_db
def test_a_burst_then_one_at_a_time() -> None:
    one = [limit("x", "y", "carla", THREE)]
    assert [take(one, now=NOW) for _ in range(4)] == [None, None, None, later(60)]
    assert take(one, now=later(59)) == later(60)
    assert take(one, now=later(60)) is None
    assert take(one, now=later(61)) == later(120)
    assert [take(one, now=later(9999)) for _ in range(4)] == [None, None, None, later(10059)]


@pytest.mark.django_db
def test_what_a_limit_refuses_the_next_ones_do_not_count() -> None:
    narrow, wide = limit("x", "a", "1", Pace(1, 60)), limit("x", "b", "1", Pace(2, 60))
    assert take([narrow, wide], now=NOW) is None
    assert [take([narrow, wide], now=NOW) for _ in range(5)] == [later(60)] * 5
    assert take([wide], now=NOW) is None
    assert take([wide], now=NOW) == later(60)


@pytest.mark.django_db
def test_what_was_right_is_given_back_and_several_count_as_many() -> None:
    one = [limit("x", "y", "carla", THREE)]
    for _ in range(9):
        assert take(one, now=NOW) is None
        give_back(one)
    assert take([limit("x", "y", "carla", THREE, cost=3)], now=NOW) is None
    assert take(one, now=NOW) == later(60)
    # Never so many at once that no one could ever continue.
    assert take([limit("x", "z", "carla", an_hour(3), cost=50)], now=NOW) is None


@pytest.mark.django_db
def test_one_statement_a_step(django_assert_num_queries: Any) -> None:
    four = [limit("x", scope, "1", THREE) for scope in "abcd"]
    with django_assert_num_queries(1):
        take(four, now=NOW)
    with django_assert_num_queries(1):
        give_back(four)
    assert RateLimit.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_as_many() -> None:
    def tries() -> list[Limit]:
        return [limit("x", "network", "n", Pace(40, 60)), limit("x", "subject", "s", Pace(5, 60))]

    passed = at_once(*[lambda: take(tries(), now=NOW) for _ in range(8)])
    assert [each for each in passed if isinstance(each, Exception)] == []
    assert sum(each is None for each in passed) == 5


@pytest.mark.django_db
def test_rows_that_no_longer_weigh_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        take([limit("x", "y", name, THREE)], now=NOW)
    take([limit("x", "y", "late", THREE)], now=later(30))
    monkeypatch.setattr(limits, "SWEPT_AT_ONCE", 2)
    assert [forget(now=later(61)) for _ in range(3)] == [2, 1, 0]
    assert RateLimit.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("::ffff:198.51.100.7", "198.51.100.0/24"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("unix:", "unix:"),
    ],
)
def test_networks(address: str, network: str) -> None:
    assert network_of(address) == network


def test_case_and_accents_do_not_make_another_address() -> None:
    assert folded(" JOSÉ@Example.com") == folded("jose\u0301@example.com") == "jose@example.com"


@pytest.mark.requirement("R54")
def test_ten_thousand_other_counters_make_no_limit_forget(ana: User) -> None:
    stranger = browser()
    for _ in range(PASSWORD.pair.burst):
        try_password(stranger, "wrong-password-1")
    assert "Too many attempts" in try_password(stranger, RIGHT).content.decode()
    now = timezone.now()
    others = (
        RateLimit(key=f"{n:05d}", free_at=now + timedelta(hours=1), allowed=True)
        for n in range(10_000)
    )
    RateLimit.objects.bulk_create(others)
    forget(now=now)
    assert "Too many attempts" in try_password(stranger, RIGHT).content.decode()
    assert not is_in(stranger)


@pytest.mark.django_db
def test_a_used_code_of_an_app_is_remembered_however_many_there_are() -> None:
    assert cache.add("allauth.mfa.totp.used?user=1&code=123456", "y", timeout=30)
    for n in range(400):
        cache.add(f"zz{n}", "y", timeout=30)
    assert not cache.add("allauth.mfa.totp.used?user=1&code=123456", "y", timeout=30)


def test_a_name_is_slowed_down_in_one_network(ana: User, clock: Clock) -> None:
    """The limit on one person's name: without it, `wrong` could go on forever."""
    stranger = browser()
    for _ in range(PASSWORD.pair.burst):
        assert "incorrect" in try_password(stranger, "wrong-password-1").content.decode()
    assert "Too many attempts" in try_password(stranger, RIGHT).content.decode()
    clock.move(seconds=PASSWORD.pair.seconds)
    try_password(stranger, RIGHT)
    assert is_in(stranger)


def test_a_name_is_slowed_down_over_all_networks(ana: User, clock: Clock) -> None:
    for n in range(PASSWORD.subject.burst):
        try_password(browser(f"10.0.{n}.1"), "wrong-password-1")
    another = browser("10.9.9.9")
    assert "Too many attempts" in try_password(another, RIGHT).content.decode()
    clock.move(seconds=PASSWORD.subject.seconds)
    try_password(another, RIGHT)
    assert is_in(another)


def test_a_network_is_slowed_down_over_all_names(ana: User, clock: Clock) -> None:
    for n in range(PASSWORD.network.burst):
        try_password(browser(f"198.51.100.{n}"), "wrong-password-1", f"n{n}@example.com")
    assert "Too many attempts" in try_password(browser(), RIGHT).content.decode()
    elsewhere = browser("203.0.113.5")
    try_password(elsewhere, RIGHT)
    assert is_in(elsewhere)


def test_all_together_are_slowed_down(ana: User, clock: Clock, settings: Any) -> None:
    settings.SIGN_IN_PER_MINUTE = 6
    for n in range(6):
        try_password(browser(f"10.0.{n}.1"), "wrong-password-1", f"n{n}@example.com")
    assert "Too many attempts" in try_password(browser("10.9.9.9"), RIGHT).content.decode()
    clock.move(seconds=10)
    last = browser("10.9.9.9")
    try_password(last, RIGHT)
    assert is_in(last)


def test_the_right_password_does_not_count(ana: User) -> None:
    for _ in range(PASSWORD.pair.burst * 3):
        client = browser()
        try_password(client, RIGHT)
        assert is_in(client)


def test_strangers_who_fail_in_her_name_do_not_lock_ana_out(ana: User) -> None:
    """Her own browser is recognized; strangers in one network don't even reach her limits
    elsewhere.
    """
    known = browser()
    try_password(known, RIGHT)
    known.post(reverse("account_logout"))
    for n in range(PASSWORD.subject.burst + 10):
        try_password(browser(f"10.0.{n}.1"), "wrong-password-1")
    new = browser("203.0.113.5")
    assert "Too many attempts" in try_password(new, RIGHT).content.decode()
    for n in range(PASSWORD.network.burst + 10):  # and some who share her network
        try_password(browser(), "wrong-password-1", f"n{n}@example.com")
    try_password(known, RIGHT)
    assert is_in(known)


def test_one_stranger_does_not_slow_her_other_browsers_down(ana: User) -> None:
    for _ in range(50):
        try_password(browser(), "wrong-password-1")
    new = browser("203.0.113.5")
    try_password(new, RIGHT)
    assert is_in(new)


def test_a_known_browser_has_a_limit_too_and_knows_nobody_else(ana: User, ben: User) -> None:
    known = browser()
    try_password(known, RIGHT)
    known.post(reverse("account_logout"))
    for _ in range(PASSWORD.device.burst):
        assert "incorrect" in try_password(known, "wrong-password-1").content.decode()
    assert "Too many attempts" in try_password(known, RIGHT).content.decode()
    request = known.get("/account/login/").wsgi_request
    assert device.known_as(request, "ANA@puente.example")
    assert not device.known_as(request, ben.email)
    request.COOKIES[device.COOKIE] += "x"
    assert not device.known_as(request, ana.email)


def test_codes_are_asked_for_in_somebodys_name_only_so_often(carla: Customer) -> None:
    asked = [ask(browser(), "carla@example.com") for _ in range(CODE.pair.burst + 1)]
    assert asked == [302] * CODE.pair.burst + [429]
    spelled = [ask(browser(), each) for each in ("CARLA@example.com", "carla@éxample.com")]
    assert spelled == [429, 429]
    assert ask(browser("203.0.113.5"), "carla@example.com") == 302


def test_codes_of_an_app_are_tried_only_so_often(ana: User) -> None:
    give_second_factor(ana)
    client, page = browser(), reverse("mfa_authenticate")
    try_password(client, RIGHT)
    answers = [client.post(page, {"code": "000000"}).content.decode() for _ in range(6)]
    assert ["Too many attempts" in each for each in answers] == [False] * 5 + [True]


def test_an_old_password_is_guessed_only_so_often(
    ben: User, sign_in: Callable[[User], Client]
) -> None:
    client, page = sign_in(ben), reverse("account_change_password")
    for _ in range(PASSWORD.pair.burst):
        client.post(page, {"oldpassword": "wrong"})
    new = "caballo-grapa-42"
    last = client.post(page, {"oldpassword": RIGHT, "password1": new, "password2": new})
    assert "Too many attempts" in last.content.decode()


def test_what_a_code_request_costs_the_database(carla: Customer) -> None:
    """It was 48 statements in 11 transactions."""
    client = browser()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert ask(client, "carla@example.com") == 302
    said = [each["sql"].split(maxsplit=2)[:2] for each in asked]
    assert said == [["WITH", "c0"], ["INSERT", "INTO"]]
