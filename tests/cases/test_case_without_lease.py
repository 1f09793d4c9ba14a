"""A call that has no lease becomes a case all the same, about whoever called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.enums import CaseStatus, FollowUpText, Party, Visibility
from cases.models import Case, CaseContact
from cases.queries.find import find
from leases.models import Customer, Lease
from mail.models import Email
from mail.outbound.render import render
from tests.pages import text

pytestmark = pytest.mark.django_db


def rosa(**fields: str) -> actions.Contact:
    """Whose identity someone used."""
    told = {
        "why": "identity",
        "name": "Rosa  Ibáñez",
        "phone": "(210) 555-0188",
        "email": "Rosa@Example.com ",
        "known": "Le cobran un refrigerador que no pidió.",
    }
    return actions.Contact(**told | fields)


@pytest.fixture
def open_without(open_case: Callable[..., Case]) -> Callable[..., Case]:
    def opened(contact: actions.Contact | None = None, **fields: Any) -> Case:
        return open_case(lease=None, contact=contact or rosa(), **fields)

    return opened


@pytest.mark.requirement("R71")
def test_a_call_without_a_lease_becomes_a_case(open_without: Callable[..., Case]) -> None:
    case = Case.objects.get(pk=open_without(kind="fraud").pk)
    assert case.lease is None
    contact = case.person
    assert (contact.name, contact.phone, contact.email, contact.language) == (
        "Rosa Ibáñez", "+12105550188", "rosa@example.com", "es",
    )  # fmt: skip
    assert case.contact
    assert (case.contact.why, case.contact.known) == (
        "identity", "Le cobran un refrigerador que no pidió.",
    )  # fmt: skip


@pytest.mark.requirement("R37", "R71")
@pytest.mark.parametrize(
    ("language", "says"), [("es", "llámenos"), ("en", "call us and have your case number ready")]
)
def test_the_contact_is_written_to_without_a_link_and_told_to_call(
    open_without: Callable[..., Case], language: str, says: str
) -> None:
    case = open_without(language=language)
    mail = Email.objects.get(casemail__case=case)
    assert (mail.to, mail.language) == ("rosa@example.com", language)
    letter = render(mail)
    for part in (letter.text, letter.html):
        assert "/c/" not in part
        assert says in part
    assert case.spoken_number.replace("\xa0", " ") in letter.text.replace("\xa0", " ")
    assert "{" not in letter.text


@pytest.mark.requirement("R71")
def test_without_an_address_no_mail_is_written_and_the_page_says_so(
    open_without: Callable[..., Case], ana: User, now: datetime, sign_in: Callable[..., Client]
) -> None:
    case = open_without(rosa(email=""))
    update = actions.Update(
        body="La llamamos mañana.", visibility=Visibility.PUBLIC, language="es",
        to_status=CaseStatus.IN_PROGRESS,
    )  # fmt: skip
    actions.update_case(case=case, version=case.version, update=update, by=ana, now=now)
    assert not Email.objects.exists()
    page = sign_in(ana).get(reverse("case", args=[case.number]))
    assert "No tenemos el correo de Rosa Ibáñez" in text(page)


@pytest.mark.requirement("R71")
def test_without_an_address_no_reader_is_offered_and_a_note_moves_the_case(
    open_without: Callable[..., Case], sign_in: Callable[..., Client], ana: User
) -> None:
    case, client = open_without(rosa(email="")), sign_in(ana)
    page = client.get(reverse("case", args=[case.number]), {"reply": "1"})
    offered = [value for value, _name in page.context["composer"].fields["visibility"].choices]
    assert offered == [Visibility.INTERNAL]
    assert page.context["composer"]["visibility"].value() == Visibility.INTERNAL
    assert 'data-write="public"' not in page.content.decode()
    sent = {
        "version": case.version, "seen": "0", "body": "La llamamos y ya lo sabe.",
        "language": "es", "to_status": CaseStatus.IN_PROGRESS, "due_on": "",
        "initial-due_on": "", "visibility": Visibility.PUBLIC,
    }  # fmt: skip
    address = reverse("case_entries", args=[case.number])
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "La llamamos y ya lo sabe." in text(refused)
    [error] = refused.context["composer"].errors.as_data()["visibility"]
    assert error.code == "invalid_choice"
    saved = client.post(address, sent | {"visibility": Visibility.INTERNAL})
    assert saved.status_code == 302
    case.refresh_from_db()
    assert case.status == CaseStatus.IN_PROGRESS
    assert not Email.objects.exists()


@pytest.mark.requirement("R71")
def test_no_case_is_resolved_without_words_for_whoever_it_is_about(
    open_without: Callable[..., Case], ana: User, now: datetime
) -> None:
    """They may ask how it ended, and get it in writing later."""
    case = open_without(rosa(email=""), kind="other")
    update = actions.Update(body="Listo.", to_status=CaseStatus.RESOLVED, outcome="done")
    with pytest.raises(ValidationError) as refused:
        actions.update_case(case=case, version=case.version, update=update, by=ana, now=now)
    assert refused.value.code == "status_reader"


@pytest.mark.requirement("R71")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "   "}, "contact_name"),
        ({"name": "Ñ" * 121}, "contact_name_long"),
        ({"why": "moon"}, "contact_why"),
        ({"phone": "ask her sister"}, "phone"),
        ({"phone": "555-0188"}, "phone_area_code"),
        ({"email": "rosa@example.com\nBcc: all@example.com"}, "contact_email"),
        ({"email": "rosa"}, "contact_email"),
    ],
)
def test_what_was_not_understood_is_asked_again(
    open_without: Callable[..., Case], fields: dict[str, str], code: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        open_without(rosa(**fields))
    assert refused.value.code == code
    assert not Case.objects.exists()
    assert not CaseContact.objects.exists()


@pytest.mark.requirement("R48")
def test_a_name_on_two_lines_adds_no_header_to_a_mail(open_without: Callable[..., Case]) -> None:
    case = open_without(rosa(name="Rosa\r\nBcc: all@example.com"))
    assert case.person.name == "Rosa Bcc: all@example.com"
    assert "\n" not in render(Email.objects.get(casemail__case=case)).subject


@pytest.mark.requirement("R71")
def test_a_case_is_about_a_lease_or_a_contact(open_case: Callable[..., Case], lease: Lease) -> None:
    for fields, code in (
        ({"lease": None}, "case_about_no_one"),
        ({"contact": rosa()}, "lease_and_contact"),
    ):
        with pytest.raises(ValidationError) as refused:
            open_case(**fields)
        assert refused.value.code == code
    case = open_case()
    with pytest.raises(IntegrityError, match="case_is_about_somebody"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(lease=None)


@pytest.mark.requirement("R13", "R71")
@pytest.mark.parametrize(
    "typed", ["ibanez, rosa", "Rosa Ibáñez", "ROSA@example.com", "(210) 555-0188", "0188"]
)
def test_it_is_found_by_what_was_told(
    open_without: Callable[..., Case], ana: User, mateo: User, now: datetime, typed: str
) -> None:
    case = open_without()
    assert find(typed, user=ana, now=now).cases == [case]
    assert find(typed, user=mateo, now=now).cases == []


@pytest.mark.requirement("R13")
@pytest.mark.parametrize("typed", ["r", "x" * 300, "%", "\0", "12", "rosa@", "'; DROP"])
def test_nothing_odd_finds_it(
    open_without: Callable[..., Case], ana: User, now: datetime, typed: str
) -> None:
    open_without()
    assert find(typed, user=ana, now=now).cases == []


@pytest.mark.requirement("R71")
def test_no_customer_sees_it(
    open_without: Callable[..., Case], carla: Customer, sign_in: Callable[..., Client]
) -> None:
    case = open_without(rosa(email=carla.email))
    assert not Case.objects.visible_to(carla.user).exists()
    assert sign_in(carla.user).get(reverse("portal_case", args=[case.number])).status_code == 404


@pytest.mark.requirement("R71")
def test_what_needs_a_lease_says_so(
    open_without: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_without(kind="return")
    with pytest.raises(ValidationError) as refused:
        actions.send_return_steps(case=case, by=ana, now=now)
    assert refused.value.code == "lease_needed"
    with pytest.raises(ValidationError) as refused:
        actions.set_follow_up(
            case=case, on=date(2026, 11, 20), template=FollowUpText.RETURN_STEPS, by=ana, now=now
        )
    assert refused.value.code == "not_a_return"


@pytest.mark.requirement("R5", "R71")
def test_a_follow_up_goes_out_in_our_own_hours(
    open_without: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_without(rosa(email=""))
    with pytest.raises(ValidationError) as refused:
        actions.set_follow_up(case=case, on=date(2026, 11, 20), message="Hola", by=ana, now=now)
    assert refused.value.code == "no_email"
    call = actions.set_follow_up(
        case=case, on=date(2026, 11, 20), channel="phone", message="Hola", by=ana, now=now
    )
    assert call.send_at.hour == 15  # nine in Chicago
    written = actions.set_follow_up(
        case=open_without(), on=date(2026, 11, 20), message="Hola", by=ana, now=now
    )
    assert actions.send_follow_ups(now=now + timedelta(days=3)) == 1
    assert Email.objects.filter(casemail__follow_up=written, to="rosa@example.com").exists()


@pytest.mark.requirement("R38", "R71")
def test_an_agreement_is_confirmed_without_the_button(
    open_without: Callable[..., Case], ana: User, now: datetime
) -> None:
    agreed = actions.Agreed(
        party=Party.STORE, what="Manda el papel firmado", language="es", due_on=date(2026, 11, 25)
    )
    promise = actions.make_promise(case=open_without(), agreed=agreed, by=ana, now=now)
    said = render(Email.objects.get(casemail__promise=promise)).text
    assert "La tienda" in said
    assert "botón" not in said
    assert "responda a este correo" in said


@pytest.mark.requirement("R71")
@pytest.mark.parametrize("page", ["queue", "calls", "correspondence_follow_ups"])
def test_every_list_shows_it(
    open_without: Callable[..., Case],
    ana: User,
    now: datetime,
    sign_in: Callable[..., Client],
    page: str,
) -> None:
    case = open_without()
    actions.set_follow_up(
        case=case, on=date(2026, 11, 20), channel="phone", message="Hola", by=ana, now=now
    )
    if page == "calls":
        actions.start_call(by=ana, now=now)
    answer = sign_in(ana).get(reverse(page))
    assert answer.status_code == 200
    assert page == "calls" or "Rosa Ibáñez" in text(answer)


@pytest.mark.requirement("R71")
@pytest.mark.parametrize("kind", ["fraud", "late_payment", "return", "other"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_of_the_case_shows_who_called(
    open_without: Callable[..., Case], ben: User, ana: User, sign_in: Callable[..., Client],
    kind: str, language: str,
) -> None:  # fmt: skip
    case = open_without(kind=kind)
    page = text(sign_in(ana if language == "es" else ben).get(reverse("case", args=[case.number])))
    assert "Rosa Ibáñez" in page
    assert "(210) 555-0188" in page.replace("\xa0", " ")
    assert ("no tiene arrendamiento" if language == "es" else "no lease") in page


@pytest.mark.requirement("R71")
def test_a_call_about_no_lease_is_logged_on_the_page(
    ana: User, now: datetime, sign_in: Callable[..., Client]
) -> None:
    draft = actions.start_call(by=ana, now=now)
    typed = {
        "language": "es", "suggested_language": "es", "kind": "fraud", "channel": "phone",
        "summary": "Alguien usó su nombre.", "visibility": "internal", "why": "identity",
        "contact_name": "Rosa Ibáñez", "contact_phone": "no lo sé", "contact_email": "",
    }  # fmt: skip
    address = reverse("call", args=[draft.number])
    refused = sign_in(ana).post(address, typed)
    assert refused.status_code == 422
    assert refused.context["form"].errors.as_data()["contact_phone"][0].code == "phone"
    assert "no lo sé" in refused.content.decode()
    draft.refresh_from_db()
    assert draft.typed["contact_name"] == "Rosa Ibáñez"
    done = sign_in(ana).post(address, typed | {"contact_phone": "210 555 0188"})
    assert done.status_code == 302
    assert Case.objects.get().person.phone == "+12105550188"


@pytest.mark.requirement("R71")
def test_a_lease_and_a_reason_for_none_are_not_both_taken(
    ana: User, lease: Lease, now: datetime, sign_in: Callable[..., Client]
) -> None:
    draft = actions.start_call(by=ana, now=now)
    typed = {
        "language": "es", "kind": "other", "channel": "phone", "summary": "Hola",
        "visibility": "internal", "why": "no_lease", "contact_name": "Rosa",
        "lease": lease.account_number,
    }  # fmt: skip
    refused = sign_in(ana).post(reverse("call", args=[draft.number]), typed)
    assert refused.context["form"].errors.as_data()["why"][0].code == "lease_and_contact"
    assert not Case.objects.exists()
