"""A colleague’s unfinished call about the same customer is told as soon as the lease is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import CallDraft
from leases.models import Lease
from telephone.models import PhoneCall
from tests.pages import text

pytestmark = [pytest.mark.requirement("R71", "R86"), pytest.mark.django_db]
SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(ben: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ben, now=now)


def sent(lease: Lease, **more: str) -> dict[str, str]:
    return {
        "language": "en", "lease": lease.account_number, "summary": "Calls again.",
        "searched": "", "contract": "", "choose": "1",
    } | more  # fmt: skip


def begun(by: User, now: datetime, **typed: str) -> CallDraft:
    draft = actions.start_call(by=by, now=now)
    actions.save_draft(draft=draft, typed=typed, by=by)
    return draft


def chosen(client: Client, draft: CallDraft, lease: Lease) -> Any:
    return client.post(reverse("call", args=[draft.number]), sent(lease), headers=HTMX)


def test_who_began_it_when_and_its_first_words(
    draft: CallDraft, ana: User, ben: User, lease: Lease, now: datetime, sign_in: SignIn
) -> None:
    words = "Dice que pagó el lunes y que nadie "
    theirs = begun(ana, now, lease=lease.account_number, summary=words * 3, language="es")
    client = sign_in(ben)
    page = chosen(client, draft, lease)
    assert page.context["begun"] == [theirs]
    told = text(page)
    assert "Ana Torres began a call about this customer and hasn’t finished it" in told
    for each in (theirs.spoken_number, words, 'id="begun" hx-swap-oob', 'lang="es"'):
        assert each in page.content.decode()
    assert words * 3 not in told
    # In the whole page, too.
    client.post(reverse("call_draft", args=[draft.number]), sent(lease))
    assert client.get(reverse("call", args=[draft.number])).context["begun"] == [theirs]


def test_by_the_same_phone_without_a_lease(
    draft: CallDraft, ana: User, ben: User, lease: Lease, now: datetime, sign_in: SignIn
) -> None:
    theirs = begun(ana, now, contact_phone="(210) 555-0134", contact_name="La señora de antes")
    assert chosen(sign_in(ben), draft, lease).context["begun"] == [theirs]


def test_by_the_number_that_rings_now(
    ana: User, ben: User, lease: Lease, now: datetime, sign_in: SignIn
) -> None:
    rings = PhoneCall.objects.create(
        call_id="1", direction="in", from_number="+15125550199", rang_at=now, agent=ben
    )
    draft = actions.start_call(by=ben, now=now)
    CallDraft.objects.filter(pk=draft.pk).update(phone_call=rings)
    theirs = begun(ana, now, contact_phone="512 555 0199")
    assert chosen(sign_in(ben), draft, lease).context["begun"] == [theirs]


def test_none_that_is_over_or_of_someone_else(
    draft: CallDraft, ana: User, ben: User, lease: Lease, dans_lease: Lease, now: datetime,
    sign_in: SignIn,
) -> None:  # fmt: skip
    gone = begun(ana, now, lease=lease.account_number)
    actions.discard_call(draft=gone, reason="Se equivocó.", by=ana, now=now)
    call = actions.Call(lease=lease, kind="other", channel="phone", language="es", summary="Hola.")
    actions.open_case(draft=begun(ana, now, lease=lease.account_number), call=call, by=ana, now=now)
    begun(ana, now, lease=dans_lease.account_number)
    assert chosen(sign_in(ben), draft, lease).context["begun"] == []


def test_ones_own_begun_before_goes_on_without_taking_it_over(
    draft: CallDraft, ben: User, lease: Lease, now: datetime, sign_in: SignIn
) -> None:
    own = begun(ben, now - timedelta(minutes=2), lease=lease.account_number, summary="The line")
    client, address = sign_in(ben), reverse("call", args=[draft.number])
    page = chosen(client, draft, lease)
    assert page.context["begun"] == [own]
    assert "You began a call about this customer and haven’t finished it" in text(page)
    to = {"take_over": f"{own.number} {ben.pk}"}
    back = client.post(address, sent(lease, summary="dropped.") | to, follow=True)
    assert back.redirect_chain == [(reverse("call", args=[own.number]), 302)]
    said = f"You’re back in call {own.spoken_number}."
    kept = f"{said} What you typed before is in call {draft.spoken_number}."
    assert kept in back.content.decode()
    assert not own.takeovers.exists()
    empty = actions.start_call(by=ben, now=now)
    nothing = sent(lease, summary="") | {"lease": ""}
    back = client.post(reverse("call", args=[empty.number]), nothing | to, follow=True)
    assert said in back.content.decode()
    assert "What you typed before" not in text(back)
    empty.refresh_from_db()
    assert empty.discarded_at
    actions.discard_call(draft=own, reason="Ended.", by=ben, now=now)
    client.post(address, sent(lease, summary="dropped.") | to)
    draft.refresh_from_db()
    assert not draft.discarded_at  # only the other one is over


@pytest.mark.parametrize("count", [1, 8])
def test_the_newest_three_for_one_query(
    draft: CallDraft, ana: User, ben: User, lease: Lease, now: datetime, sign_in: SignIn,
    count: int, django_assert_num_queries: Any,
) -> None:  # fmt: skip
    every = [
        begun(ana, now + timedelta(minutes=place), lease=lease.account_number)
        for place in range(count)
    ]
    client, address = sign_in(ben), reverse("call", args=[draft.number])
    client.post(reverse("call_draft", args=[draft.number]), sent(lease))
    client.get(address)  # the session's first write is not part of a page's cost
    with django_assert_num_queries(24):
        answer = client.get(address)
    assert answer.context["begun"] == every[::-1][:3]


def test_going_on_in_it_keeps_what_was_typed_before(
    draft: CallDraft, ana: User, ben: User, lease: Lease, now: datetime, sign_in: SignIn
) -> None:
    theirs = begun(ana, now, lease=lease.account_number, summary="Dice que pagó.")
    client, address = sign_in(ben), reverse("call", args=[draft.number])
    to = {"take_over": f"{theirs.number} {ana.pk}"}
    answer = client.post(address, sent(lease, summary="She paid.") | to, follow=True)
    assert answer.redirect_chain == [(reverse("call", args=[theirs.number]), 302)]
    said = f"Call {theirs.spoken_number} is yours now."
    said = f"{said} What you typed before is in call {draft.spoken_number}."
    assert said in answer.content.decode()
    theirs.refresh_from_db()
    draft.refresh_from_db()
    assert (theirs.agent, draft.agent, draft.typed["summary"]) == (ben, ben, "She paid.")
    assert theirs.typed["summary"] == "Dice que pagó."


def test_a_call_in_which_nothing_was_said_is_not_left_behind(
    draft: CallDraft, ana: User, ben: User, lease: Lease, now: datetime, sign_in: SignIn
) -> None:
    theirs = begun(ana, now, lease=lease.account_number, summary="Dice que pagó.")
    to = {"take_over": f"{theirs.number} {ana.pk}"}
    address = reverse("call", args=[draft.number])
    answer = sign_in(ben).post(address, sent(lease, summary=" ") | to, follow=True)
    assert f"Call {theirs.spoken_number} is yours now." in answer.content.decode()
    assert "What you typed before" not in answer.content.decode()
    draft.refresh_from_db()
    assert draft.discarded_by == ben
    assert draft.discard_reason == f"The conversation went on in call {theirs.spoken_number}."


def test_someone_else_was_faster(
    draft: CallDraft, ana: User, ben: User, sofia: User, lease: Lease, now: datetime,
    sign_in: SignIn,
) -> None:  # fmt: skip
    theirs = begun(ana, now, lease=lease.account_number)
    actions.take_over_call(draft=theirs, of=ana, by=sofia, now=now)
    client, address = sign_in(ben), reverse("call", args=[draft.number])
    to = {"take_over": f"{theirs.number} {ana.pk}"}
    answer = client.post(address, sent(lease, summary="She paid.") | to)
    assert answer.status_code == 409
    assert answer.context["taking"].has_error("__all__", "call_taken")
    assert "She paid." in answer.content.decode()
    assert answer.context["begun"] == [theirs]


@pytest.mark.parametrize("asked", ["x", " ", "123456789 999999999", "\x00 1", "1\x00 x"])
def test_what_is_no_call_is_refused(
    draft: CallDraft, ben: User, lease: Lease, sign_in: SignIn, asked: str
) -> None:
    address = reverse("call", args=[draft.number])
    answer = sign_in(ben).post(address, sent(lease) | {"take_over": asked})
    assert answer.status_code == 404
