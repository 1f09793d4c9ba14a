"""A customer can send as much as anyone needs; more must wait, says until when, and loses
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions, evidence
from cases.models import Case, Entry, Evidence, Promise
from leases.models import Customer, Lease
from tests.cases.evidence.evidence_makers import image_bytes

SignIn = Callable[[User], Client]
OpenCase = Callable[..., Case]


@pytest.fixture
def few(settings: Any) -> None:
    settings.CUSTOMER_MESSAGES_PER_HOUR = 3
    settings.CUSTOMER_MESSAGES_PER_DAY = 5
    settings.CUSTOMER_FILES_PER_HOUR = 4
    settings.CUSTOMER_FILES_PER_DAY = 6


def write(case: Case, by: User, now: datetime) -> None:
    actions.add_customer_message(case=case, body="¿Hay algo?", by=by, now=now)


def refusal(case: Case, by: User, now: datetime) -> str:
    with pytest.raises(ValidationError) as refused:
        write(case, by, now)
    [error] = refused.value.error_list
    assert error.code == "too_many_messages"
    [said] = refused.value.messages
    return said


def test_messages_an_hour(few: None, open_case: OpenCase, carla: Customer, now: datetime) -> None:
    case = open_case()
    for _ in range(3):
        write(case, carla.user, now)
    with translation.override("es"):
        said = refusal(case, carla.user, now)
    assert "a partir del 18 de noviembre de 2026 a las 10:21" in said
    with translation.override("en"):
        assert "after November 18, 2026, at 10:21" in refusal(case, carla.user, now)
    assert Entry.objects.filter(author=carla.user).count() == 3
    write(case, carla.user, now + timedelta(minutes=21))


def test_messages_a_day(few: None, open_case: OpenCase, carla: Customer, now: datetime) -> None:
    case = open_case()
    for n in range(5):
        write(case, carla.user, now + timedelta(minutes=30 * n))
    later = now + timedelta(hours=3)
    assert "November 18, 2026, at 2:49" in refusal(case, carla.user, later).replace("\u202f", " ")


def test_files_count_each(few: None, open_case: OpenCase, carla: Customer, sign_in: SignIn) -> None:
    address, client = reverse("portal_messages", args=[open_case().number]), sign_in(carla.user)

    def send(count: int) -> int:
        chosen = [
            SimpleUploadedFile(f"{n}.jpg", image_bytes((40 + count, 40 + n))) for n in range(count)
        ]
        return client.post(address, {"body": "", "evidence": chosen}).status_code

    assert [send(3), send(2), send(1)] == [302, 422, 302]
    assert Evidence.objects.count() == 4


def test_files_sent_ahead_count_too_but_not_those_of_staff(
    few: None, open_case: OpenCase, carla: Customer, ana: User, sign_in: SignIn
) -> None:
    def send(by: User) -> list[int]:
        client, page = sign_in(by), reverse("uploads")
        return [client.post(page, {"form": "/x/", "evidence": ""}).status_code for _ in range(10)]

    assert send(carla.user) == [400] * 8 + [422] * 2
    assert send(ana) == [400] * 10


def test_files_and_uploads_a_day(
    few: None, open_case: OpenCase, carla: Customer, dan: Customer, now: datetime
) -> None:
    """4 an hour and 6 a day; twice as many ahead of their form. Other customers' don't count."""
    case, later = open_case(), now + timedelta(hours=1)

    def send(count: int, at: datetime) -> None:
        photos = [
            SimpleUploadedFile(f"{n}.jpg", image_bytes((40 + n, at.hour + at.minute)))
            for n in range(count)
        ]
        files = [actions.Upload(evidence.inspect(each, name=each.name), each) for each in photos]
        actions.add_customer_message(case=case, body="", files=files, by=carla.user, now=at)

    send(4, now)
    send(2, later)
    with pytest.raises(ValidationError, match="more after"):
        send(1, later + timedelta(minutes=30))
    for at, count in ((now, 8), (later, 4)):
        for _ in range(count):
            actions.count_upload(by=carla.user, now=at)
    with pytest.raises(ValidationError, match="more after"):
        actions.count_upload(by=carla.user, now=later)
    actions.count_upload(by=dan.user, now=later)


def test_what_is_refused_for_another_reason_does_not_count(
    few: None,
    open_case: OpenCase,
    carla: Customer,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = open_case()
    with monkeypatch.context() as broken:
        module = import_module("cases.actions.add_customer_message")
        broken.setattr(module, "add_words", lambda *a, **b: 1 / 0)
        for _ in range(9):
            with pytest.raises(ZeroDivisionError):
                write(case, carla.user, now)
    write(case, carla.user, now)


def test_others_are_not_slowed_down(
    few: None, open_case: OpenCase, carla: Customer, dan: Customer, dans_lease: Lease, now: datetime
) -> None:
    case, dans = open_case(), open_case(lease=dans_lease)
    for _ in range(3):
        write(case, carla.user, now)
    refusal(case, carla.user, now)
    for _ in range(3):
        write(dans, dan.user, now)


def test_the_page_says_it_and_keeps_what_was_typed(
    few: None, open_case: OpenCase, carla: Customer, sign_in: SignIn
) -> None:
    case, client = open_case(), sign_in(carla.user)
    address = reverse("portal_messages", args=[case.number])
    for n in range(3):
        assert client.post(address, {"body": f"Mensaje {n}"}).status_code == 302
    answer = client.post(address, {"body": "El sofá tiene una pata rota."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nos ha enviado mucho en poco tiempo" in page
    assert "El sofá tiene una pata rota.</textarea>" in page


# Checks that no other test would notice missing.


def test_nobody_writes_in_another_customers_name(
    open_case: OpenCase, carla: Customer, dan: Customer, ana: User, now: datetime
) -> None:
    case = open_case()
    for other in (dan.user, ana):
        with pytest.raises(PermissionDenied):
            write(case, other, now)
    assert not Entry.objects.filter(author=dan.user).exists()


def test_an_agreement_is_acknowledged_in_its_own_case_only(
    open_case: OpenCase, carla: Customer, ana: User, now: datetime, sign_in: SignIn
) -> None:
    """The address names both: neither another case of hers nor another customer opens it."""
    case, other = open_case(), open_case()
    agreed = actions.Agreed(
        party="company", what="Devolver el cargo", language="es", due_on=now.date() + timedelta(7)
    )
    actions.make_promise(case=case, agreed=agreed, by=ana, now=now)
    promise = Promise.objects.get()
    client = sign_in(carla.user)
    wrong = reverse("portal_acknowledgement", args=[other.number, promise.pk])
    assert client.post(wrong).status_code == 404
    promise.refresh_from_db()
    assert promise.acknowledged_at is None
    right = reverse("portal_acknowledgement", args=[case.number, promise.pk])
    assert client.post(right).status_code == 302
    promise.refresh_from_db()
    assert promise.acknowledged_at is not None


def test_nobody_acknowledges_for_another(
    open_case: OpenCase, dan: Customer, ana: User, now: datetime
) -> None:
    case = open_case()
    agreed = actions.Agreed(
        party="company", what="Devolver el cargo", language="es", due_on=now.date() + timedelta(7)
    )
    actions.make_promise(case=case, agreed=agreed, by=ana, now=now)
    for other in (dan.user, ana):
        with pytest.raises(PermissionDenied):
            actions.acknowledge_promise(promise=Promise.objects.get(), by=other, now=now)
