"""Nobody is found, or a lease and a reason for none are both there: the page says how to go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.enums import CallerRelation, WithoutLease
from cases.models import CallDraft, Case
from leases.models import Lease

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R71")]
SENT = {"language": "es", "channel": "phone", "visibility": "internal", "kind": "other"}
Send = Callable[..., HttpResponse]


@pytest.fixture
def draft(ana: User, now: object) -> CallDraft:
    return actions.start_call(by=ana, now=now)


@pytest.fixture
def send(draft: CallDraft, ana: User, sign_in: Callable[..., Client]) -> Send:
    client = sign_in(ana)

    def sent(**fields: str) -> HttpResponse:
        return client.post(reverse("call", args=[draft.number]), SENT | fields)

    return sent


@pytest.mark.parametrize(
    ("searched", "field"),
    [
        ("Rosa Ibáñez", "contact_name"),
        ("rosa@example.com", "contact_email"),
        ("210 555 0188", "contact_phone"),
        ("9990001", "known"),
        ("rosa@", "known"),
    ],
)
def test_what_was_searched_goes_along(
    send: Send, draft: CallDraft, searched: str, field: str
) -> None:
    found = send(contract=searched, find="1").content.decode()
    assert all(f'name="without" value="{each}"' in found for each in WithoutLease.values)
    page = send(contract=searched, without="not_found")
    form = page.context["form"]
    assert (form["why"].value(), form[field].value()) == ("not_found", searched)
    draft.refresh_from_db()
    assert (draft.typed["why"], draft.typed[field]) == ("not_found", searched)
    first = "contact_phone" if field == "contact_name" else "contact_name"
    assert "autofocus" in form.fields[first].widget.attrs


@pytest.mark.parametrize(
    ("searched", "name"),
    [
        ("robert fields", "Robert Fields"),
        ("rosa de la cruz", "Rosa de la Cruz"),
        ("ángel o'neill-ruiz", "Ángel O'Neill-Ruiz"),
        ("de la o", "De la O"),
        ("Robert de Niro", "Robert de Niro"),
    ],
)
def test_a_name_searched_without_capitals_gets_them(send: Send, searched: str, name: str) -> None:
    page = send(contract=searched, without="not_found")
    assert page.context["form"]["contact_name"].value() == name


@pytest.mark.parametrize(
    ("why", "kind", "then"),
    [
        ("identity", "", "identity_theft"),
        ("identity", "fraud", "fraud"),
        ("denied", "", ""),
    ],
)
def test_whose_identity_was_used_calls_about_that(
    send: Send, why: str, kind: str, then: str
) -> None:
    page = send(contract="Rosa", without=why, kind=kind)
    assert page.context["form"].chosen_kind == then


def test_what_stands_there_stays(send: Send) -> None:
    page = send(contract="Rosa", without="denied", contact_name="Rosa Ibáñez")
    assert page.context["form"]["contact_name"].value() == "Rosa Ibáñez"


@pytest.mark.parametrize("relation", [CallerRelation.APPLICANT, CallerRelation.OTHER])
def test_who_calls_about_themselves_is_named_once(send: Send, relation: CallerRelation) -> None:
    named = {"relation": relation.value, "caller_name": "Rosa Ibáñez"}
    page = send(contract="210 555 0188", without="denied", **named)
    assert page.context["form"]["contact_name"].value() == "Rosa Ibáñez"
    preview = send(why="denied", preview="1", **named)
    assert preview.context["reader"].name == "Rosa Ibáñez"
    saved = send(why="denied", summary="Pregunta por qué.", **named)
    assert saved.status_code == 302
    assert Case.objects.get().person.name == "Rosa Ibáñez"


def test_who_calls_for_someone_else_is_not_who_its_about(send: Send) -> None:
    told = {"relation": "authorized", "caller_name": "Luis", "why": "not_found"}
    refused = send(summary="Pregunta por su hermana.", **told)
    assert [*refused.context["form"].errors] == ["contact_name"]


def test_the_lease_counts_and_says_so_before_anything_is_gone(send: Send, lease: Lease) -> None:
    both = {
        "lease": lease.account_number, "why": "no_lease", "known": "Compró en mayo.",
        "summary": "Hola",
    }  # fmt: skip
    refused = send(**both)
    errors = refused.context["form"].errors.as_data()
    assert [each.code for each in errors.pop("why")] == ["lease_and_contact"]
    assert not errors  # nothing is asked about a person who won't be saved
    assert lease.customer.name in refused.content.decode()
    asked = refused.context["form"]["asked"].value()
    assert send(**both, asked=asked).status_code == 302
    case = Case.objects.get()
    assert (case.lease, case.contact) == (lease, None)


def test_two_questions_are_answered_by_one_more_save(send: Send, lease: Lease) -> None:
    both = {"lease": lease.account_number, "why": "no_lease", "summary": "Hello"}
    both |= {"language": "en" if lease.customer.language == "es" else "es"}
    refused = send(**both)
    assert set(refused.context["form"].errors) == {"why", "language"}
    assert send(**both, asked=refused.context["form"]["asked"].value()).status_code == 302


def test_a_chosen_lease_can_go_for_who_has_none(send: Send, draft: CallDraft, lease: Lease) -> None:
    number = lease.account_number
    page = send(contract=number, searched=number, lease=number, why="no_lease", without="chosen")
    assert page.context["chosen"] == ""
    form = page.context["form"]
    assert (form["why"].value(), form["contract"].value()) == ("no_lease", "")
    draft.refresh_from_db()
    assert (draft.lease, draft.typed["lease"]) == (None, "")
