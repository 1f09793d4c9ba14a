"""What people do about mails that may have arrived, didn't, and addresses that can't
receive email.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import User
from cases import actions
from cases.models import Case, CaseMail
from cases.queries import mails as queries
from leases import actions as lease_actions
from leases.mails.plan_payment_due import PLAN_PAYMENT_DUE
from leases.models import Customer, Lease, LeaseMail
from mail.enums import EmailState, Settlement, SuppressionReason
from mail.models import Email, SuppressedAddress
from mail.outbound.send import send_mail
from mail.texts import current_texts
from tests.mail.conftest import CASE_PARAMS, LEASE_MAILS, STAFF_MAILS, Clock
from tests.mail.smtp_server import ScriptedServer
from tests.mails import edited, forget

pytestmark = pytest.mark.django_db
S = EmailState
PARAMS = LEASE_MAILS["plan_cancelled"]
PAGES = "/correspondence/"


@pytest.fixture
def unsure(open_case: Callable[..., Case], post: Callable[..., Email]) -> Email:
    """A notice about Carla's plan that was sent and not answered."""
    case = open_case()
    Email.objects.update(state=S.WITHDRAWN)
    mail = post("plan_cancelled", params=PARAMS, case=case, entry=case.entries.first())
    Email.objects.filter(pk=mail.pk).update(state=S.UNCERTAIN, error="text no answer")
    return Email.objects.get(pk=mail.pk)


def test_supervisor_sees_what_was_sent_to_whom(
    unsure: Email, sofia: User, sign_in: Callable[..., Client]
) -> None:
    page = sign_in(sofia).get(f"{PAGES}uncertain/").content.decode()
    for words in ("carla@example.com", "Carla Peña", "tel:+12105550134", "5:00"):
        assert words in page
    assert "Plan cancelado" in page
    assert "pero el servidor no lo confirmó" in page
    assert f"/cases/{unsure.casemail.case.number}/" in page
    assert "18 de noviembre de 2026" in page  # the text as it was
    assert re.search(
        r"<summary>Ya no hace falta</summary>.*value=\"dropped\".*</details>", page, re.S
    )
    overview = sign_in(sofia).get(PAGES).content.decode()
    assert '<span class="badge" data-tone="warn">1</span>' in overview


@pytest.mark.parametrize("settlement", ["arrived", "dropped"])
def test_decision_ends_it(
    settlement: str, unsure: Email, sofia: User, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(sofia)
    address = f"{PAGES}uncertain/{unsure.pk}/settlement/"
    answer = client.post(address, {"settlement": settlement}, follow=True)
    assert [each.level_tag for each in answer.context["messages"]] == ["success"]
    unsure.refresh_from_db()
    assert (unsure.settlement, unsure.settled_by) == (settlement, sofia)
    assert not Email.objects.filter(state=S.PENDING).exists()
    case = client.get(f"/cases/{unsure.casemail.case.number}/").content.decode()
    with translation.override("es"):
        assert str(Settlement(settlement).label) in case


def test_sent_again_says_the_same(
    unsure: Email, sofia: User, now: datetime, server: ScriptedServer, clock: Clock
) -> None:
    """In the words of that time, whatever the text is now; only once."""
    edited(
        "plan_cancelled", now=now,
        subject_en="New", subject_es="Nuevo", body_en="New", body_es="Nuevo",
    )  # fmt: skip
    actions.settle_email(email=unsure, settlement=Settlement.RESENT, by=sofia, now=now)
    again = Email.objects.get(key=f"again:{unsure.pk}")
    assert (again.template, again.language, again.params, again.casemail.entry) == (
        unsure.template,
        "es",
        PARAMS,
        unsure.casemail.entry,
    )
    with pytest.raises(ValidationError) as refused:
        actions.settle_email(email=unsure, settlement=Settlement.RESENT, by=sofia, now=now)
    assert refused.value.code == "mail_settled"
    assert send_mail(now=clock).sent == 1
    assert len(server.stored) == 1


def test_only_supervisors_decide(unsure: Email, ana: User, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.settle_email(email=unsure, settlement=Settlement.ARRIVED, by=ana, now=now)


def test_what_opens_an_account_is_not_shown(
    post_code: Callable[..., Email], sofia: User, sign_in: Callable[..., Client]
) -> None:
    post_code()
    Email.objects.update(state=S.UNCERTAIN, params={})
    assert "carla" not in sign_in(sofia).get(f"{PAGES}uncertain/").content.decode()
    Email.objects.update(state=S.FAILED)
    assert "carla" not in sign_in(sofia).get(f"{PAGES}failed/").content.decode()


@pytest.fixture
def refused(
    open_case: Callable[..., Case],
    post: Callable[..., Email],
    server: ScriptedServer,
    clock: Clock,
    now: datetime,
) -> SuppressedAddress:
    """Carla's address was refused for good, and a second mail was held."""
    open_case()
    server.next("RCPT", "550 5.1.1 nobody here")
    send_mail(now=clock)
    post(now=now)
    assert send_mail(now=clock).failed == 1
    return SuppressedAddress.objects.get()


def test_agent_is_told_whom_to_call(
    refused: SuppressedAddress, ana: User, sign_in: Callable[..., Client]
) -> None:
    page = sign_in(ana).get(f"{PAGES}addresses/").content.decode()
    for words in ("carla@example.com", "Carla Peña", "tel:+12105550134", "Caso abierto"):
        assert words in page
    assert f"/cases/{Case.objects.get().number}/" in page
    assert "Respuesta del servidor:" in page
    assert "550 5.1.1" in page
    assert "rcpt" not in page
    failed = sign_in(ana).get(f"{PAGES}failed/").content.decode()
    assert failed.count("carla@example.com") == 2
    assert "rcpt" not in failed


def test_right_address_gets_what_was_held_back(
    refused: SuppressedAddress,
    ana: User,
    sign_in: Callable[..., Client],
    server: ScriptedServer,
    clock: Clock,
) -> None:
    Email.objects.update(created_at=timezone.now())
    address = f"{PAGES}addresses/{refused.pk}/lift/"
    page = sign_in(ana).post(address, follow=True).content.decode()
    assert "Ahora salen 2 correos." in page
    assert send_mail(now=lambda: clock.now + timedelta(days=900)).sent == 2
    assert set(Email.objects.values_list("state", flat=True)) == {S.SENT}
    refused.refresh_from_db()
    assert refused.lifted_by == ana
    with pytest.raises(ValidationError) as twice:
        actions.lift_address(address=refused, by=ana, now=clock.now)
    assert twice.value.code == "address_lifted"


def test_new_address_gets_what_the_old_one_did_not(
    refused: SuppressedAddress,
    carla: Customer,
    ana: User,
    sign_in: Callable[..., Client],
    server: ScriptedServer,
    clock: Clock,
) -> None:
    carla.email = "carla.pena@example.com"
    lease_actions.revise_customer(customer=carla, by=None, now=clock())
    forget(Email.objects.filter(template__key="address_changed"))
    page = sign_in(ana).get(f"{PAGES}addresses/").content.decode()
    assert "carla.pena@example.com" in page
    case = Case.objects.get()
    CaseMail.objects.bulk_create(
        CaseMail(email=each, case=case) for each in Email.objects.filter(casemail=None)
    )
    assert actions.lift_address(address=refused, by=ana, now=clock.now).sent == 2
    assert send_mail(now=clock).sent == 2
    assert {message["To"] for message in server.messages} == {"carla.pena@example.com"}


def test_what_was_held_back_for_too_long_is_not_sent(
    refused: SuppressedAddress, ana: User, sign_in: Callable[..., Client]
) -> None:
    """Not even in the other spelling of the same address."""
    old, new = Email.objects.order_by("created_at", "pk")
    now = timezone.now()
    Email.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=200))
    Email.objects.filter(pk=new.pk).update(created_at=now - timedelta(days=6))
    client = sign_in(ana)
    page = client.get(f"{PAGES}addresses/").content.decode()
    assert "2 correos" in page
    assert "1 tiene más de 7 días y ya no se envía." in page
    page = client.post(f"{PAGES}addresses/{refused.pk}/lift/", follow=True).content.decode()
    assert "Ahora sale 1 correo." in page
    assert "1 correo era demasiado antiguo y ya no se envía." in page
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.error, new.state) == (S.WITHDRAWN, "stale", S.PENDING)


def test_address_of_another_alphabet_is_held_and_lifted_like_any(
    carla: Customer,
    post: Callable[..., Email],
    ana: User,
    sign_in: Callable[..., Client],
    clock: Clock,
) -> None:
    Customer.objects.filter(pk=carla.pk).update(email="carla@münchen.example")
    held = post(to="carla@münchen.example")
    actions.came_back(
        address="Carla@xn--mnchen-3ya.example",
        reason=SuppressionReason.BOUNCED,
        error="provider bounced",
        email=None,
        now=clock.now,
    )
    send_mail(now=clock)
    page = sign_in(ana).get(f"{PAGES}addresses/").content.decode()
    for words in ("carla@münchen.example", "Carla Peña", "1 correo"):
        assert words in page
    address = SuppressedAddress.objects.get()
    assert actions.lift_address(address=address, by=ana, now=clock.now) == (1, 0)
    held.refresh_from_db()
    assert held.state == S.PENDING


@pytest.fixture
def relay(post: Callable[..., Email], now: datetime) -> list[Email]:
    """Mails that a misconfigured relay refused, and one that failed otherwise."""
    mails = [post(to=f"ada{number}@example.com") for number in range(4)]
    Email.objects.update(state=S.FAILED, error="rcpt 550 5.7.1", attempts=1)
    Email.objects.filter(pk=mails[-1].pk).update(error="text 554 5.6.0")
    return mails


def test_all_that_failed_alike_goes_out_again_at_once(
    relay: list[Email], sofia: User, sign_in: Callable[..., Client], now: datetime
) -> None:
    Email.objects.update(created_at=timezone.now())
    client = sign_in(sofia)
    page = client.get(f"{PAGES}failed/").content.decode()
    assert "Reenviar los 3 correos" in page
    page = client.post(
        f"{PAGES}failed/retry/", {"failure": "rcpt 550 5.7.1"}, follow=True
    ).content.decode()
    assert "Se reenviarán 3 correos." in page
    assert Email.objects.filter(state=S.PENDING, error="", attempts=0).count() == 3
    page = client.post(f"{PAGES}failed/retry/", {"failure": "\0"}, follow=True).content.decode()
    assert "No quedaba nada por reenviar." in page


def test_reports_of_one_status_are_alike(relay: list[Email], sofia: User, now: datetime) -> None:
    for number, mail in enumerate(relay[:3]):
        Email.objects.filter(pk=mail.pk).update(error=f"5.7.26 smtp; 550 {number}@mx.example")
    [failure] = queries.failures(user=sofia, now=now)
    assert (failure.error, failure.mails) == ("5.7.26", 3)
    assert actions.retry_failed(failure="5.7.26", by=sofia, now=now) == 3


def test_what_must_not_go_stays(
    relay: list[Email], lease: Lease, sofia: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dead address's mail, an old one; for a customer who moved, it goes to the new address."""
    monkeypatch.setattr(import_module("cases.actions.retry_email"), "BATCH", 1)
    dead, old, moved, _ = relay
    SuppressedAddress.objects.create(address=dead.to, reason=SuppressionReason.BOUNCED, at=now)
    Email.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=8))
    Email.objects.filter(pk=moved.pk).update(params={"account_number": lease.account_number})
    LeaseMail.objects.create(email=moved, lease=lease)
    assert actions.retry_failed(failure="rcpt 550 5.7.1", by=sofia, now=now) == 1
    moved.refresh_from_db()
    assert (moved.state, moved.to) == (S.PENDING, lease.customer.email)
    assert Email.objects.filter(state=S.FAILED).count() == 3


def test_a_test_of_a_text_is_not_sent_again_with_the_others(
    relay: list[Email], sofia: User, now: datetime
) -> None:
    [before] = queries.failures(user=sofia, now=now)
    Email.objects.filter(pk=relay[0].pk).update(is_test=True)
    [failure] = queries.failures(user=sofia, now=now)
    assert failure.mails == before.mails - 1
    assert actions.retry_failed(failure=failure.error, by=sofia, now=now) == failure.mails


def test_only_supervisors_send_many_again(
    relay: list[Email], ana: User, sign_in: Callable[..., Client], now: datetime
) -> None:
    Email.objects.update(created_at=timezone.now())
    client = sign_in(ana)
    assert "Reenviar los" not in client.get(f"{PAGES}failed/").content.decode()
    with pytest.raises(PermissionDenied):
        actions.retry_failed(failure="rcpt 550 5.7.1", by=ana, now=now)


def test_mail_that_failed_is_tried_again_by_hand(
    post: Callable[..., Email],
    ana: User,
    sign_in: Callable[..., Client],
    server: ScriptedServer,
    clock: Clock,
) -> None:
    mail = post()
    server.next("DOT", "554 5.6.0 looks like spam")
    send_mail(now=clock)
    sign_in(ana).post(f"{PAGES}failed/{mail.pk}/retry/")
    clock.move(days=900)
    assert send_mail(now=clock).sent == 1


def test_suppressed_address_first(refused: SuppressedAddress, ana: User, now: datetime) -> None:
    with pytest.raises(ValidationError) as error:
        actions.retry_email(email=Email.objects.all()[0], by=ana, now=now)
    assert error.value.code == "address_suppressed"


def test_sent_mail_is_not_tried_again(post: Callable[..., Email], ana: User, now: datetime) -> None:
    with pytest.raises(ValidationError) as error:
        actions.retry_email(email=post(), by=ana, now=now)
    assert error.value.code == "mail_not_failed"


def test_weekly_report_is_for_supervisors(
    post: Callable[..., Email], ana: User, sofia: User, sign_in: Callable[..., Client]
) -> None:
    mail = post("weekly_report", params=STAFF_MAILS["weekly_report"])
    Email.objects.update(state=S.FAILED, error="text 554")
    assert "carla@example.com" in sign_in(sofia).get(f"{PAGES}failed/").content.decode()
    client = sign_in(ana)
    assert "carla@example.com" not in client.get(f"{PAGES}failed/").content.decode()
    assert client.post(f"{PAGES}failed/{mail.pk}/retry/").status_code == 404


def test_mail_without_words_does_not_hide_the_others(
    unsure: Email, post: Callable[..., Email], sofia: User, sign_in: Callable[..., Client]
) -> None:
    broken = post(to="dan@example.com", params=CASE_PARAMS | {"due_on": 26})
    Email.objects.filter(pk=broken.pk).update(state=S.UNCERTAIN)
    page = sign_in(sofia).get(f"{PAGES}uncertain/").content.decode()
    assert "dan@example.com" in page
    assert "carla@example.com" in page


def test_what_a_supervisor_sends_again_goes_out_whatever_has_changed_since(
    unsure: Email, sofia: User, now: datetime, server: ScriptedServer, clock: Clock
) -> None:
    """They read why it may no longer be true, and decided."""
    due = current_texts([PLAN_PAYMENT_DUE], now=now)["plan_payment_due"]
    Email.objects.filter(pk=unsure.pk).update(
        template=due, params=LEASE_MAILS["plan_payment_due"]
    )  # about a payment that is no longer in any plan
    actions.settle_email(email=unsure, settlement=Settlement.RESENT, by=sofia, now=now)
    assert send_mail(now=clock).sent == 1


def test_a_test_that_is_sent_again_is_still_a_test(
    unsure: Email, sofia: User, now: datetime
) -> None:
    Email.objects.filter(pk=unsure.pk).update(is_test=True)
    actions.settle_email(email=unsure, settlement=Settlement.RESENT, by=sofia, now=now)
    assert Email.objects.get(key=f"again:{unsure.pk}").is_test


@pytest.mark.parametrize("again", ["resent", "retried"])
def test_test_mail_goes_to_whoever_asked_for_it(
    again: str, unsure: Email, ana: User, sofia: User, now: datetime
) -> None:
    Email.objects.update(to="former@example.com", is_test=True)
    if again == "resent":
        actions.settle_email(email=unsure, settlement=Settlement.RESENT, by=sofia, now=now)
    else:
        Email.objects.update(state=S.FAILED)
        actions.retry_email(email=unsure, by=ana, now=now)
    assert set(Email.objects.values_list("to", flat=True)) == {"former@example.com"}


def test_customer_is_written_to_at_the_present_address(
    unsure: Email, carla: Customer, dan: Customer, sofia: User, now: datetime
) -> None:
    """Even though the old one now belongs to someone else."""
    Email.objects.update(to=dan.email)
    actions.settle_email(email=unsure, settlement=Settlement.RESENT, by=sofia, now=now)
    assert Email.objects.get(key=f"again:{unsure.pk}").to == carla.email


@pytest.mark.parametrize("page", ["uncertain", "failed", "addresses"])
def test_queries_do_not_grow_with_the_list(
    page: str,
    make_lease: Callable[..., Lease],
    open_case: Callable[..., Case],
    post: Callable[..., Email],
    sofia: User,
    sign_in: Callable[..., Client],
    now: datetime,
) -> None:
    client = sign_in(sofia)

    def add(number: int) -> None:
        customer = lease_actions.register_customer(
            name="Ada Ruiz", email=f"ada{number}@example.com", phone="", language="es",
            language_source="asked",
        )  # fmt: skip
        case = open_case(lease=make_lease(customer, str(300000000 + number)))
        mail = post(to=customer.email, params=PARAMS, case=case, template="plan_cancelled")
        state = S.UNCERTAIN if page == "uncertain" else S.FAILED
        Email.objects.filter(pk=mail.pk).update(state=state, error="suppressed")
        SuppressedAddress.objects.create(
            address=mail.to, reason=SuppressionReason.BOUNCED, email=mail, at=now
        )

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{PAGES}{page}/").status_code == 200
        return len(seen)

    add(0)
    queries()
    one = queries()
    for number in range(1, 30):
        add(number)
    assert queries() == one
