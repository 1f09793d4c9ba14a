"""What was written before there was a search becomes findable, step by step."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.events.happening import Happening
from cases.models import Case, Entry, SearchDocument, SearchProgress
from tests.upgrades import before

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R99")]


def documents() -> set[tuple[object, ...]]:
    rows = SearchDocument.objects.values_list(
        "what", "source", "case", "entry", "kind", "visibility", "language", "author", "at", "text"
    )
    return set(rows)


def forget() -> None:
    SearchDocument.objects.all().delete()
    SearchProgress.objects.all().delete()


def test_it_writes_what_the_triggers_had_written(
    open_case: Callable[..., Case], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        open_case()
    written = documents()
    assert {row[0] for row in written} >= {"headline", "entry"}
    forget()
    monkeypatch.setattr(sys.modules["cases.actions.index_search"], "CASES", 1)
    first = actions.index_search(now=now, seconds=0)
    assert not first.finished_at
    assert SearchDocument.objects.values("case").distinct().count() <= 1
    assert actions.index_search(now=now, seconds=600).finished_at == now
    assert documents() == written
    actions.index_search(now=now)
    assert documents() == written


def test_the_command_says_when_all_is_done(open_case: Callable[..., Case]) -> None:
    case = open_case()
    forget()
    told = StringIO()
    call_command("build_search", stdout=told)
    assert "All cases can be searched." in told.getvalue()
    assert SearchDocument.objects.filter(case=case).exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [(None, "Not begun yet."), ({"below": 300, "started_from": 1200}, "75% of the cases"),
     ({"below": 0, "started_from": 9, "finished_at": timezone.now()}, "All cases can be")],
)  # fmt: skip
def test_the_command_only_says_how_far_it_is(
    open_case: Callable[..., Case], row: dict[str, object] | None, said: str
) -> None:
    open_case()
    forget()
    if row:
        SearchProgress.objects.create(pk=1, **row)
    told = StringIO()
    call_command("build_search", "--progress", stdout=told)
    assert said in told.getvalue()
    assert not SearchDocument.objects.exists()


def test_an_upgrade_finds_old_entries_after_the_steps(
    open_case: Callable[..., Case], now: datetime
) -> None:
    case = open_case(summary="La lavadora tira agua.")
    with before("cases", "0013_search"):
        pass
    assert not SearchDocument.objects.exists()
    actions.index_search(now=now)
    texts = SearchDocument.objects.filter(case=case).values_list("text", flat=True)
    assert "La lavadora tira agua." in texts


#: Texts in events that no one writes, or that stand in another row that is searched.
NOT_WORDS = {
    "EvidenceTied.evidence", "EvidenceUnreadable.evidence", "FollowUpCancelled.channel",
    "FollowUpDone.channel", "FollowUpMoved.channel", "FollowUpSet.channel", "MailBounced.email",
    "MailBounced.reason", "MailBounced.template", "Assigned.to", "CaseOpened.taken_by",
    "CallAdded.taken_by", "StatusChanged.outcome", "StatusChanged.told_how",
    "WishesChanged.asked_by",
    "WishesChanged.channel", "WishesChanged.end", "WishesChanged.start",
    "ReferenceAdded.reference", "ReferenceRemoved.reference", "RefundPaid.reference",
    "ReturnHandedIn.store", "ReturnAnswered.store", "AutopayRevoked.revoked",
    "AutopayRevoked.scope",
    "CallerNamed.firm", "CallerNamed.phone", "CallerNamed.email",
}  # fmt: skip
SEARCHED = {"what", "message", "name", "named", "number", "account_number", "reason"}


def happenings(kind: type[Happening] = Happening) -> set[type[Happening]]:
    return {each for below in kind.__subclasses__() for each in (below, *happenings(below))}


def test_every_text_of_an_event_is_searched_or_known_not_to_be_words() -> None:
    """A new event's words belong into the view of entries in a migration like 0013_search."""
    for kind in happenings():
        for each in fields(kind):
            name = f"{kind.__name__}.{each.name}"
            if (
                str(each.type) not in {"str", "str | None"}
                or "language" in each.name
                or name in NOT_WORDS
            ):
                continue
            assert each.name in SEARCHED, name


def test_a_written_text_and_a_step_at_the_same_time_make_one_row(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case()
    Case.objects.filter(pk=case.pk).update(headline="Otro resumen")
    SearchProgress.objects.all().delete()
    actions.index_search(now=now)
    assert SearchDocument.objects.filter(case=case, what="headline").get().text == "Otro resumen"
    assert Entry.objects.filter(case=case).exists()
