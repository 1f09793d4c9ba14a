"""What to know before speaking with someone stands wherever an agent meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases.actions import Attorney, change_wishes, flag_case, lift_flag, start_call
from cases.enums import FlagKind
from cases.models import Case, CaseFlag
from cases.queries.flags import flags_of_people
from leases.contact_wishes import Wishes
from leases.enums import WishSource
from leases.models import Customer, Lease
from telephone.actions import record_event
from telephone.models import PhoneLine
from telephone.reading import read_event

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R76")]
SIGNS = ("Attorney: Marta Ruiz", "Legal hold", "No calls")
HOURS = "5:00 PM to 8:00 PM"


@pytest.fixture
def flagged(open_case: Callable[..., Case], carla: Customer, ana: User, now: datetime) -> CaseFlag:
    """In two of Carla's cases."""
    attorney = Attorney(name="Marta Ruiz", email="marta@ruiz.example")
    made = flag_case(case=open_case(), kind=FlagKind.ATTORNEY, attorney=attorney, by=ana, now=now)
    flag_case(case=open_case(kind="return"), kind=FlagKind.LEGAL_HOLD, by=ana, now=now)
    Customer.objects.filter(pk=carla.pk).update(no_calls=True)
    return made


@pytest.fixture
def pages(
    ben: User, lease: Lease, sign_in: Callable[[User], Client], settings: Any, now: datetime
) -> Callable[[], Iterator[tuple[str, str]]]:
    """What an agent sees where Carla is met."""
    settings.TELEPHONE_SECRETS = ["cable-submarino-de-pruebas"]
    PhoneLine.objects.create(agent=ben, extension="101")
    client = sign_in(ben)
    draft = start_call(by=ben, now=now, lease=lease)

    def seen() -> Iterator[tuple[str, str]]:
        told = {"event": "newCall", "from": "+12105550134", "to": "101", "direction": "in"}
        record_event(read_event({**told, "callId": "1"}), now=timezone.now())
        for address in (
            "/find/suggest/?q=carla",
            reverse("ringing"),
            reverse("phone_calls") + "?view=all",
            reverse("lease", args=[lease.account_number]),
            reverse("call", args=[draft.number]),
        ):
            yield address, " ".join(unescape(client.get(address).content.decode()).split())

    return seen


def test_an_agent_sees_it_wherever_the_customer_is_met(
    flagged: CaseFlag, pages: Callable[[], Iterator[tuple[str, str]]]
) -> None:
    for address, page in pages():
        for sign in SIGNS:
            assert sign in page, (address, sign)
        # Almost everyone has some: where rows are many, they would hide what is rare.
        assert (HOURS in page) is not address.startswith("/find/"), address


def test_without_flags_nothing_is_said_of_them(
    lease: Lease, pages: Callable[[], Iterator[tuple[str, str]]]
) -> None:
    for address, page in pages():
        assert "Carla Peña" in page, address
        assert "Attorney:" not in page, address


def test_a_flag_that_was_removed_is_gone(
    flagged: CaseFlag, carla: Customer, ana: User, sofia: User, now: datetime
) -> None:
    assert [str(each) for each in flags_of_people([carla], user=ana)[carla.pk].kinds] == [
        "attorney",
        "legal_hold",
    ]
    lift_flag(flag=flagged, reason="Error.", by=sofia, now=now)
    assert flags_of_people([carla], user=ana)[carla.pk].attorney is None


def test_only_who_works_cases_sees_it(
    flagged: CaseFlag, lease: Lease, mateo: User, carla: Customer, dan: Customer,
    sign_in: Callable[[User], Client], django_assert_num_queries: Callable[[int], Any], ana: User,
) -> None:  # fmt: skip
    assert flags_of_people([carla], user=mateo) == {}
    page = sign_in(mateo).get(reverse("lease", args=[lease.account_number])).content.decode()
    assert "Marta Ruiz" not in page
    with django_assert_num_queries(2):
        assert set(flags_of_people([carla, dan], user=ana)) == {carla.pk}


def test_a_new_wish_shows_at_once(
    lease: Lease, carla: Customer, ana: User, now: datetime,
    pages: Callable[[], Iterator[tuple[str, str]]],
) -> None:  # fmt: skip
    wishes = Wishes(channel="letter")
    change_wishes(customer=carla, wishes=wishes, source=WishSource.CALL, by=ana, now=now)
    for address, page in pages():
        assert "Prefers letters" in page, address


def test_the_goodbye_says_who_is_written_to_and_what_to_honor(
    flagged: CaseFlag,
    open_case: Callable[..., Case],
    lease: Lease,
    ben: User,
    sofia: User,
    sign_in: Callable[[User], Client],
    now: datetime,
) -> None:
    draft = start_call(by=ben, now=now, lease=lease)
    client, address = sign_in(ben), reverse("call", args=[draft.number])

    def goodbye() -> str:
        page = unescape(client.get(address).content.decode())
        panel = page.partition('id="goodbye"')[2].partition("</section>\n    </div>\n  </form>")[0]
        return " ".join(panel.split())

    said = goodbye()
    assert "Attorney: Marta Ruiz" in said
    assert "Marta Ruiz represents Carla Peña. Emails go to marta@ruiz.example instead." in said
    assert "What Marta Ruiz gets" in said
    assert ">marta@ruiz.example</span>" in said
    assert "carla@example.com" not in said
    newer = flag_case(
        case=open_case(kind="payment"),
        kind=FlagKind.ATTORNEY,
        attorney=Attorney(name="Luis Vega"),
        by=ben,
        now=now + timedelta(minutes=1),
    )
    said = goodbye()
    assert "Luis Vega represents Carla Peña. Emails are held" in said
    assert ">held</span>" in said
    for flag in (flagged, newer):
        lift_flag(flag=flag, reason="Mistake.", by=sofia, now=now + timedelta(minutes=2))
    said = goodbye()
    assert "Legal hold" in said
    assert "Don’t promise a call: Carla Peña gets the next step in writing." in said
    assert ">carla@example.com</span>" in said
