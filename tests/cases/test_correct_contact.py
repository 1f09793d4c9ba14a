"""A name, number or address is corrected where a case is worked; what it was stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.actions import ContactDetails
from cases.events import describe
from cases.forms.correct_contact import CorrectContactForm
from cases.models import Case
from leases.models import Customer, Lease
from mail import outbox
from mail.enums import EmailState, SuppressionReason
from mail.models import Email
from mail.outbound.suppression import suppress
from tests.cases.conftest import Inbox
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R85")]
NEW = ContactDetails(name="Carla Peña", phone="(210) 555-0177", email="Carla.Nueva@example.com")
Correct = Callable[..., bool]


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def alone(open_case: Callable[..., Case]) -> Case:
    contact = actions.Contact(
        why="no_lease", name="Rosa Ibañes", phone="(210) 555-0188", email="rosa@example.com"
    )
    return open_case(lease=None, contact=contact)


@pytest.fixture
def correct(case: Case, ana: User, now: datetime) -> Correct:
    def corrected(told: ContactDetails = NEW, **fields: object) -> bool:
        of = fields.pop("case", case)
        assert isinstance(of, Case)
        of.refresh_from_db()
        shown = actions.details_of(Case.objects.get(pk=of.pk).person)
        values = {
            "case": of, "version": of.version, "shown": shown, "by": ana, "now": now
        } | fields  # fmt: skip
        return actions.correct_contact(told=told, **values)  # type: ignore[arg-type]

    return corrected


@pytest.fixture
def verified(case: Case, ana: User, lease: Lease, now: datetime) -> None:
    actions.verify_caller(
        lease=lease, case=case, factors=["phone", "name"], is_right=True, by=ana,
        now=now - timedelta(minutes=2),
    )  # fmt: skip


@pytest.mark.usefixtures("verified")
def test_a_customers_details_with_their_sign_in_and_waiting_mails(
    correct: Correct, case: Case, carla: Customer, inbox: Inbox, now: datetime
) -> None:
    waiting = Email.objects.get(casemail__case=case)
    assert correct()
    carla.refresh_from_db()
    assert (carla.phone, carla.email) == ("+12105550177", "carla.nueva@example.com")
    assert User.objects.get(pk=carla.user_id).email == "carla.nueva@example.com"
    [entry] = case.entries.filter(event="contact_corrected")
    assert describe(entry, for_customer=False) == (
        "Contact details corrected: Phone from (210) 555-0134 to (210) 555-0177; Email from"
        " carla@example.com to carla.nueva@example.com"
    )
    assert not entry.is_public
    outbox.drain(now=lambda: now)
    waiting.refresh_from_db()
    assert (waiting.to, waiting.state) == ("carla.nueva@example.com", EmailState.SENT)
    told = Email.objects.filter(template__key="address_changed").values_list("to", flat=True)
    assert set(told) == {"carla@example.com", "carla.nueva@example.com"}
    assert not correct()  # the same again changes nothing


def test_a_customer_has_to_be_verified_in_this_conversation(
    correct: Correct, case: Case, ana: User, ben: User, lease: Lease, now: datetime,
    carla: Customer,
) -> None:  # fmt: skip
    told = {"lease": lease, "case": case, "factors": ["phone", "name"]}
    assert refusal(correct) == "caller_not_verified"
    actions.verify_caller(is_right=True, by=ben, now=now, **told)  # type: ignore[arg-type]
    assert refusal(correct) == "caller_not_verified"
    earlier = now - timedelta(minutes=31)
    actions.verify_caller(is_right=True, by=ana, now=earlier, **told)  # type: ignore[arg-type]
    assert refusal(correct) == "caller_not_verified"
    actions.verify_caller(is_right=False, by=ana, now=now, **told)  # type: ignore[arg-type]
    assert refusal(correct) == "caller_not_verified"
    carla.refresh_from_db()
    assert carla.email == "carla@example.com"


def test_a_contact_is_only_what_a_caller_said(
    correct: Correct, alone: Case, inbox: Inbox, now: datetime
) -> None:
    waiting = Email.objects.get(casemail__case=alone)
    told = ContactDetails(name="Rosa Ibáñez", phone="", email="ROSA.I@example.com")
    assert correct(told, case=alone)
    alone.refresh_from_db()
    person = Case.objects.get(pk=alone.pk).person
    assert (person.name, person.phone, person.email) == ("Rosa Ibáñez", "", "rosa.i@example.com")
    [entry] = alone.entries.filter(event="contact_corrected")
    assert "Phone from (210) 555-0188 to none" in describe(entry, for_customer=False)
    outbox.drain(now=lambda: now)
    waiting.refresh_from_db()
    assert (waiting.to, waiting.state) == ("rosa.i@example.com", EmailState.SENT)


@pytest.mark.usefixtures("verified")
@pytest.mark.parametrize(
    ("told", "code"),
    [
        (ContactDetails(name=" "), "contact_name"),
        (ContactDetails(name="C", email="carla@"), "contact_email"),
        (ContactDetails(name="C", email=""), "customer_email"),
        (ContactDetails(name="C", phone="555-0134", email="c@example.com"), "phone_area_code"),
        (ContactDetails(name="C", email="dead@example.com"), "address_suppressed"),
    ],
)
def test_what_is_refused_changes_nothing(
    correct: Correct, carla: Customer, now: datetime, told: ContactDetails, code: str
) -> None:
    suppress(
        address="dead@example.com", reason=SuppressionReason.BOUNCED, error="", email=None, now=now
    )
    assert refusal(lambda: correct(told)) == code
    carla.refresh_from_db()
    assert (carla.name, carla.email) == ("Carla Peña", "carla@example.com")


@pytest.mark.usefixtures("verified")
def test_an_address_of_someone_else_is_refused(correct: Correct, dan: Customer) -> None:
    with pytest.raises(ValidationError) as refused:
        correct(ContactDetails(name="Carla Peña", email=dan.email))
    assert "email" in refused.value.error_dict


def test_only_who_works_cases(correct: Correct, mateo: User, carla: Customer) -> None:
    for other in (mateo, carla.user):
        with pytest.raises(PermissionDenied):
            correct(by=other)


def test_the_page_says_first_that_the_caller_must_be_verified(
    case: Case, ana: User, lease: Lease, now: datetime, at: Callable[[datetime], None],
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    at(now)
    User.objects.filter(pk=ana.pk).update(language="en")
    client, address = sign_in(ana), reverse("case_contact", args=[case.number])
    case.refresh_from_db()
    typed = {"name": "Carla P. Luz", "phone": "", "email": "c@example.com"}
    data = CorrectContactForm.of_case(case).initial | typed
    assert "Verify the caller first" in unescape(client.get(address).content.decode())
    refused = client.post(address, data)
    assert refused.status_code == 422
    assert 'value="Carla P. Luz"' in refused.content.decode()  # what was typed stays
    client.post(
        reverse("case_verifications", args=[case.number]),
        {"factors": ["phone", "name"], "verify": "right"},
    )
    case.refresh_from_db()
    assert client.post(address, data | {"version": case.version}).status_code == 302
    late = client.post(address, data | {"name": "Otra"})
    assert late.status_code == 409
    assert 'value="Otra"' in late.content.decode()


@pytest.mark.usefixtures("verified")
def test_an_email_corrected_elsewhere_meanwhile_is_not_undone(
    case: Case, ana: User, carla: Customer, sign_in: Callable[[User], Client],
    now: datetime, at: Callable[[datetime], None],
) -> None:  # fmt: skip
    at(now)
    client, address = sign_in(ana), reverse("case_contact", args=[case.number])
    case.refresh_from_db()
    page = CorrectContactForm.of_case(case).initial | {"phone": "(210) 555-0177"}
    Customer.objects.filter(pk=carla.pk).update(email="elsewhere@example.com")
    late = client.post(address, page)
    assert late.status_code == 409
    carla.refresh_from_db()
    assert (carla.email, carla.phone) == ("elsewhere@example.com", "+12105550134")
    form = late.context["form"]
    assert (form["email"].value(), form["phone"].value()) == (
        "elsewhere@example.com",
        "(210) 555-0177",
    )
    again = {field.html_name: field.value() for field in form}
    assert client.post(address, again).status_code == 302
    carla.refresh_from_db()
    assert (carla.email, carla.phone) == ("elsewhere@example.com", "+12105550177")
