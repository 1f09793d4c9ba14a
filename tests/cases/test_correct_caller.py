"""Details that are corrected while a call has no case yet; what they were stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.actions import Call, ContactDetails
from cases.events import describe
from cases.forms.correct_contact import ContactDetailsForm
from cases.models import CallCorrection, CallDraft, Case
from leases.models import Customer, Lease
from tests.pages import text
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R7", "R85")]
NEW = ContactDetails(name="Carla Peña", phone="(210) 555-0177", email="Carla.Nueva@example.com")
Correct = Callable[..., bool]


@pytest.fixture
def draft(ana: User, now: datetime, lease: Lease) -> CallDraft:
    return actions.start_call(by=ana, now=now, lease=lease)


@pytest.fixture
def correct(draft: CallDraft, lease: Lease, ana: User, now: datetime) -> Correct:
    def corrected(told: ContactDetails = NEW, **fields: object) -> bool:
        customer = Customer.objects.get(pk=lease.customer_id)
        values = {
            "draft": draft, "lease": lease, "shown": actions.details_of(customer), "by": ana,
            "now": now,
        } | fields  # fmt: skip
        return actions.correct_caller(told=told, **values)  # type: ignore[arg-type]

    return corrected


@pytest.fixture
def verified(draft: CallDraft, ana: User, lease: Lease, now: datetime) -> None:
    actions.verify_caller(
        lease=lease, draft=draft, factors=["phone", "name"], is_right=True, by=ana,
        now=now - timedelta(minutes=2),
    )  # fmt: skip


def end(draft: CallDraft, lease: Lease, by: User, now: datetime) -> Case:
    call = Call(lease=lease, kind="other", channel="phone", language="es", summary="Llamó.")
    return actions.open_case(draft=draft, call=call, by=by, now=now)


@pytest.mark.usefixtures("verified")
def test_the_case_of_the_call_tells_what_was_corrected_and_when(
    correct: Correct, draft: CallDraft, lease: Lease, carla: Customer, ana: User, now: datetime
) -> None:
    assert correct()
    assert not correct()  # the same again changes nothing
    carla.refresh_from_db()
    assert (carla.phone, carla.email) == ("+12105550177", "carla.nueva@example.com")
    assert User.objects.get(pk=carla.user_id).email == "carla.nueva@example.com"
    case = end(draft, lease, ana, now + timedelta(minutes=5))
    [entry] = case.entries.filter(event="contact_corrected")
    assert (entry.at, entry.author, entry.is_public) == (now, ana, False)
    assert "Phone from (210) 555-0134 to (210) 555-0177" in describe(entry, for_customer=False)


@pytest.mark.usefixtures("verified")
def test_a_case_of_someone_else_tells_nothing_of_it(
    correct: Correct, draft: CallDraft, dans_lease: Lease, ana: User, now: datetime
) -> None:
    assert correct()
    case = end(draft, dans_lease, ana, now)
    assert not case.entries.filter(event="contact_corrected").exists()
    assert CallCorrection.objects.count() == 1
    for change in (
        "UPDATE cases_callcorrection SET at = now()",
        "DELETE FROM cases_callcorrection",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.usefixtures("verified")
@pytest.mark.parametrize("ends", ["discarded", "about someone else"])
def test_the_lease_tells_what_no_case_does(
    ends: str, correct: Correct, draft: CallDraft, lease: Lease, dans_lease: Lease, ana: User,
    ben: User, mateo: User, sign_in: Callable[[User], Client], now: datetime,
) -> None:  # fmt: skip
    assert correct()
    if ends == "discarded":
        actions.discard_call(draft=draft, reason="Se cortó.", by=ana, now=now)
    else:
        end(draft, dans_lease, ana, now)
    page = reverse("lease", args=[lease.account_number])
    told = text(sign_in(ben).get(page))
    assert "Phone from (210) 555-0134 to (210) 555-0177" in told
    assert "Email from carla@example.com to carla.nueva@example.com" in told
    assert f"{ana.name} · <a" in told
    number = " ".join(draft.spoken_number.split())
    assert f">Call {number}<" in told
    hers = text(sign_in(ana).get(page))
    assert "Datos corregidos en llamadas" in hers
    assert f">Llamada {number}<" in hers
    others = reverse("lease", args=[dans_lease.account_number])
    for user, elsewhere in ((ben, others), (mateo, page)):  # another customer's; no agent
        assert "Corrected during calls" not in text(sign_in(user).get(elsewhere))


def test_only_who_was_verified_in_this_call(
    correct: Correct, lease: Lease, carla: Customer, ana: User, now: datetime
) -> None:
    assert refusal(correct) == "caller_not_verified"
    earlier = actions.start_call(by=ana, now=now - timedelta(hours=1))
    told = {"lease": lease, "draft": earlier, "factors": ["phone", "name"]}
    actions.verify_caller(is_right=True, by=ana, now=now, **told)  # type: ignore[arg-type]
    assert refusal(correct) == "caller_not_verified"
    carla.refresh_from_db()
    assert carla.email == "carla@example.com"
    assert not CallCorrection.objects.exists()


@pytest.mark.usefixtures("verified")
def test_a_call_that_is_over_corrects_nothing(
    correct: Correct, draft: CallDraft, ana: User, now: datetime
) -> None:
    actions.discard_call(draft=draft, reason="Número equivocado.", by=ana, now=now)
    assert refusal(correct) == "call_discarded"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": ""}, "contact_name"),
        ({"email": ""}, "customer_email"),
        ({"email": "no"}, "contact_email"),
        ({"phone": "12"}, "phone"),
    ],
)
@pytest.mark.usefixtures("verified")
def test_what_is_no_name_number_or_address_is_refused(
    correct: Correct, told: dict[str, str], code: str
) -> None:
    assert refusal(lambda: correct(ContactDetails(**vars(NEW) | told))) == code
    assert not CallCorrection.objects.exists()


def test_the_page_keeps_what_was_typed_and_leads_back_to_the_call(
    draft: CallDraft, lease: Lease, carla: Customer, ana: User,
    sign_in: Callable[[User], Client], now: datetime, at: Callable[[datetime], None],
) -> None:  # fmt: skip
    at(now)
    client, call = sign_in(ana), reverse("call", args=[draft.number])
    client.post(f"{call}draft/", {"summary": "Cambió de número.", "lease": lease.account_number})
    address = reverse("call_contact", args=[draft.number, lease.account_number])
    assert address in client.get(call).content.decode()
    page = ContactDetailsForm.of(carla).initial | {"phone": "(210) 555-0177"}
    refused = client.post(address, page)
    assert refused.status_code == 422
    assert "(210) 555-0177" in refused.content.decode()
    factors = {"factors": ["phone", "name"], "verify": "right", "lease": lease.account_number}
    client.post(call, {"summary": "Cambió de número.", **factors})
    # Someone else was faster: what wasn't changed here stays as it is by now.
    Customer.objects.filter(pk=carla.pk).update(email="elsewhere@example.com")
    late = client.post(address, page)
    assert late.status_code == 409
    again = {field.html_name: field.value() for field in late.context["form"]}
    saved = client.post(address, again)
    assert (saved.status_code, saved.headers["Location"]) == (302, call)
    carla.refresh_from_db()
    assert (carla.email, carla.phone) == ("elsewhere@example.com", "+12105550177")
    back = text(client.get(call))
    assert "Cambió de número." in back
    assert "(210) 555-0177" in back
