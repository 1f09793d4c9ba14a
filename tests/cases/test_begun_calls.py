"""A begun call is continued, taken over, or added to an open case. Its number leads there."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.actions import Window
from cases.models import CallDraft, CallTakeover, Case, Entry
from cases.queries.find import find
from cases.queries.open_cases import open_cases_like
from leases.models import Customer, Lease
from mail.models import Email
from tests.pages import text
from tests.refusals import refusal

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


def said(**fields: Any) -> actions.AddedCall:
    values = {"channel": "phone", "language": "es", "summary": "Llamó otra vez."}
    return actions.AddedCall(**values | fields)


@pytest.mark.requirement("R37", "R71")
def test_a_second_press_returns_to_the_call(ana: User, lease: Lease, sign_in: SignIn) -> None:
    client = sign_in(ana)
    first = client.post(reverse("calls")).headers["Location"]
    assert client.post(reverse("calls")).headers["Location"] == first
    # From a lease's page, the call is about that lease.
    about = {"lease": lease.account_number}
    assert client.post(reverse("calls"), about).headers["Location"] == first
    page = text(client.get(first))
    assert lease.account_number in page
    assert "Empezar otra llamada" in page
    second = client.post(reverse("calls"), {"another": "1"}).headers["Location"]
    assert second != first
    assert CallDraft.objects.unfinished().count() == 2


@pytest.mark.requirement("R37")
def test_a_page_where_one_already_types_is_told_where_the_call_is(
    ana: User, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    told = client.post(reverse("calls"), headers={"X-Puente-Ahead": "1"})
    assert (told.status_code, told.content) == (204, b"")
    assert client.post(reverse("calls")).headers["Location"] == told.headers["X-Puente-Call"]


@pytest.mark.requirement("R37", "R71")
def test_a_begun_call_continued_from_a_lease_is_about_that_lease(
    ana: User, dans_lease: Lease, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    begun = client.post(reverse("calls"), {"searched": "Zzyzx"}).headers["Location"]
    about = {"lease": dans_lease.account_number}
    assert client.post(reverse("calls"), about).headers["Location"] == begun
    form = client.get(begun).context["form"]
    assert form["lease"].value() == dans_lease.account_number
    assert form["language"].value() == dans_lease.customer.language
    assert form["contract"].value() == "Zzyzx"


@pytest.mark.requirement("R71")
def test_another_lease_is_another_call(
    ana: User, lease: Lease, dans_lease: Lease, now: datetime
) -> None:
    first, _is_new = actions.continue_or_start_call(by=ana, now=now, lease=lease)
    assert actions.continue_or_start_call(by=ana, now=now, lease=lease) == (first, False)
    other, is_new = actions.continue_or_start_call(by=ana, now=now, lease=dans_lease)
    assert is_new
    assert other.lease == dans_lease
    actions.save_draft(draft=other, typed={"why": "identity"}, by=ana)


@pytest.mark.requirement("R71")
def test_a_call_left_alone_is_not_the_one_on_the_line(
    ana: User, ben: User, draft: CallDraft, now: datetime
) -> None:
    assert actions.continue_or_start_call(by=ben, now=now)[1]
    assert not actions.continue_or_start_call(by=ana, now=now + timedelta(minutes=29))[1]
    written = now + timedelta(minutes=40)
    window = Window(key=uuid4(), version=draft.version, at=written)
    typed = {"summary": "Todavía busca el recibo."}
    actions.save_draft(draft=draft, typed=typed, by=ana, window=window)
    same, is_new = actions.continue_or_start_call(by=ana, now=written + timedelta(minutes=29))
    assert (same, is_new) == (draft, False)
    assert actions.continue_or_start_call(by=ana, now=written + timedelta(minutes=31))[1]


@pytest.mark.requirement("R71")
def test_the_call_of_yesterday_is_not_the_one_on_the_line(
    ana: User, lease: Lease, now: datetime
) -> None:
    first, _is_new = actions.continue_or_start_call(by=ana, now=now, lease=lease)
    for hours, is_new in ((11, False), (13, True)):
        later = now + timedelta(hours=hours)
        call, began = actions.continue_or_start_call(by=ana, now=later, lease=lease)
        assert (call == first, began) == (not is_new, is_new)


@pytest.mark.requirement("R71")
def test_a_call_is_taken_over_and_it_is_known_whose_it_was(
    draft: CallDraft, ana: User, ben: User, lease: Lease, now: datetime
) -> None:
    actions.take_over_call(draft=draft, of=ana, by=ben, now=now)
    taken = CallTakeover.objects.get()
    assert (taken.from_agent, taken.to_agent, taken.at) == (ana, ben, now)
    call = actions.Call(lease=lease, kind="other", channel="phone", language="es", summary="Hola")
    case = actions.open_case(draft=draft, call=call, by=ben, now=now)
    # The customer spoke with Ana, whoever wrote it down.
    assert case.entries.get(event="opened").params == {"taken_by": "Ana Torres"}
    assert Email.objects.get().params["agent_name"] == "Ana Torres"


@pytest.mark.requirement("R71")
def test_the_second_who_takes_it_over_is_told_who_has_it(
    draft: CallDraft, ana: User, ben: User, sofia: User, now: datetime, sign_in: SignIn
) -> None:
    address = reverse("call_takeover", args=[draft.number])
    seen = {"of": ana.pk}
    assert sign_in(sofia).post(address, seen).status_code == 302
    late = sign_in(ben).post(address, seen)
    assert late.status_code == 409
    assert late.context["taking"].non_field_errors().as_data()[0].code == "call_taken"
    assert "Sofía Ramírez already took over this call." in text(late)
    assert CallTakeover.objects.count() == 1


@pytest.mark.requirement("R71")
def test_the_page_says_whose_words_they_are_and_what_taking_over_does(
    draft: CallDraft, ana: User, ben: User, sign_in: SignIn
) -> None:
    address = reverse("call", args=[draft.number])
    assert "What’s written here is from" not in text(sign_in(ben).get(address))
    actions.save_draft(draft=draft, typed={"summary": "Hola"}, by=ana)
    page = text(sign_in(ben).get(address))
    assert "What’s written here is from Ana Torres." in page
    assert "Ana Torres can still write in it" in page
    assert "What’s written here is from" not in text(sign_in(ana).get(address))


@pytest.mark.requirement("R71")
def test_what_can_not_be_taken_over(
    draft: CallDraft, ana: User, ben: User, carla: Customer, mateo: User, now: datetime
) -> None:
    def take(by: User) -> object:
        return actions.take_over_call(draft=draft, of=ana, by=by, now=now)

    assert refusal(lambda: take(ana)) == "call_own"
    for outsider in (carla.user, mateo):
        with pytest.raises(PermissionDenied):
            take(outsider)
    actions.discard_call(draft=draft, reason="Número equivocado.", by=ana, now=now)
    assert refusal(lambda: take(ben)) == "call_discarded"


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R71")
def test_two_agents_at_once(draft: CallDraft, ana: User, ben: User, sofia: User) -> None:
    codes: list[str] = []

    def take(by: User) -> None:
        try:
            actions.take_over_call(draft=draft, of=ana, by=by, now=timezone.now())
            codes.append("mine")
        except ValidationError as error:
            codes.append(error.code or "")
        finally:
            connection.close()

    both = [threading.Thread(target=take, args=[each]) for each in (ben, sofia)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(codes) == ["call_taken", "mine"]


def test_the_record_of_it_stays(draft: CallDraft, ana: User, ben: User, now: datetime) -> None:
    actions.take_over_call(draft=draft, of=ana, by=ben, now=now)
    for change in ("UPDATE cases_calltakeover SET at = now()", "DELETE FROM cases_calltakeover"):
        with (
            pytest.raises(DatabaseError, match="pgtrigger"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


@pytest.mark.requirement("R72")
def test_open_cases_of_the_same_kind_come_first(
    open_case: Callable[..., Case], ana: User, lease: Lease, dans_lease: Lease, now: datetime
) -> None:
    late = open_case(kind="late_payment")
    newer = open_case(kind="return", now=now + timedelta(days=1))
    open_case(lease=dans_lease)
    assert open_cases_like(lease, "late_payment", user=ana) == [late, newer]
    assert open_cases_like(lease, "", user=ana) == [newer, late]


@pytest.mark.requirement("R72", "R37")
def test_a_call_about_an_open_case_becomes_an_entry_of_it(
    draft: CallDraft,
    open_case: Callable[..., Case],
    ana: User,
    ben: User,
    carla: Customer,
    now: datetime,
    sign_in: SignIn,
) -> None:
    case = open_case()
    mails = Email.objects.count()
    for _ in range(2):  # a double click
        actions.add_call_to_case(draft=draft, case=case, call=said(), by=ben, now=now)
    call = case.entries.get(body="Llamó otra vez.")
    assert (call.kind, call.channel, call.author, call.is_public) == ("call", "phone", ben, False)
    added = case.entries.get(event="call_added")
    assert added.params == {"number": draft.number, "taken_by": "Ana Torres"}
    assert Email.objects.count() == mails  # a note for the team
    assert Case.objects.count() == 1
    # The number read aloud leads there, for everyone.
    assert find(draft.number, user=ana, now=now).case == case
    for user, name in ((ana, "case"), (ana, "call"), (carla.user, "portal_case")):
        answer = sign_in(user).get(reverse(name, args=[draft.number]))
        assert case.number in answer.headers["Location"]
    assert draft.spoken_number.replace("\N{NO-BREAK SPACE}", " ") in text(
        sign_in(carla.user).get(reverse("portal_case", args=[case.number]))
    ).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.requirement("R72", "R48")
def test_what_the_customer_reads_of_it_is_mailed(
    draft: CallDraft, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case()
    call = said(visibility="public")
    actions.add_call_to_case(draft=draft, case=case, call=call, by=ana, now=now)
    mail = Email.objects.get(template__key="message_added")
    assert (mail.params["message"], mail.thread) == ("Llamó otra vez.", case.number)


@pytest.mark.requirement("R72")
def test_a_call_that_can_not_be_added_says_why(
    draft: CallDraft,
    open_case: Callable[..., Case],
    ana: User,
    carla: Customer,
    now: datetime,
) -> None:
    case, other = open_case(), open_case()

    def add(to: Case, by: User = ana, **fields: Any) -> object:
        return actions.add_call_to_case(draft=draft, case=to, call=said(**fields), by=by, now=now)

    with pytest.raises(PermissionDenied):
        add(case, carla.user)
    assert refusal(lambda: add(case, due_on=now.date() - timedelta(days=1))) == "day_past"
    case.refresh_from_db()
    update = actions.Update(
        body="Listo.", visibility="public", language="es", to_status="resolved",
        outcome="other_case",
    )  # fmt: skip
    actions.update_case(case=case, version=case.version, update=update, by=ana, now=now)
    assert refusal(lambda: add(case)) == "case_over"
    assert not Entry.objects.filter(body="Llamó otra vez.").exists()
    add(other)
    assert refusal(lambda: add(open_case())) == "call_finished"


@pytest.mark.requirement("R72")
def test_a_discarded_call_is_not_added(
    draft: CallDraft, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    actions.discard_call(draft=draft, reason="Número equivocado.", by=ana, now=now)
    case = open_case()
    add = lambda: actions.add_call_to_case(  # noqa: E731
        draft=draft, case=case, call=said(), by=ana, now=now
    )
    assert refusal(add) == "call_discarded"


@pytest.mark.requirement("R72")
def test_the_page_offers_the_open_cases_and_adds_the_call(
    draft: CallDraft,
    open_case: Callable[..., Case],
    lease: Lease,
    ana: User,
    sign_in: SignIn,
) -> None:
    case, client = open_case(), sign_in(ana)
    address = reverse("call", args=[draft.number])
    typed = {
        "language": "es", "channel": "phone", "visibility": "internal", "summary": "",
        "contract": lease.account_number, "lease": lease.account_number,
    }  # fmt: skip
    found = text(client.post(address, typed | {"find": "1"}))
    assert f'name="add_to" value="{case.number}"' in found
    refused = client.post(address, typed | {"add_to": case.number})
    assert refused.status_code == 422
    assert list(refused.context["adding"].errors) == ["summary"]
    assert client.post(address, typed | {"add_to": "260999990"}).status_code == 404
    assert client.post(address, typed | {"add_to": "\x00"}).status_code == 404
    sent = typed | {"summary": "Llamó otra vez.", "add_to": case.number}
    for more in ({"message": "Hola"}, {"agreed-0-what": "Pagar"}, {"slot-photos": "asked"}):
        refused = client.post(address, sent | more)
        [error] = refused.context["adding"].errors.as_data()["__all__"]
        assert error.code == "call_has_more"
    done = client.post(address, sent)
    assert done.headers["Location"] == reverse("case", args=[case.number])
    assert case.entries.filter(body="Llamó otra vez.").exists()


@pytest.mark.requirement("R72")
@pytest.mark.parametrize(
    ("own", "status", "chosen", "then"),
    [
        ("2026-11-16", "open", "2026-11-23", "2026-11-23"),  # late; they were read another
        ("2026-11-20", "open", "2026-11-23", "2026-11-20"),
        (
            "2026-12-10",
            "open",
            "2026-11-23",
            "2026-11-23",
        ),  # not what they were told
        ("2026-12-10", "waiting_customer", "2026-11-23", "2026-12-10"),  # it’s their own
        ("2026-11-20", "open", "2026-11-27", "2026-11-27"),
    ],
)
def test_the_day_that_the_caller_was_read_counts_for_the_open_case(
    draft: CallDraft, open_case: Callable[..., Case], lease: Lease, ana: User, sign_in: SignIn,
    own: str, status: str, chosen: str, then: str,
) -> None:  # fmt: skip
    case, client = open_case(), sign_in(ana)
    Case.objects.filter(pk=case.pk).update(due_on=own, status=status)
    sent = {
        "language": "es", "channel": "phone", "visibility": "internal",
        "contract": lease.account_number, "lease": lease.account_number,
        "summary": "Llamó otra vez.", "add_to": case.number,
        "due_on": chosen, "suggested_due_on": "2026-11-23",
    }  # fmt: skip
    page = text(client.post(reverse("call", args=[draft.number]), sent, follow=True))
    case.refresh_from_db()
    assert case.due_on.isoformat() == then
    assert "Llamada agregada al caso" in page
    assert "Ninguno: solo nuestro equipo lee lo que escribió." in page


def test_a_call_without_words_leaves_the_hand_in_their_field(
    draft: CallDraft, open_case: Callable[..., Case], lease: Lease, ana: User, sign_in: SignIn
) -> None:
    case = open_case()
    sent = {
        "language": "es", "channel": "phone", "visibility": "internal", "summary": "",
        "contract": lease.account_number, "lease": lease.account_number, "add_to": case.number,
    }  # fmt: skip
    page = text(sign_in(ana).post(reverse("call", args=[draft.number]), sent))
    [field] = re.findall(r'<textarea name="summary"[^>]*>', page)
    assert "autofocus" in field
    [box] = re.findall(r'<div class="errors"[^>]*>', page)
    assert "autofocus" not in box


@pytest.mark.requirement("R72")
def test_the_page_says_that_the_words_of_an_added_call_are_mailed(
    draft: CallDraft, open_case: Callable[..., Case], lease: Lease, ana: User, sign_in: SignIn
) -> None:
    case, client = open_case(), sign_in(ana)
    sent = {
        "language": "es", "channel": "phone", "visibility": "public", "summary": "Llamó otra vez.",
        "lease": lease.account_number, "contract": lease.account_number, "add_to": case.number,
    }  # fmt: skip
    page = text(client.post(reverse("call", args=[draft.number]), sent, follow=True))
    assert f"A {lease.customer.name}, en español: {lease.customer.email}" in page
    assert "Ninguno:" not in page


def test_a_line_no_form_has_is_not_kept(draft: CallDraft, ana: User, sign_in: SignIn) -> None:
    lines = {"slot-\x00": "asked", "slot-123-45-6789 SSN": "asked", "slot-photos": "asked"}
    answer = sign_in(ana).post(reverse("call_draft", args=[draft.number]), lines)
    assert answer.status_code == 204
    draft.refresh_from_db()
    assert [name for name in draft.typed if name.startswith("slot-")] == ["slot-photos"]


@pytest.mark.requirement("R72", "R73")
@pytest.mark.parametrize(
    ("relation", "name", "seen"),
    [("customer", "", True), ("authorized", "Luis Vera", True), ("store", "Luna", False)],
)
def test_a_customer_does_not_read_who_else_called(
    draft: CallDraft, open_case: Callable[..., Case], ana: User, now: datetime,
    relation: str, name: str, seen: bool,
) -> None:  # fmt: skip
    case = open_case()
    call = replace(said(), caller=actions.Caller(relation=relation, name=name))
    actions.add_call_to_case(draft=draft, case=case, call=call, by=ana, now=now)
    assert case.entries.get(event="call_added").is_public is seen


@pytest.mark.requirement("R71", "R100")
def test_words_saved_after_another_finished_the_call_are_not_lost(
    draft: CallDraft, lease: Lease, ana: User, ben: User, sign_in: SignIn, now: datetime
) -> None:
    call = actions.Call(lease=lease, kind="other", channel="phone", language="es", summary="Hola.")
    case = actions.open_case(draft=draft, call=call, by=ana, now=now)
    client, address = sign_in(ben), reverse("call", args=[draft.number])
    typed = {"lease": lease.account_number, "language": "es", "summary": "Hola."}
    assert client.post(address, typed).headers["Location"] == reverse("case", args=[case.number])
    late = client.post(address, typed | {"summary": "Pide <hablar> el lunes."})
    assert late.status_code == 409
    assert "Ana Torres opened it" in text(late)
    assert "Pide &lt;hablar&gt; el lunes." in late.content.decode()
    note = {"version": case.version, "visibility": "internal", "language": "es", "seen": "0"}
    client.post(
        reverse("case_entries", args=[case.number]), note | {"body": "Pide <hablar> el lunes."}
    )
    assert case.entries.get(body="Pide <hablar> el lunes.").author == ben


@pytest.mark.requirement("R71")
def test_who_comes_back_to_a_call_reads_whose_it_is(
    ana: User, lease: Lease, dans_lease: Lease, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    about = {"lease": dans_lease.account_number}
    address = client.post(reverse("calls"), about).headers["Location"]
    assert client.get(address).context["continued"] is None
    client.post(reverse("calls"))
    page = client.get(address)
    assert page.context["continued"] == "Dan Miller"
    body = page.content.decode()
    assert "Esta es su llamada sin terminar (comenzó: " in text(page)
    # What is typed then joins nothing, and isn't lost: it looks for someone in a call of its own.
    beside = body.index('<input form="another-call" id="another-caller" name="searched"')
    assert beside < body.index("autofocus>", beside) < body.index('name="contract"')
    other = client.post(reverse("calls"), {"another": "1", "searched": "carla pena"})
    assert other.headers["Location"] != address
    found = client.get(other.headers["Location"])
    assert found.context["chosen"] == lease.account_number
    assert found.context["form"]["contract"].value() == "carla pena"
    assert "autofocus" not in page.context["form"].fields["contract"].widget.attrs
    assert client.get(address).context["continued"] is None  # told once


@pytest.mark.requirement("R71", "R87")
def test_another_name_from_the_bar_is_another_call(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    olivia, joe = {"searched": "Olivia Nadie"}, {"searched": "Joe Nadie"}
    first = client.post(reverse("calls"), olivia).headers["Location"]
    assert client.post(reverse("calls"), olivia).headers["Location"] == first
    second = client.post(reverse("calls"), joe).headers["Location"]
    assert second != first
    assert client.get(first).context["form"]["contract"].value() == "Olivia Nadie"
    assert client.get(second).context["form"]["contract"].value() == "Joe Nadie"
    assert CallDraft.objects.unfinished().count() == 2
