"""A case that began without a lease gets one, and loses it again if it was the wrong one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.enums import CaseStatus, FlagKind, Visibility
from cases.models import Case, FollowUp
from leases.contact_wishes import Wishes
from leases.enums import WishSource
from leases.models import Customer, Lease
from mail import outbox
from mail.enums import EmailState
from mail.models import Email
from tests.pages import text
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R71")]


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    """Carla's, who couldn't find her number; Ana didn't find the lease."""
    contact = actions.Contact(why="not_found", name="Carla Peña", phone="210 555 0134")
    return open_case(lease=None, contact=contact)


def end(case: Case, by: User, now: datetime) -> None:
    case.refresh_from_db()
    update = actions.Update(
        body="Listo.", visibility=Visibility.PUBLIC, language="es",
        to_status=CaseStatus.RESOLVED, outcome="other_case",
    )  # fmt: skip
    actions.update_case(case=case, version=case.version, update=update, by=by, now=now)


def test_from_then_on_the_case_is_the_customers(
    case: Case, lease: Lease, ana: User, carla: Customer, now: datetime
) -> None:
    actions.attach_lease(case=case, lease=lease, by=ana, now=now)
    case = Case.objects.visible_to(carla.user).get()
    assert case.person == carla
    event = case.entries.get(event="lease_attached")
    assert (event.author, event.is_public) == (ana, False)
    assert event.params == {"account_number": "104477312"}
    update = actions.Update(body="Hola", visibility=Visibility.PUBLIC, language="es")
    actions.update_case(case=case, version=case.version, update=update, by=ana, now=now)
    assert Email.objects.get().to == "carla@example.com"


def test_it_is_undone_within_the_cases_history(
    case: Case, lease: Lease, ana: User, carla: Customer, now: datetime
) -> None:
    actions.attach_lease(case=case, lease=lease, by=ana, now=now)
    actions.set_follow_up(case=case, on=date(2026, 11, 20), message="Hola", by=ana, now=now)
    case = actions.detach_lease(case=case, by=ana, now=now)
    assert case.person.name == "Carla Peña"
    assert not Case.objects.visible_to(carla.user).exists()
    assert case.entries.filter(event__in=["lease_attached", "lease_detached"]).count() == 2
    assert FollowUp.objects.get().cancelled_at == now  # there's no address to send it to
    actions.attach_lease(case=case, lease=lease, by=ana, now=now)


def test_what_can_not_be_attached_says_why(
    case: Case, lease: Lease, dans_lease: Lease, ana: User, now: datetime
) -> None:
    def attach(to: Lease, **fields: Any) -> str | None:
        return refusal(lambda: actions.attach_lease(case=case, lease=to, by=ana, now=now, **fields))

    assert attach(dans_lease) == "lease_of_another"
    actions.attach_lease(case=case, lease=lease, by=ana, now=now)
    assert attach(lease) == "lease_attached"
    assert attach(dans_lease, is_certain=True) == "case_has_lease"
    assert case.entries.filter(event="lease_attached").count() == 1


def test_an_ended_case_keeps_what_it_is_about(
    case: Case, lease: Lease, ana: User, now: datetime
) -> None:
    end(case, ana, now)
    act = lambda: actions.attach_lease(case=case, lease=lease, by=ana, now=now)  # noqa: E731
    assert refusal(act) == "case_over"


def test_only_what_was_attached_is_detached(
    case: Case, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    assert refusal(lambda: actions.detach_lease(case=case, by=ana, now=now)) == "no_lease_attached"
    about_it = open_case()
    undo = lambda: actions.detach_lease(case=about_it, by=ana, now=now)  # noqa: E731
    assert refusal(undo) == "opened_with_lease"


@pytest.mark.parametrize("visibility", [Visibility.INTERNAL, Visibility.PUBLIC])
def test_what_one_customer_was_told_is_never_anothers_to_read(
    case: Case, lease: Lease, dans_lease: Lease, ana: User, now: datetime, visibility: Visibility
) -> None:
    case = actions.attach_lease(case=case, lease=lease, by=ana, now=now)
    update = actions.Update(body="Debe 38.46", visibility=visibility, language="es")
    actions.update_case(case=case, version=case.version, update=update, by=ana, now=now)
    actions.detach_lease(case=case, by=ana, now=now)

    def attach(to: Lease) -> Case:
        return actions.attach_lease(case=case, lease=to, is_certain=True, by=ana, now=now)

    if visibility == Visibility.INTERNAL:
        assert attach(dans_lease).lease == dans_lease
    else:
        assert refusal(lambda: attach(dans_lease)) == "told_another"
        assert attach(lease).lease == lease  # hers again


def test_only_who_works_cases(
    case: Case, lease: Lease, mateo: User, carla: Customer, now: datetime
) -> None:
    for outsider in (mateo, carla.user):
        with pytest.raises(PermissionDenied):
            actions.attach_lease(case=case, lease=lease, by=outsider, now=now)
        with pytest.raises(PermissionDenied):
            actions.detach_lease(case=case, by=outsider, now=now)


def test_the_page_says_first_what_the_customer_will_see(
    case: Case, lease: Lease, ben: User, sign_in: Callable[..., Client]
) -> None:
    address = reverse("case_lease", args=[case.number])
    client = sign_in(ben)
    assert f'href="{address}?q=%2B12105550134"' in text(
        client.get(reverse("case", args=[case.number]))
    )
    page = text(client.get(address, {"q": "+12105550134"}))
    assert "carla@example.com" in page
    assert "will see the case in the portal" in page
    assert "1 public entry" in page
    done = client.post(address, {"lease": lease.account_number}, follow=True)
    assert "Carla Peña sees this case in the portal now." in text(done)
    undone = client.post(reverse("case_lease_detachment", args=[case.number]), follow=True)
    assert "This case has no lease." in text(undone)


def test_somebody_elses_lease_takes_a_second_look(
    case: Case, dans_lease: Lease, ben: User, sign_in: Callable[..., Client]
) -> None:
    client, address = sign_in(ben), reverse("case_lease", args=[case.number])
    sent = {"lease": dans_lease.account_number, "q": "Dan"}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert refused.context["form"].errors.as_data()["is_certain"][0].code == "lease_of_another"
    assert "Dan Miller" in text(refused)
    assert client.post(address, sent | {"is_certain": "on"}).status_code == 302


@pytest.mark.parametrize("number", ["000000000", "260000017\0", "no such"])
def test_foreign_and_unknown_numbers_are_alike(
    case: Case, ben: User, sign_in: Callable[..., Client], number: str
) -> None:
    address = reverse("case_lease", args=[case.number])
    refused = sign_in(ben).post(address, {"lease": number})
    assert refused.status_code == 422
    codes = [each.code for each in refused.context["form"].errors.as_data()["lease"]]
    assert codes in (["invalid_choice"], ["null_characters_not_allowed"])


@pytest.mark.requirement("R76", "R82")
@pytest.mark.parametrize("reason", ["attorney", "no_calls"])
def test_a_call_planned_before_the_customer_was_known_is_canceled(
    case: Case, lease: Lease, open_case: Callable[..., Case], ana: User, carla: Customer,
    now: datetime, reason: str,
) -> None:  # fmt: skip
    planned = actions.set_follow_up(
        case=case, on=date(2026, 11, 20), channel="phone", message="Hola", by=ana, now=now
    )
    if reason == "attorney":
        marta = actions.Attorney(name="Marta Gil")
        actions.flag_case(case=open_case(), kind=FlagKind.ATTORNEY, attorney=marta, by=ana, now=now)
    else:
        actions.change_wishes(
            customer=carla, wishes=Wishes(no_calls=True), source=WishSource.CALL, by=ana, now=now
        )
    actions.attach_lease(case=case, lease=lease, by=ana, now=now)
    planned.refresh_from_db()
    assert planned.cancel_reason == reason


@pytest.mark.requirement("R71")
@pytest.mark.parametrize("address", ["", "c.pena@example.com"])
def test_a_mail_that_waits_does_not_go_to_the_customer_of_a_lease_taken_back(
    open_case: Callable[..., Case], lease: Lease, ana: User, now: datetime, address: str, inbox: Any
) -> None:
    contact = actions.Contact(why="not_found", name="Carla Peña", email=address)
    case = open_case(lease=None, contact=contact)
    outbox.drain(now=lambda: now)
    case = actions.attach_lease(case=case, lease=lease, is_certain=True, by=ana, now=now)
    update = actions.Update(body="Hola", visibility=Visibility.PUBLIC, language="es")
    actions.update_case(case=case, version=case.version, update=update, by=ana, now=now)
    actions.detach_lease(case=Case.objects.get(pk=case.pk), by=ana, now=now)
    outbox.drain(now=lambda: now)
    waiting = Email.objects.order_by("pk").last()
    assert waiting is not None
    if address:
        assert (waiting.to, waiting.state) == (address, EmailState.SENT)
    else:
        assert waiting.state == EmailState.FAILED
