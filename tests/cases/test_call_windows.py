"""Two windows of one call, of one agent or of two: neither overwrites the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.actions import AddedCall, SavedCall, Window
from cases.actions.save_call import MOST_WINDOWS
from cases.call_texts import joined
from cases.models import CallDraft, CallWindow, Case
from leases.models import Lease
from tests.pages import text
from tests.patience import PATIENCE, wait_for
from tests.threads import at_once, waiting_for_locks
from tests.upgrades import before

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R100")]
SignIn = Callable[..., Client]
HIDDEN = re.compile(r'<input type="hidden" name="(window|version|compared|of)" value="([^"]+)">')
TAKE = re.compile(r'name="take" value="(\w+ \w+)"')
HERS, HIS = "Llamó por su pago.", "She asks about the washer."


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


class Page(NamedTuple):
    """The page of a call as someone has it open."""

    client: Client
    address: str
    carried: dict[str, str]
    typed: dict[str, str]

    def autosave(self, **typed: str) -> HttpResponse:
        sent = self.typed | typed | self.carried
        return self.client.post(f"{self.address}draft/", sent)

    def send(self, **typed: str) -> HttpResponse:
        return self.client.post(self.address, self.typed | typed | self.carried)

    def then(self, answer: HttpResponse) -> Page:
        """The page that answered this one."""
        return self._replace(carried=dict(HIDDEN.findall(answer.content.decode())))


@pytest.fixture
def open_page(sign_in: SignIn, draft: CallDraft, lease: Lease) -> Callable[[User], Page]:
    def opened(by: User) -> Page:
        client, address = sign_in(by), reverse("call", args=[draft.number])
        typed = {
            "language": "es", "lease": lease.account_number, "kind": "payment",
            "channel": "phone", "visibility": "internal", "relation": "customer",
        }  # fmt: skip
        return Page(client, address, {}, typed).then(client.get(address))

    return opened


@pytest.fixture
def pages(open_page: Callable[[User], Page], ana: User, ben: User) -> tuple[Page, Page]:
    return open_page(ana), open_page(ben)


def summary() -> Any:
    return CallDraft.objects.get().typed["summary"]


def kept_beside() -> list[Any]:
    """The newest first."""
    return [each.typed["summary"] for each in CallWindow.objects.order_by("-pk")]


def test_one_window_saves_again_and_again(pages: tuple[Page, Page]) -> None:
    hers, _his = pages
    for said in ("Llamó", HERS, ""):
        assert hers.autosave(summary=said).status_code == 204
        assert summary() == said
    assert hers.send(find="1", summary=HERS).status_code == 200
    assert hers.autosave(summary=HERS + " Hoy.").status_code == 204


def test_a_save_from_an_older_page_keeps_the_newer_text_and_shows_both(
    pages: tuple[Page, Page],
) -> None:
    hers, his = pages
    hers.autosave(summary=HERS)
    late = his.autosave(summary=HIS)
    assert late.status_code == 409
    for said in (HERS, HIS, "What did the customer say?"):
        assert said in text(late)
    found = CallDraft.objects.get()
    assert (found.typed["summary"], kept_beside()) == (HERS, [HIS])
    # The other window hears of it, too, and goes on.
    told = hers.autosave(summary=HERS + " Hoy.")
    assert told.status_code == 200
    assert HIS in text(told)
    assert summary() == HERS + " Hoy."
    # So does whoever opens the call after both windows are gone.
    assert HIS in text(hers.client.get(hers.address))


def test_words_that_look_like_a_day_stay_words(pages: tuple[Page, Page]) -> None:
    hers, his = pages
    hers.autosave(summary="2026-12-04", due_on="2026-12-04")
    shown = text(his.autosave(summary="4 dic", due_on="2026-12-09"))
    assert "2026-12-04" in shown  # as she wrote it
    assert "Dec 4, 2026" in shown  # the day that she chose


def test_a_page_that_came_with_the_newer_text_goes_on_with_it(
    pages: tuple[Page, Page], open_page: Callable[[User], Page], ben: User
) -> None:
    pages[0].autosave(summary=HERS)
    later = open_page(ben)
    assert later.autosave(summary=HERS + " Hoy.").status_code == 204
    assert pages[0].autosave(summary=HERS + " Ayer.").status_code == 409
    assert summary() == HERS + " Hoy."


@pytest.mark.parametrize(
    ("name", "theirs", "shown"),
    [
        ("kind", "other", "Other"),
        ("lease", "9000000002", "9000000002"),
        ("relation", "store", "Store"),
        ("due_on", "2026-12-04", "Dec 4, 2026"),
        ("message", "We’ll call you.", "We’ll call you."),
        ("slot-payment_proof", "asked", "Ask for it"),
        ("agreed-0-what", "Pays on Friday", "Pays on Friday"),
        ("asked-store_named", "Mueblería Sol", "Mueblería Sol"),
        ("remember_language", "on", "Yes"),
    ],
)
def test_choices_are_not_overwritten_either(
    pages: tuple[Page, Page], name: str, theirs: str, shown: str
) -> None:
    hers, his = pages
    hers.autosave(**{name: theirs})
    late = his.autosave(summary=HIS)
    assert late.status_code == 409
    assert shown in text(late)
    assert CallDraft.objects.get().typed[name] == theirs


def test_what_no_one_else_typed_is_no_conflict(pages: tuple[Page, Page]) -> None:
    hers, his = pages
    hers.autosave(contract="Carla", suggested_language="es")
    assert his.autosave(summary=HIS).status_code == 204
    assert summary() == HIS


@pytest.mark.parametrize("which", ["both", "mine", "theirs"])
def test_someone_who_saw_both_chooses(pages: tuple[Page, Page], which: str) -> None:
    hers, his = pages
    hers.autosave(summary=HERS)
    offered = TAKE.findall(his.autosave(summary=HIS).content.decode())
    take = next(each for each in offered if each.startswith(which))
    answer = his.send(summary=HIS, take=take)
    assert answer.status_code == 200
    kept = {"both": f"{HERS}\n\n{HIS}", "mine": HIS, "theirs": HERS}[which]
    assert answer.context["form"]["summary"].value() == kept
    found = CallDraft.objects.get()
    assert (found.typed["summary"], kept_beside()) == (kept, [])
    assert his.then(answer).autosave(summary=kept + " Later.").status_code == 204


def test_a_choice_between_texts_that_changed_is_asked_again(pages: tuple[Page, Page]) -> None:
    hers, his = pages
    hers.autosave(summary=HERS)
    take = TAKE.findall(his.autosave(summary=HIS).content.decode())[1]
    hers.autosave(summary=HERS + " Hoy.")
    answer = his.send(summary=HIS, take=take)
    assert answer.status_code == 409
    assert HERS + " Hoy." in text(answer)
    assert summary() == HERS + " Hoy."


def test_the_last_save_shows_both_before_the_call_ends(pages: tuple[Page, Page]) -> None:
    """Without scripts."""
    hers, his = pages
    hers.send(find="1", summary=HERS)
    late = his.send(summary=HIS)
    assert late.status_code == 409
    assert (HERS in text(late), late.context["form"]["summary"].value()) == (True, HIS)
    assert not Case.objects.exists()
    assert his.then(late).send(summary=f"{HIS} {HERS}").status_code == 302
    assert Case.objects.get().entries.filter(body=f"{HIS} {HERS}").exists()


def test_who_has_the_newer_words_hears_of_the_others_before_the_call_ends(
    pages: tuple[Page, Page],
) -> None:
    hers, his = pages
    hers.autosave(summary=HERS)
    his.autosave(summary=HIS)
    told = hers.send(summary=HERS)
    assert told.status_code == 409
    assert HIS in text(told)
    assert hers.then(told).send(summary=HERS).status_code == 302


def test_a_page_that_saves_by_itself_has_not_looked(pages: tuple[Page, Page]) -> None:
    """The page that shows both goes on saving, and decides nothing."""
    hers, his = pages
    hers.autosave(summary=HERS)
    shown = his.then(his.send(summary=HIS))
    assert shown.carried["compared"]
    assert shown.autosave(summary=HIS + " Later.").status_code == 409
    assert (summary(), kept_beside()) == (HERS, [HIS + " Later."])


def test_a_call_added_to_an_open_case_loses_no_words_either(
    pages: tuple[Page, Page], open_case: Callable[..., Case]
) -> None:
    hers, his = pages
    number = open_case().number
    hers.autosave(summary=HERS)
    late = his.send(summary=HIS, add_to=number)
    assert late.status_code == 409
    assert HERS in text(late)
    assert his.then(late).send(summary=HIS, add_to=number).status_code == 302


@pytest.mark.parametrize("is_added", [False, True])
def test_a_window_of_a_finished_call_hears_by_whom_and_offers_its_words(
    pages: tuple[Page, Page], open_case: Callable[..., Case], is_added: bool
) -> None:
    hers, his = pages
    to = {"add_to": open_case().number} if is_added else {}
    assert hers.send(summary=HERS, **to).status_code == 302
    case = Case.objects.latest("pk")
    late = his.autosave(summary=HIS)
    assert late.status_code == 410
    said = f"Ana Torres finished it and {'added it to' if is_added else 'opened'} case"
    assert said in text(late)
    assert f'href="/cases/{case.number}/"' in late.content.decode()
    assert "Check it and add it to the case" in text(late)
    sent = his.send(summary=HIS)
    assert sent.status_code == 409
    assert f"{HIS}</textarea>" in sent.content.decode()
    assert "Ana Torres" in text(sent)
    # Nothing to add: what it has is in the case already.
    assert "<button" not in his.autosave(summary=HERS).content.decode()


@pytest.mark.parametrize("is_added", [False, True])
def test_who_ended_it_in_another_window_isnt_told_their_own_name(
    open_page: Callable[[User], Page], ben: User, open_case: Callable[..., Case], is_added: bool
) -> None:
    left, ending = open_page(ben), open_page(ben)
    to = {"add_to": open_case().number} if is_added else {}
    assert ending.send(summary=HIS, **to).status_code == 302
    late = text(left.autosave(summary=HIS + " More."))
    how = "added it to case" if is_added else "opened case"
    assert f"You ended it in another window and {how} " in late
    assert "Ben " not in late
    sent = left.send(summary=HIS + " More.")
    assert sent.status_code == 409
    assert "in another window. What you typed here isn’t in it yet." in text(sent)


def test_a_part_of_a_finished_calls_page_says_so_in_its_place(pages: tuple[Page, Page]) -> None:
    hers, his = pages
    hers.send(summary=HERS)
    sent = his.typed | his.carried | {"summary": HIS, "preview": "1"}
    part = his.client.post(his.address, sent, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Retarget"]) == (200, "#both-texts")
    assert "Ana Torres finished it and opened case" in text(part)


def test_a_refused_form_keeps_both(pages: tuple[Page, Page]) -> None:
    hers, his = pages
    hers.autosave(summary=HERS)
    refused = his.send(summary=HIS, kind="")
    assert refused.status_code == 422
    assert HERS in text(refused)
    assert summary() == HERS


def test_a_third_window_replaces_no_other_ones_text(
    pages: tuple[Page, Page], open_page: Callable[[User], Page], ana: User, ben: User
) -> None:
    hers, his = pages
    third = open_page(ben)
    hers.autosave(summary=HERS)
    his.autosave(summary=HIS)
    late = third.autosave(summary="Una más.")
    assert late.status_code == 409
    assert (summary(), kept_beside()) == (HERS, ["Una más.", HIS])
    for said in (HERS, HIS, "Una más.", ana.name, "Your other window", "in other windows"):
        assert said in text(late)
    # Whose window, and when it last saved.
    assert re.search(rf'{ana.name} <span class="quiet">\w+ \d+, \d{{4}}, \d+:\d\d', text(late))
    # The one whose words are the draft hears of both others.
    told = hers.autosave(summary=HERS)
    assert told.status_code == 200
    assert HIS in text(told)
    assert "Una más." in text(told)


@pytest.mark.parametrize("which", ["all", "mine", "one"])
def test_of_three_texts_someone_chooses_too(
    pages: tuple[Page, Page], open_page: Callable[[User], Page], ben: User, which: str
) -> None:
    hers, his = pages
    third = open_page(ben)
    hers.autosave(summary=HERS)
    his.autosave(summary=HIS)
    html = third.autosave(summary="One more.").content.decode()
    takes = re.findall(r'name="take" value="([^"]+)"', html)
    assert [each.split()[0] for each in takes] == ["theirs", "theirs", "both", "mine"]
    take = {"all": takes[2], "mine": takes[3], "one": takes[1]}[which]
    answer = third.send(summary="One more.", take=take)
    assert answer.status_code == 200
    all_ = f"{HIS}\n\n{HERS}\n\nOne more."
    kept = {"all": all_, "mine": "One more.", "one": HIS}[which]
    assert (summary(), kept_beside()) == (kept, [])


def test_of_too_many_windows_the_oldest_text_goes_on_below_the_next(
    pages: tuple[Page, Page], open_page: Callable[[User], Page], ben: User
) -> None:
    pages[0].autosave(summary=HERS)
    version = {"version": "0"}
    for place in range(MOST_WINDOWS + 2):
        late = open_page(ben)
        late.carried.update(version)
        assert late.autosave(summary=f"Said {place:02}.").status_code == 409
    assert CallWindow.objects.count() == MOST_WINDOWS
    words = " ".join(kept_beside())
    assert all(f"Said {place:02}." in words for place in range(MOST_WINDOWS + 2))


def test_choices_of_which_one_can_stay_are_named(pages: tuple[Page, Page]) -> None:
    hers, his = pages
    hers.autosave(summary=HERS, kind="other", message="Hola")
    late = his.autosave(summary=HIS, message="Hello")
    said = text(late)
    assert "Where only one can stay, it’s this window’s: Reason" in said
    alone = his.autosave(summary=HIS, kind="other", message="Hello")
    assert "Where only one can stay" not in text(alone)


def test_masked_numbers_are_no_difference(pages: tuple[Page, Page]) -> None:
    hers, his = pages
    said = "Card 4111 1111 1111 1111"
    hers.autosave(summary=said)
    assert his.autosave(summary=said).status_code == 204


@pytest.mark.parametrize(
    "carried",
    [
        {"window": "x", "version": "0"},
        {"window": str(uuid4()), "version": "x"},
        {"window": str(uuid4())},
        {"window": str(uuid4()), "version": "9" * 400},
    ],
)
def test_a_page_that_says_nonsense_breaks_nothing(
    pages: tuple[Page, Page], carried: dict[str, str]
) -> None:
    page = pages[0]._replace(carried=carried)
    assert page.autosave(summary=HERS).status_code == 204
    assert pages[0].send(summary=HERS, take="x\0y").status_code in {200, 409}


@pytest.mark.parametrize("is_added", [False, True])
def test_words_saved_after_the_last_look_are_not_hidden(
    pages: tuple[Page, Page], open_case: Callable[..., Case], lease: Lease, ana: User,
    now: datetime, is_added: bool,
) -> None:  # fmt: skip
    """His save comes between her last one and the end of the call."""
    _hers, his = pages
    case = open_case()
    draft = CallDraft.objects.get(case=None)
    window = Window(key=uuid4(), version=draft.version, at=now)
    saved = actions.save_draft(draft=draft, typed={"summary": HERS}, by=ana, window=window)
    his.autosave(summary=HIS)
    said: dict[str, Any] = {"channel": "phone", "language": "es", "summary": HERS}
    ending: dict[str, Any] = {"draft": draft, "by": ana, "now": now, "saved": saved.version}
    if is_added:
        end = partial(actions.add_call_to_case, case=case, call=AddedCall(**said), **ending)
    else:
        call = actions.Call(lease=lease, kind="payment", **said)
        end = partial(actions.open_case, call=call, **ending)
    with pytest.raises(ValidationError) as error:
        end()
    assert error.value.code == "call_changed"
    assert kept_beside() == [HIS]


def test_the_same_words_again_do_not_stop_the_first_click(
    lease: Lease, ana: User, now: datetime
) -> None:
    """Both clicks of a double click save before the first of them opens the case."""
    draft = actions.start_call(by=ana, now=now)
    window = Window(key=uuid4(), version=draft.version, at=now)
    first, second = (
        actions.save_draft(draft=draft, typed={"summary": HERS}, by=ana, window=window)
        for _click in range(2)
    )
    call = actions.Call(lease=lease, kind="payment", channel="phone", language="es", summary=HERS)
    cases = {
        actions.open_case(draft=draft, call=call, by=ana, now=now, saved=each.version)
        for each in (first, second)
    }
    assert [case.number for case in cases] == [draft.number]


@pytest.mark.django_db(transaction=True)
def test_two_saves_at_once_on_two_connections(ana: User, ben: User, now: datetime) -> None:
    draft = actions.start_call(by=ana, now=now)

    def save(by: User, said: str) -> SavedCall:
        window = Window(key=uuid4(), version=0, at=now)
        return actions.save_draft(draft=draft, typed={"summary": said}, by=by, window=window)

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            assert save(ana, HERS) == SavedCall(version=1)
            other = pool.submit(at_once, lambda: save(ben, HIS))
            wait_for(lambda: other.done() or waiting_for_locks(), what="the other’s turn")
        [late] = other.result(PATIENCE)
    assert isinstance(late, SavedCall)
    assert (late.is_behind, [dict(each.typed) for each in late.beside]) == (
        True,
        [{"summary": HERS}],
    )
    found = CallDraft.objects.get()
    assert (found.typed, kept_beside()) == ({"summary": HERS}, [HIS])


def test_both_texts_are_joined_once() -> None:
    mine = {"summary": "B", "kind": "other", "agreed-0-what": "", "agreed-0-party": "store"}
    theirs = {"summary": "A", "kind": "payment", "relation": "store", "message": "Hola"}
    both = joined(mine, theirs)
    assert both["summary"] == "A\n\nB"
    assert (both["kind"], both["relation"], both["message"]) == ("other", "store", "Hola")
    assert joined(both, theirs)["summary"] == "A\n\nB"


def test_a_colleagues_text_is_shown_with_their_name(pages: tuple[Page, Page]) -> None:
    hers, his = pages
    hers.autosave(summary=HERS)
    late = text(his.autosave(summary=HIS))
    assert "Ana Torres wrote in this call, too" in late
    assert "Keep what Ana Torres wrote" in late
    assert "another window" not in late


def test_whose_call_it_is_by_now_is_said_where_it_was_taken_over(
    pages: tuple[Page, Page], ana: User, ben: User, now: datetime
) -> None:
    hers, his = pages
    draft = CallDraft.objects.get()
    at = now + timedelta(hours=2)
    actions.take_over_call(draft=draft, of=ana, by=ben, now=at)
    told = hers.autosave(summary=HERS)
    assert told.status_code == 200
    assert "Ben Wright tomó esta llamada (18 de noviembre de 2026 a las 12:00 p.m.)" in text(told)
    assert summary() == HERS  # saved with it all the same
    assert his.autosave(summary=HERS).status_code == 204
    page = hers.then(hers.client.get(hers.address))
    assert page.autosave(summary=HERS).status_code == 204  # which says so already


def test_the_end_of_a_call_leaves_no_words_behind(pages: tuple[Page, Page]) -> None:
    """None of the windows': they're in the case, or someone chose to leave them out."""
    hers, his = pages
    hers.autosave(summary=HERS)
    shown = his.then(his.send(summary=HIS))
    shown.autosave(summary=HIS)
    draft = CallDraft.objects.get()
    assert draft.typed
    assert kept_beside()
    his.then(shown.send(summary=HIS)).send(summary=HIS)
    draft.refresh_from_db()
    assert draft.case
    assert (draft.typed, kept_beside()) == ({}, [])


def test_an_upgrade_empties_the_windows_of_calls_that_ended_before(
    open_case: Callable[..., Case], draft: CallDraft, ana: User, now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A few at a time."""
    migration = import_module("cases.migrations.0047_windows_of_ended_calls")
    monkeypatch.setattr(migration, "AT_ONCE", 2)
    ended = CallDraft.objects.get(case=open_case())
    with before("cases", "0047_windows_of_ended_calls"):
        for of in (ended, ended, draft, ended, ended, ended):
            CallWindow.objects.create(
                draft=of, key=uuid4(), typed={"summary": HERS}, typed_by=ana, typed_at=now
            )
    assert CallWindow.objects.get().draft == draft
