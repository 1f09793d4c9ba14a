"""A code works once, for ten minutes, in the browser that asked for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.sign_in import codes
from accounts.sign_in.answer import answer_sign_ins, forget_sign_ins
from accounts.sign_in.rows import SignInRequest
from accounts.sign_in.views import COOKIE
from accounts.tasks import answer_sign_ins as task
from leases.models import Customer
from mail.models import Email
from mail.sign_in.adapter import AccountAdapter
from tests.accounts.conftest import Clock
from tests.sign_in import ask_for_code, mailed_code, mailed_codes, wrong
from tests.threads import at_once

TABLE = "accounts_signinrequest"
ASK, CONFIRM = "/account/login/code/", "/account/login/code/confirm/"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_another_browser_cannot_use_it(carla: Customer) -> None:
    asked, other = Client(), Client()
    ask_for_code(asked, carla.email)
    assert other.post(CONFIRM, {"code": mailed_code()})["Location"] == ASK
    other.cookies[COOKIE] = asked.cookies[COOKIE].value[:-1] + "x"
    assert other.post(CONFIRM, {"code": mailed_code()})["Location"] == ASK
    asked.post(CONFIRM, {"code": f" {mailed_code()[:3]} {mailed_code()[3:]} "})
    assert is_in(asked)


def test_it_works_for_ten_minutes(carla: Customer, clock: Clock) -> None:
    early, late = Client(), Client()
    for client in (early, late):
        ask_for_code(client, carla.email)
    first, second = mailed_codes()
    clock.move(minutes=codes.MINUTES, seconds=-1)
    early.post(CONFIRM, {"code": first})
    clock.move(seconds=1)
    assert late.post(CONFIRM, {"code": second})["Location"] == ASK
    assert (is_in(early), is_in(late)) == (True, False)


def test_a_new_one_takes_the_place_of_the_last_and_the_tries_go_on(carla: Customer) -> None:
    client = Client()
    ask_for_code(client, carla.email)
    old = mailed_code()
    client.post(CONFIRM, {"code": wrong(old)})
    assert "Send a new code" in client.get(CONFIRM).content.decode()
    for _ in range(3):  # one more than there are
        assert client.post(CONFIRM, {"action": "resend"})["Location"] == CONFIRM
        answer_sign_ins(now=timezone.now())
    assert len(mailed_codes()) == 3
    assert "Send a new code" not in client.get(CONFIRM).content.decode()


def test_the_last_of_three_codes_signs_in(carla: Customer) -> None:
    client = Client()
    ask_for_code(client, carla.email)
    client.post(CONFIRM, {"action": "resend"})
    task()
    old, new = mailed_codes()
    if old != new:
        assert client.post(CONFIRM, {"code": old}).status_code == 422
    client.post(CONFIRM, {"code": new})
    assert is_in(client)


def test_it_leads_where_the_person_wanted_to_go_and_nowhere_else(carla: Customer) -> None:
    for wanted, reached in (("/portal/?x=1", "/portal/?x=1"), ("//evil.example", "/")):
        client = Client()
        asked = client.post(ASK, {"email": carla.email, "next": wanted})
        task()
        done = client.post(asked["Location"], {"code": mailed_code()})
        assert done["Location"] == reached


@pytest.mark.django_db(transaction=True)
def test_used_twenty_times_at_once_it_signs_in_once(
    carla: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.doorbell.ring", lambda task: None)
    client = Client()
    ask_for_code(client, carla.email)
    [asked], code, now = SignInRequest.objects.all(), mailed_code(), timezone.now()
    monkeypatch.setattr(codes, "TRIES", 30)
    used = at_once(*[lambda: codes.try_code(asked.pk, code, now=now) for _ in range(8)])
    assert sum(each == carla.user for each in used) == 1


def test_two_workers_answer_once_and_a_bad_row_stops_nobody(
    carla: Customer, dan: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for customer in (carla, dan):
        Client().post(ASK, {"email": customer.email})
    send = AccountAdapter.mail_code

    def fails_for_carla(self: Any, user: Any, **how: Any) -> None:
        if user == carla.user:
            raise RuntimeError
        send(self, user, **how)

    with monkeypatch.context() as broken:
        broken.setattr(AccountAdapter, "mail_code", fails_for_carla)
        assert answer_sign_ins(now=timezone.now()) == 1
    assert answer_sign_ins(now=timezone.now()) == 1
    assert answer_sign_ins(now=timezone.now()) == 0
    assert Email.objects.count() == 2


def test_the_loop_without_a_broker_answers_too(carla: Customer) -> None:
    from config.celery import app  # noqa: PLC0415

    tasks = {each["task"] for each in app.conf.beat_schedule.values()}
    assert {"accounts.tasks.answer_sign_ins", "accounts.tasks.forget_sign_ins"} <= tasks


def test_requests_are_forgotten_after_a_day(carla: Customer, clock: Clock) -> None:
    ask_for_code(Client(), carla.email)
    clock.move(hours=24)
    assert forget_sign_ins(now=clock.now) == 0
    clock.move(minutes=11)
    assert forget_sign_ins(now=clock.now) == 1


@pytest.mark.parametrize("page", [ASK, "/account/password/reset/"])
def test_an_address_that_grows_in_lower_case_is_refused(page: str, db: None) -> None:
    assert Client().post(page, {"email": "İ" * 300 + "@example.com"}).status_code == 422


@pytest.mark.parametrize("page", [ASK, "/account/password/reset/", CONFIRM])
def test_known_and_unknown_addresses_cost_the_same_statements(
    carla: Customer, ana: User, page: str
) -> None:
    """`python -m tests.bench_sign_in` measures it."""

    def statements(email: str) -> list[str]:
        client = Client(REMOTE_ADDR="198.51.100.7")
        if page == CONFIRM:
            client.post(ASK, {"email": email})
            task()
        typed = {"code": "x"} if page == CONFIRM else {"email": email}
        with CaptureQueriesContext(connection) as asked:
            client.post(page, typed)
        return [" ".join(each["sql"].split()[:3]) for each in asked]

    expected = {
        CONFIRM: [f'SELECT "{TABLE}"."id", "{TABLE}"."kind",', "WITH c0 AS", f"UPDATE {TABLE} SET"],
    }.get(page, ["WITH c0 AS", f'INSERT INTO "{TABLE}"'])
    for email in (carla.email, ana.email, "nobody@example.com"):
        assert statements(email) == expected
