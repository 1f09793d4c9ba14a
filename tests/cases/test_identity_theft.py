"""Someone used a customer's identity: no new application with it is taken until a supervisor says
so.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.enums import ItemState, Visibility
from cases.events import describe
from cases.models import Case, Entry
from leases import actions as lease_actions
from leases.models import (
    BlockedApplication,
    Customer,
    IdempotentRequest,
    IdentityBlock,
    Lease,
    Store,
)
from leases.queries.identity_blocks import blocked_customers
from mail.models import Email
from mail.outbound.render import render
from tests.patience import PATIENCE

CONTACT = {"name": "Rosa Díaz", "phone": "(210) 555-0177", "email": "rosa@example.com"}


@pytest.fixture
def theft(open_case: Callable[..., Case]) -> Callable[..., Case]:
    def reported(**fields: Any) -> Case:
        return open_case(**{"kind": "identity_theft", "summary": "No fue ella."} | fields)

    return reported


@pytest.fixture
def stranger(theft: Callable[..., Case]) -> Callable[..., Case]:
    """Rosa, who has no lease."""

    def reported(**fields: str) -> Case:
        contact = actions.Contact(**CONTACT | {"why": "identity"} | fields)
        return theft(lease=None, contact=contact)

    return reported


def applicant(**fields: str) -> lease_actions.Applicant:
    return lease_actions.Applicant(**CONTACT | {"language": "es"} | fields)


@pytest.fixture
def apply(luna: Store, now: datetime) -> Callable[..., Lease]:
    def applied(data: Any = None, moment: datetime = now, **fields: str) -> Lease:
        return lease_actions.receive_application(
            applicant=applicant(**fields), store=luna, data=data, by=None, now=moment
        )

    return applied


def lift(case: Case, block: IdentityBlock, by: User, now: datetime) -> None:
    actions.lift_block(case=case, block=block, reason="No es ella.", by=by, now=now)


def refused(applying: Callable[..., Any], **fields: Any) -> None:
    """And no lease is made, nor anything said about why."""
    before = Lease.objects.count(), Customer.objects.count()
    with pytest.raises(ValidationError) as caught:
        applying(**fields)
    assert caught.value.code == "application_not_accepted"
    with translation.override("en"):
        [words] = caught.value.messages
    assert words == "We can’t take this application here. The applicant can call us."
    assert (Lease.objects.count(), Customer.objects.count()) == before


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.requirement("R78")
def test_a_case_blocks_the_identity_and_says_so(theft: Callable[..., Case], lease: Lease) -> None:
    case = theft()
    block = IdentityBlock.objects.get()
    assert (block.customer, block.lease, block.said_in) == (lease.customer, lease, case.number)
    assert (block.email, block.phone) == ("carla@example.com", "+12105550134")
    entry = Entry.objects.get(case=case, event="identity_blocked")
    assert entry.visibility == Visibility.INTERNAL
    with translation.override("es"):
        told = describe(entry, for_customer=False)
    assert told == "Las solicitudes nuevas a nombre de Carla Peña están bloqueadas."
    assert blocked_customers([lease.customer_id]) == {lease.customer_id}


@pytest.mark.requirement("R78")
@pytest.mark.parametrize(
    ("fields", "traits"),
    [
        ({}, ["email", "phone"]),
        ({"phone": "(713) 555-0101"}, ["email"]),
        ({"email": "ROSA@example.com", "phone": ""}, ["email"]),
        ({"email": "otra@example.com", "name": "Otra Persona"}, ["phone"]),
    ],
)
def test_an_application_with_its_email_or_phone_is_not_taken(
    fields: dict[str, str],
    traits: list[str],
    stranger: Callable[..., Case],
    apply: Callable[..., Lease],
    luna: Store,
    now: datetime,
) -> None:
    stranger()
    refused(apply, **fields)
    attempt = BlockedApplication.objects.get()
    assert (attempt.matched, attempt.store, attempt.at) == (traits, luna, now)


@pytest.mark.requirement("R78")
def test_whoever_shares_nothing_is_taken(
    stranger: Callable[..., Case], apply: Callable[..., Lease]
) -> None:
    stranger()
    assert apply(email="otra@example.com", phone="(713) 555-0101")  # only the name is the same
    assert not BlockedApplication.objects.exists()


@pytest.mark.requirement("R78")
def test_the_person_is_told_by_another_address_too(
    theft: Callable[..., Case], lease: Lease, apply: Callable[..., Lease]
) -> None:
    theft()
    Customer.objects.filter(pk=lease.customer_id).update(email="nueva@example.com", phone="")
    refused(apply, email="nueva@example.com", phone="(713) 555-0101")
    assert BlockedApplication.objects.get().matched == ["person"]


@pytest.mark.requirement("R78")
def test_name_and_digits_of_the_ssn_tell_it_by_their_digest(
    theft: Callable[..., Case], lease: Lease, apply: Callable[..., Lease]
) -> None:
    lease_actions.keep_ssn_digits(lease=lease, data={"ssnLast4": "4321"})
    theft()
    elsewhere = {"email": "x@example.com", "phone": "(713) 555-0101", "name": "CARLA PENA"}
    refused(apply, **elsewhere, data={"ssnLast4": "4321"})
    assert BlockedApplication.objects.get().matched == ["ssn"]
    assert apply(**elsewhere, data={"ssnLast4": "1234"})
    assert apply(**elsewhere | {"name": "Ana", "email": "y@example.com"}, data={"ssn": "4321"})


@pytest.mark.requirement("R78")
def test_applications_that_wait_are_not_decided_by_the_engine(
    theft: Callable[..., Case], make_lease: Callable[..., Lease], carla: Customer, now: datetime
) -> None:
    waiting = make_lease(carla, "104477319", decision="pre_approved")
    theft()
    refused(lease_actions.ask_about, lease=waiting, data={"income": "1000"}, now=now)
    assert not BlockedApplication.objects.exists()  # it isn't a new one


@pytest.mark.requirement("R78")
def test_applying_again_is_not_taken_either(
    theft: Callable[..., Case], lease: Lease, mateo: User, now: datetime
) -> None:
    theft()
    later = now + timedelta(days=91)
    refused(lease_actions.apply_again, lease=lease, by=mateo, now=later)


@pytest.mark.requirement("R78")
def test_it_is_blocked_once_and_again_after_it_was_lifted(
    stranger: Callable[..., Case], lease: Lease, ana: User, sofia: User, now: datetime
) -> None:
    case = stranger()
    actions.attach_lease(case=case, lease=lease, is_certain=True, by=ana, now=now)
    assert IdentityBlock.objects.count() == 2  # hers, and that of the lease made with it
    actions.answer_questions(case=case, answers={}, by=ana, now=now)
    assert Entry.objects.filter(case=case, event="identity_blocked").count() == 2
    lift(case, IdentityBlock.objects.get(customer=lease.customer), sofia, now)
    actions.detach_lease(case=case, by=ana, now=now)
    actions.attach_lease(case=case, lease=lease, is_certain=True, by=ana, now=now)
    assert IdentityBlock.objects.in_force().count() == 2
    assert Entry.objects.filter(case=case, event="identity_blocked").count() == 3


@pytest.mark.parametrize("why", ["no_lease", "denied", "not_found"])
def test_a_contact_who_only_tells_of_it_is_not_blocked(
    stranger: Callable[..., Case], apply: Callable[..., Lease], why: str
) -> None:
    stranger(why=why)
    assert not IdentityBlock.objects.exists()
    assert apply().pk


@pytest.mark.requirement("R78")
def test_no_one_stays_blocked_by_a_case_that_is_not_about_them(
    stranger: Callable[..., Case], lease: Lease, ana: User, sofia: User, now: datetime
) -> None:
    case = stranger()
    actions.attach_lease(case=case, lease=lease, is_certain=True, by=ana, now=now)
    with pytest.raises(ValidationError) as caught:
        actions.detach_lease(case=case, by=ana, now=now)
    assert caught.value.code == "identity_blocked"
    lift(case, IdentityBlock.objects.get(customer=lease.customer), sofia, now)
    actions.detach_lease(case=case, by=ana, now=now)
    assert IdentityBlock.objects.in_force().get().customer is None  # Rosa's stays


@pytest.mark.requirement("R78")
def test_only_a_supervisor_lifts_it_with_a_reason(
    stranger: Callable[..., Case],
    apply: Callable[..., Lease],
    ana: User,
    sofia: User,
    now: datetime,
) -> None:
    case = stranger()
    block = IdentityBlock.objects.get()
    with pytest.raises(PermissionDenied):
        actions.lift_block(case=case, block=block, reason="Era ella.", by=ana, now=now)
    with pytest.raises(ValidationError) as caught:
        actions.lift_block(case=case, block=block, reason="  ", by=sofia, now=now)
    assert caught.value.code == "reason"
    refused(apply)
    assert actions.lift_block(case=case, block=block, reason="Era ella.", by=sofia, now=now)
    assert not actions.lift_block(case=case, block=block, reason="Otra vez.", by=sofia, now=now)
    block.refresh_from_db()
    assert (block.lifted_by, block.lift_reason) == (sofia, "Era ella.")
    entry = Entry.objects.get(case=case, event="identity_unblocked")
    assert "Era ella." in describe(entry, for_customer=False)
    assert apply()


def test_history_stays(stranger: Callable[..., Case], apply: Callable[..., Lease]) -> None:
    stranger()
    refused(apply)
    for change in (
        lambda: IdentityBlock.objects.all().delete(),
        lambda: IdentityBlock.objects.update(email="x@example.com"),
        lambda: BlockedApplication.objects.update(matched=[]),
    ):
        with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
            change()


@pytest.mark.requirement("R78")
def test_of_two_applications_at_once_neither_is_taken(
    stranger: Callable[..., Case], luna: Store, now: datetime
) -> None:
    stranger()
    start, codes = threading.Barrier(2), []

    def one() -> None:
        try:
            start.wait(PATIENCE)
            lease_actions.receive_application(applicant=applicant(), store=luna, by=None, now=now)
            codes.append("taken")
        except ValidationError as error:
            codes.append(str(error.code))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _each in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(PATIENCE)
    assert codes == ["application_not_accepted"] * 2
    assert not Lease.objects.filter(customer__email=CONTACT["email"]).exists()


@pytest.mark.requirement("R78")
def test_an_application_and_its_block_take_turns(
    luna: Store, ana: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocked after the engine was asked and before its answer was recorded: it isn't taken."""
    real = lease_actions.receive_application.__globals__["ask_engine"]

    def asked(**values: Any) -> Any:
        decision = real(**values)
        lease_actions.block_identity(
            name="Rosa Díaz", email=CONTACT["email"], said_in="", by=ana, now=now
        )
        return decision

    monkeypatch.setitem(lease_actions.receive_application.__globals__, "ask_engine", asked)
    refused(lease_actions.receive_application, applicant=applicant(), store=luna, by=None, now=now)


@pytest.mark.requirement("R78")
def test_a_merchants_system_reads_a_code_and_nothing_else(
    stranger: Callable[..., Case], luna: Store, irene: User, now: datetime
) -> None:
    stranger()
    Store.objects.filter(pk=luna.pk).update(code="LUNA-1")
    _row, key = lease_actions.create_api_key(
        merchant=luna.merchant, store=luna, name="Luna", by=irene, now=now
    )
    body = {
        "storeId": "LUNA-1", "merchandise": "Sofá",
        "customer": {**CONTACT, "language": "es"},
    }  # fmt: skip
    headers = {
        "Authorization": f"Bearer {key}", "Idempotency-Key": "once", "Accept-Language": "en",
    }  # fmt: skip
    address = "/api/v1/application"
    for _each in range(2):
        answer = Client(headers=headers).post(address, json.dumps(body), "application/json")
        assert answer.status_code == 422
        said = answer.json()
        assert said["code"] == "application_not_accepted"
        assert set(said) == {"type", "title", "status", "detail", "code"}
    assert BlockedApplication.objects.count() == 1
    assert IdempotentRequest.objects.count() == 1


@pytest.mark.requirement("R78")
def test_pages_show_it_and_a_supervisor_lifts_it_there(
    theft: Callable[..., Case],
    lease: Lease,
    apply: Callable[..., Lease],
    ana: User,
    sofia: User,
    sign_in: Callable[[User], Client],
) -> None:
    case = theft()
    refused(apply, email="carla@example.com")
    block = IdentityBlock.objects.get()
    address = f"{reverse('case', args=[case.number])}?open=identity"
    lifting = reverse("case_identity_lifting", args=[case.number, block.pk])
    page = sign_in(ana).get(address).content.decode()
    assert "bloqueadas" in page
    assert "Luna San Antonio" in page
    assert lifting not in page
    assert (
        "Solicitudes nuevas bloqueadas"
        in sign_in(ana).get(reverse("lease", args=[lease.account_number])).content.decode()
    )
    assert sign_in(ana).post(lifting, {"reason": "x"}).status_code == 404
    client = sign_in(sofia)
    assert lifting in client.get(address).content.decode()
    empty = client.post(lifting, {"reason": ""})
    assert empty.status_code == 422
    assert client.post(lifting, {"reason": "Era ella."}).status_code == 302
    assert not IdentityBlock.objects.in_force().exists()
    page = client.get(address).content.decode()
    assert "Era ella." in page
    other = reverse("case_identity_lifting", args=[case.number, block.pk + 1])
    assert client.post(other, {"reason": "x"}).status_code == 404


@pytest.mark.requirement("R78")
def test_the_administration_shows_them_and_changes_nothing(
    stranger: Callable[..., Case],
    apply: Callable[..., Lease],
    irene: User,
    sign_in: Callable[[User], Client],
) -> None:
    stranger()
    refused(apply)
    block = IdentityBlock.objects.get()
    client = sign_in(irene)
    assert (
        "Rosa Díaz" in client.get(reverse("admin:leases_identityblock_changelist")).content.decode()
    )
    page = client.get(reverse("admin:leases_identityblock_change", args=[block.pk]))
    assert page.status_code == 200
    assert 'name="email"' not in page.content.decode()


@pytest.mark.requirement("R37", "R81")
@pytest.mark.parametrize(
    ("language", "blocked", "how"),
    [
        (
            "es", "Las solicitudes nuevas a nombre de Rosa Díaz están bloqueadas.",
            "Puede enviarlos respondiendo a este correo.",
        ),
        (
            "en", "New applications in Rosa Díaz’s name are blocked.",
            "You can reply to this email with it.",
        ),
    ],
)  # fmt: skip
def test_the_email_says_what_was_blocked_and_how_to_send_the_papers(
    theft: Callable[..., Case], language: str, blocked: str, how: str
) -> None:
    contact = actions.Contact(**CONTACT, why="identity")
    asked = {"police_report": ItemState.ASKED}
    case = theft(lease=None, contact=contact, language=language, items=asked)
    text = render(Email.objects.get(casemail__case=case)).text
    assert blocked in text
    assert how in text


def test_the_email_of_another_reason_says_nothing_of_it(theft: Callable[..., Case]) -> None:
    contact = actions.Contact(**CONTACT, why="not_found")
    for fields in (
        {"kind": "other"},
        {"kind": "identity_theft"},
    ):  # no one said it’s their identity
        case = theft(lease=None, contact=contact, **fields)
        assert "bloquead" not in render(Email.objects.get(casemail__case=case)).text


def test_the_email_before_hanging_up_says_so_too(
    ana: User, lease: Lease, sign_in: Callable[[User], Client]
) -> None:
    agent = sign_in(ana)
    call = agent.post(reverse("calls")).headers["Location"]
    typed = {"language": "es", "lease": lease.account_number, "kind": "identity_theft"}
    page = agent.post(call, typed | {"preview": "1"}, headers={"HX-Request": "true"})
    shown = page.content.decode()
    assert "Las solicitudes nuevas a nombre de Carla Peña están bloqueadas." in shown
    assert "New applications in Carla Peña’s name are blocked." in shown
