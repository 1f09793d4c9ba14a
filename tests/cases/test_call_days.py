"""The days of a call: by the rule of its reason, and the same in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from cases.actions import start_call
from cases.models import CallDraft, Case
from common.formats import day, day_in_words
from leases.models import Lease

SignIn = Callable[..., Client]
HTMX = {"HX-Request": "true"}
APRIL, MARCH = date(2027, 4, 3), date(2027, 3, 4)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return start_call(by=ana, now=now)


@pytest.mark.requirement("R10")
@pytest.mark.parametrize("name", ["due_on", "agreed-0-due_on"])
def test_a_day_stays_the_one_meant_when_the_page_changes_its_language(
    draft: CallDraft, sign_in: SignIn, ana: User, ben: User, name: str
) -> None:
    """Typed on a page in English, where the month comes first; then read in Spanish."""
    typed = {name: "3/4/2027", "agreed-0-what": "pagar"}
    sign_in(ben).post(reverse("call_draft", args=[draft.number]), typed)
    page = unescape(sign_in(ana).get(reverse("call", args=[draft.number])).content.decode())
    with override("es"):
        assert f'value="{day(MARCH, short=True)}"' in page
        assert day_in_words(MARCH) in page
    assert "3/4/2027" not in page


@pytest.mark.requirement("R10")
def test_what_was_unclear_is_not_read_in_another_language(
    draft: CallDraft, lease: Lease, sign_in: SignIn, ana: User, ben: User
) -> None:
    """In Spanish, the page asks which day 3/4 is; in English, it would be March 4 unasked."""
    typed = {"due_on": "3/4/2027", "lease": lease.account_number}
    sign_in(ana).post(reverse("call_draft", args=[draft.number]), typed)
    address = reverse("call", args=[draft.number])
    assert 'value="3/4/2027"' in sign_in(ana).get(address).content.decode()
    client = sign_in(ben)
    assert 'value="3/4/2027 ?"' in client.get(address).content.decode()
    refused = client.post(address, typed | {"due_on": "3/4/2027 ?", "kind": "other"})
    assert refused.status_code == 422
    assert refused.context["form"].errors.as_data()["due_on"][0].code == "invalid"


def test_a_day_is_read_in_the_language_it_was_typed_in(
    sign_in: SignIn, ana: User, ben: User
) -> None:
    """What the browser asks after the page came back in the other language."""
    asked = {"text": "3/4/2027"}
    told = sign_in(ana).get("/dates/", asked | {"typed_in": "en"}).json()
    assert told["iso"] == MARCH.isoformat()
    assert told["words"] == "jueves 4 de marzo de 2027"
    unclear = sign_in(ben).get("/dates/", asked | {"typed_in": "es"})
    assert unclear.status_code == 422
    assert "Is it March 4, 2027 or April 3, 2027?" in unclear.json()["error"]
    assert sign_in(ben).get("/dates/", asked | {"typed_in": "zz"}).json()["iso"]
    assert sign_in(ben).get("/dates/", {"text": " ", "typed_in": "es"}).status_code == 422


@pytest.mark.requirement("R7", "R38")
def test_the_day_proposed_follows_the_reason_and_names_its_rule(
    draft: CallDraft, lease: Lease, sign_in: SignIn, ana: User
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    form = client.get(address).context["form"]
    general = form.rule
    proposed = {"due_on": day(general, short=True), "suggested_due_on": general.isoformat()}
    typed = {"choose": "1", "lease": lease.account_number, "kind": "identity_theft"}
    with override("es"):
        shown = client.post(address, typed | proposed, headers=HTMX)
    rule = shown.context["form"].rule
    words = shown.content.decode()
    assert rule != general
    assert "Nuestra regla para “Robo de identidad”" in words
    assert '<div id="next-day" hx-swap-oob="innerHTML">' in words
    assert f'name="suggested_due_on" value="{rule.isoformat()}"' in words

    chosen = client.post(address, typed | proposed | {"due_on": "9 mar 2027"}, headers=HTMX)
    assert chosen.context["form"].next_step == date(2027, 3, 9)  # the agent's own
    assert 'id="next-day"' not in chosen.content.decode()  # nothing to bring: the hand may be in it


@pytest.mark.requirement("R7")
def test_a_case_has_the_day_of_its_reason_also_without_scripts(
    draft: CallDraft, lease: Lease, sign_in: SignIn, ana: User
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    general = client.get(address).context["form"].rule
    typed = {
        "due_on": day(general, short=True), "suggested_due_on": general.isoformat(),
        "lease": lease.account_number, "language": "es", "channel": "phone",
        "summary": "Dice que no firmó nada.", "visibility": "internal",
    }  # fmt: skip
    with override("es"):
        refused = client.post(address, typed)
        assert refused.status_code == 422  # no reason yet, so the general rule stands
        theft = {"kind": "identity_theft", "own_address": lease.customer.email}
        assert client.post(address, typed | theft).status_code == 302
    case = Case.objects.get(number=draft.number)
    assert case.due_on != general


@pytest.mark.requirement("R38")
def test_the_day_proposed_waits_for_what_was_agreed_on(
    draft: CallDraft, lease: Lease, sign_in: SignIn, ana: User
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    typed = {"lease": lease.account_number, "kind": "late_payment"}
    rule = client.post(address, typed | {"choose": "1"}, headers=HTMX).context["form"].rule
    assert rule == date(2026, 11, 23)
    typed |= {
        "due_on": rule.isoformat(), "suggested_due_on": rule.isoformat(), "summary": "Paga el 4.",
        "language": "es", "agreed-0-party": "customer", "agreed-0-what": "pagar dos pagos",
        "agreed-0-due_on": "2026-12-04",
    }  # fmt: skip
    for asked in ("choose", "preview"):
        with override("es"):
            page = client.post(address, typed | {asked: "1"}, headers=HTMX)
        words = page.content.decode()
        assert page.context["form"].next_day == date(2026, 12, 7)  # the 4th is a Friday
        assert "El primer día hábil después de lo acordado" in words
        assert 'name="suggested_due_on" value="2026-12-07"' in words
        assert "23 de noviembre" not in words
    others: list[tuple[dict[str, str], date]] = [
        ({"kind": "charge_dispute"}, rule),  # which is looked into meanwhile
        ({"agreed-0-party": "company"}, rule),
        ({"agreed-0-due_on": "2026-11-19"}, rule),
        ({"due_on": "2026-11-30"}, date(2026, 11, 30)),  # the agent's own
    ]
    for changed, next_day in others:
        page = client.post(address, typed | changed | {"choose": "1"}, headers=HTMX)
        assert page.context["form"].next_day == next_day, changed
    saved = client.post(address, typed | {"channel": "phone", "visibility": "internal"})
    assert not saved.context or not saved.context["form"].errors
    assert Case.objects.get().due_on == date(2026, 12, 7)
