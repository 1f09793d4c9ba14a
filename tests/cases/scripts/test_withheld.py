"""A script read aloud during a call keeps to what its caller may hear."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases.actions import start_call
from cases.callers import Checked
from cases.enums import CallerRelation
from cases.scripts.defaults import TEXTS
from cases.scripts.withheld import withheld_from, without
from leases.models import Lease

IN_PART = {"headers": {"HX-Request": "true"}}
TEXT = """\
Your case number is {case_number}. We have {email} here. Do you still use it?
(Compare: {customer_name}.)

The item is {merchandise}.

By {due_day}, we’ll write to you."""


def to_say(relation: str, checked: Checked) -> str:
    withheld = withheld_from(relation, checked)
    assert withheld
    return without(TEXT, withheld)


@pytest.mark.requirement("R41", "R73")
def test_a_line_ends_before_what_a_caller_may_not_hear_yet() -> None:
    with translation.override("en"):
        said = to_say(CallerRelation.CUSTOMER, Checked.NOT_YET).split("\n")
    assert said[0] == "Your case number is {case_number}."
    assert said[1].startswith("(Verify first: ask for their full name")  # said once
    assert said[2:] == ["(Compare: {customer_name}.)", "", "By {due_day}, we’ll write to you."]


@pytest.mark.requirement("R73")
@pytest.mark.parametrize("checked", Checked)
@pytest.mark.parametrize("relation", [*CallerRelation, "king", ""])
def test_only_who_can_be_verified_and_was_hears_everything(relation: str, checked: Checked) -> None:
    withheld = withheld_from(relation, checked)
    own = relation in {"customer", "applicant", "authorized"}
    assert (withheld is None) == (own and checked is Checked.PASSED)
    if withheld:
        assert {"email", "customer_name"} <= withheld.facts
        assert ("merchandise" in withheld.facts) == (relation != "store")


@pytest.mark.requirement("R41")
def test_what_is_left_of_our_scripts_still_says_something() -> None:
    withheld = withheld_from(CallerRelation.CUSTOMER, Checked.NOT_YET)
    assert withheld
    for (_situation, medium), texts in TEXTS.items():
        if medium == "call":
            assert all("{case_number}" in without(each, withheld) for each in texts.values())


@pytest.mark.requirement("R41", "R73")
@pytest.mark.django_db
def test_verifying_brings_the_rest_of_the_script(
    ana: User, lease: Lease, sign_in: Any, now: Any
) -> None:
    draft = start_call(by=ana, now=now, lease=lease)
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    typed = {"kind": "charge_dispute", "lease": lease.account_number, "relation": "customer"}

    def script(**more: str) -> str:
        page = client.post(address, typed | {"choose": "1"} | more, **IN_PART)
        own, opening, *_others = page.context["scripts"]
        assert (own.situation, opening.situation) == ("dispute", "opening")
        return "\n".join(text.body for shown in own.scripts for text in shown.texts)

    assert lease.customer.email not in script()
    assert lease.account_number not in script()
    factors = {"factors": ["name", "email"], "verify": "right"}
    answer = client.post(address, typed | factors, **IN_PART)
    assert 'id="call-scripts" hx-swap-oob' in answer.content.decode()
    assert lease.customer.email in answer.content.decode()
    assert lease.customer.email in script()
    assert lease.customer.email not in script(relation="other")
    client.post(address, typed | {"factors": ["name"], "verify": "wrong"}, **IN_PART)
    assert lease.customer.email not in script()


@pytest.mark.requirement("R41", "R73")
@pytest.mark.django_db
def test_a_store_is_read_what_is_for_a_store(
    ana: User, lease: Lease, sign_in: Any, now: Any
) -> None:
    draft = start_call(by=ana, now=now, lease=lease)
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    typed = {"kind": "return", "lease": lease.account_number, "relation": "store", "choose": "1"}
    own, of_the_reason, *_others = client.post(address, typed, **IN_PART).context["scripts"]
    assert [own.situation, own.fits, of_the_reason.situation] == ["store", True, "return"]
    [shown] = own.scripts
    for said in (each.body for each in shown.texts):
        assert draft.spoken_number in said
        assert lease.store.name in said
        assert not {lease.customer.name, lease.customer.email} & set(said.split())
        assert "[" not in said
    customers = client.post(address, typed | {"relation": "customer"}, **IN_PART)
    assert customers.context["scripts"][0].situation == "return"
