"""A case's timeline: its tabs, its days, and what one save changed in one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.enums import CaseStatus, Visibility
from cases.models import Case, Entry
from mail.models import Email

At = Callable[[datetime], None]
Queries = Callable[..., Any]


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ben: User, now: datetime, at: At) -> Client:
    at(now)
    client = sign_in(ben)
    client.get("/cases/")  # the session's first write is not part of a page's cost
    return client


@pytest.fixture
def case(open_case: Callable[..., Case], ana: User, ben: User, now: datetime) -> Case:
    """A note and a reply of the day after, and two changes that Ben saved with the reply."""
    case = open_case()
    later = now + timedelta(days=1)
    note = actions.Update(body="Falta el recibo.", language="es")
    actions.update_case(case=case, version=1, update=note, by=ana, now=later)
    reply = actions.Update(
        body="Please send the receipt.",
        language="en",
        visibility=Visibility.PUBLIC,
        to_status=CaseStatus.WAITING_CUSTOMER,
        due_on=(now + timedelta(days=4)).date(),
    )
    actions.update_case(case=case, version=2, update=reply, by=ben, now=later)
    return case


def page_of(client: Client, case: Case, **query: str) -> Any:
    return client.get(reverse("case", args=[case.number]), query)


def shown(page: Any) -> str:
    html: str = page.content.decode()
    return html[html.index('class="timeline"') : html.index('class="dock"')]


def tabs(page: Any) -> dict[str, str]:
    return {tab.part: tab.shown for tab in page.context["tabs"]}


def test_each_tab_says_how_much_it_shows(agent: Client, case: Case) -> None:
    page = page_of(agent, case)
    events = Entry.objects.filter(case=case, kind="event").count()
    assert tabs(page) == {
        "": str(case.entries.count()),
        "conversation": "1",
        "calls": "1",
        "notes": "1",
        "changes": str(events),
    }
    assert not page.context["part"]
    for part, kinds in (
        ("conversation", {"message"}), ("calls", {"call"}), ("notes", {"note"}),
        ("changes", {"event"}),
    ):  # fmt: skip
        narrowed = page_of(agent, case, part=part)
        assert {entry.kind for entry in narrowed.context["entries"].rows} == kinds
        assert tabs(narrowed) == tabs(page)
        assert narrowed.context["last"] == page.context["last"]


@pytest.mark.parametrize("part", ["evidence", "zzyzx", "\x00"])
def test_an_empty_or_unknown_part(agent: Client, case: Case, part: str) -> None:
    page = page_of(agent, case, part=part)
    assert page.status_code == 200
    assert bool(page.context["entries"].rows) is (part != "evidence")


def test_a_link_to_an_entry_leads_to_it_among_all(agent: Client, case: Case) -> None:
    note = case.entries.get(kind="note")
    page = page_of(agent, case, part="calls", entry=str(note.pk))
    assert f'id="entry-{note.pk}"' in shown(page)


def test_what_one_save_changed_is_one_line_with_its_mails_folded(
    agent: Client, case: Case, ana: User, now: datetime
) -> None:
    for code in ("photos", "receipts"):
        actions.request_evidence(case=case, slots=[code], message="", by=ana, now=now)
    page = page_of(agent, case)
    saves = [save for day in page.context["days"] for save in day.saves]
    asked = [save for save in saves if save.first.event == "evidence_requested"]
    [save] = asked
    assert len(save.entries) >= 2
    html = shown(page)
    for entry in save.entries:
        assert html.count(f'id="entry-{entry.pk}"') == 1
    assert '<details class="mails">' in html
    Email.objects.filter(casemail__entry=save.first).update(state="failed")
    assert '<details class="mails" open>' in shown(page_of(agent, case))


def test_days_are_headings_and_hours_stand_at_their_entries(agent: Client, case: Case) -> None:
    html = unescape(shown(page_of(agent, case)))
    titles = re.findall(r"<h3><time [^>]*>([^<]+)</time></h3>", html)
    assert len(titles) == 2
    assert titles[1].startswith("Today, ")


def test_a_mark_says_a_language_only_where_it_is_not_that_of_the_case(
    agent: Client, case: Case
) -> None:
    html = shown(page_of(agent, case))
    heads = re.findall(r'<strong>([^<]+)</strong>\s*(<span class="lang")?', html)
    assert {(kind, bool(mark)) for kind, mark in heads} == {
        ("Message", True), ("Internal note", False), ("Call", False),
    }  # fmt: skip
    assert '<p class="entry-body" lang="es">' in html


@pytest.mark.parametrize("part", ["", "changes", "evidence"])
def test_a_part_costs_what_a_second_page_costs(
    agent: Client, case: Case, django_assert_num_queries: Queries, part: str
) -> None:
    most = {"": 23, "changes": 26, "evidence": 22}
    with django_assert_num_queries(most[part]):  # the last words aren’t among its entries
        page_of(agent, case, part=part)


def test_a_corrected_language_leads_back_to_the_part(agent: Client, case: Case) -> None:
    note = case.entries.get(kind="note")
    assert 'name="part" value="notes"' in shown(page_of(agent, case, part="notes"))
    address = reverse("case_entry_language", args=[case.number, note.pk])
    answer = agent.post(address, {"language": "en", "part": "notes"})
    assert answer["Location"] == f"/cases/{case.number}/?part=notes#entry-{note.pk}"
