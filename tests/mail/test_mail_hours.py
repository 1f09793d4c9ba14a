"""Mails no one asked for wait for the customer's hours, however they came to be late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from cases.models import Case, FollowUp
from leases.models import Customer, Lease, LeaseMail
from mail.models import Email
from tests.mail.conftest import LEASE_MAILS
from tests.mails import goes_at

# Carla: Monday to Friday, five to eight in the evening, in Chicago.
NIGHT = datetime(2026, 11, 19, 5, 30, tzinfo=UTC)  # Wednesday, half past eleven at night
NEXT_EVENING = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)


@pytest.mark.requirement("R19")
@pytest.mark.parametrize("template", ["follow_up", "promise_due", "promise_broken"])
def test_what_nobody_asked_for_waits_for_the_customers_hours(
    open_case: Callable[..., Case], post: Callable[..., Email], template: str
) -> None:
    mail = post("follow_up", case=open_case())
    mail.template.key = template
    assert goes_at(mail, NIGHT) == NEXT_EVENING
    assert goes_at(mail, NEXT_EVENING) == NEXT_EVENING


def test_an_answer_goes_at_any_hour(
    open_case: Callable[..., Case], post: Callable[..., Email]
) -> None:
    assert goes_at(post("message_added", case=open_case()), NIGHT) == NIGHT
    assert goes_at(post("sign_in_code", params={}), NIGHT) == NIGHT


def test_a_mail_that_somebody_sends_themselves_as_a_test_goes_at_once(
    open_case: Callable[..., Case], post: Callable[..., Email]
) -> None:
    assert goes_at(post("follow_up", case=open_case(), is_test=True), NIGHT) == NIGHT


def test_a_follow_up_with_another_text_waits_too(
    open_case: Callable[..., Case], post: Callable[..., Email]
) -> None:
    case = open_case()
    follow_up = FollowUp.objects.create(
        case=case, on=NIGHT.date(), send_at=NIGHT, by=case.opened_by, at=NIGHT
    )
    mail = post("status_changed", case=case, follow_up=follow_up)
    assert goes_at(mail, NIGHT) == NEXT_EVENING


def test_notices_about_a_lease_wait_for_its_customer(
    lease: Lease, post: Callable[..., Email]
) -> None:
    mail = post(
        "approval_expired",
        params=LEASE_MAILS["approval_expired"],
        links=[LeaseMail(lease=lease)],
    )
    assert goes_at(mail, NIGHT) == NEXT_EVENING


@pytest.mark.parametrize(
    ("hours_left", "goes"),
    [
        (20, NEXT_EVENING),
        # Nine in the morning: the company's hours, because Carla's begin too late.
        (12, datetime(2026, 11, 19, 15, 0, tzinfo=UTC)),
    ],
)
def test_a_warning_does_not_wait_past_what_it_warns_of(
    lease: Lease, post: Callable[..., Email], hours_left: int, goes: datetime
) -> None:
    expires_at = NIGHT + timedelta(hours=hours_left)
    params = LEASE_MAILS["approval_expiring"] | {"expires_at": expires_at.isoformat()}
    assert (
        goes_at(post("approval_expiring", params=params, links=[LeaseMail(lease=lease)]), NIGHT)
        == goes
    )


def test_the_companys_hours_count_where_the_customer_named_none(
    carla: Customer, open_case: Callable[..., Case], post: Callable[..., Email]
) -> None:
    Customer.objects.filter(pk=carla.pk).update(
        available_days=[], available_from=None, available_to=None, time_zone="America/Los_Angeles"
    )
    mail = post("follow_up", case=open_case())
    evening = datetime(2026, 11, 19, 3, 59, tzinfo=UTC)  # one to eight in Los Angeles
    assert goes_at(mail, evening) == evening
    morning = datetime.combine(datetime(2026, 11, 19, tzinfo=UTC), time(17), UTC)
    assert goes_at(mail, evening + timedelta(minutes=1)) == morning
