"""The first window of a case: what the customer said last, what is open, and panels that are
closed until they're asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import Case
from cases.queries.open_work import open_work
from cases.views.case.opened import PANELS
from common.company_day import business_day
from leases.models import Customer

At = Callable[[datetime], None]


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ben: User, now: datetime, at: At) -> Client:
    at(now)
    client = sign_in(ben)
    client.get("/cases/")  # the session's first write is not part of a page's cost
    return client


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


def page_of(client: Client, case: Case, **query: str) -> Any:
    return client.get(reverse("case", args=[case.number]), query)


def text(page: Any) -> str:
    return " ".join(unescape(page.content.decode()).split())


@pytest.fixture
def busy(case: Case, ana: User, now: datetime) -> Case:
    """Something of every kind is open."""
    today = business_day(now)
    for party, what, days in (("company", "Llamar a la tienda", -2), ("customer", "Pagar", 3)):
        agreed = actions.Agreed(
            party=party, what=what, language="es", due_on=today + timedelta(days=abs(days)),
            amount=Decimal("40.00") if party == "customer" else None,
        )  # fmt: skip
        promise = actions.make_promise(case=case, agreed=agreed, by=ana, now=now)
        type(promise).objects.filter(pk=promise.pk).update(due_on=today + timedelta(days=days))
    actions.request_evidence(case=case, slots=["photos"], message="", by=ana, now=now)
    actions.open_outside_deadline(
        case=case, body="cfpb", reference="261128-12", received_on=today,
        due_on=today + timedelta(days=14), by=ana, now=now,
    )  # fmt: skip
    actions.add_reference(case=case, reference="LETTER-7", by=ana, now=now)
    return Case.objects.with_parties().get(pk=case.pk)


@pytest.mark.requirement("R30")
def test_all_that_is_open_is_one_list_by_day(agent: Client, busy: Case) -> None:
    page = page_of(agent, busy)
    things = page.context["things"]
    assert [(each.due and each.due.words, each.who, each.words) for each in things] == [
        ("2 days late", "Our team", "Llamar a la tienda"),
        ("Sat, Nov 21", "Carla Peña", "Pagar ($40.00)"),
        ("14 days left", "CFPB", "261128-12 · respond by Wed, Dec 2"),
        (None, "Requested", "Photos of the item"),
    ]
    shown = text(page)
    assert shown.index("2 days late") < shown.index("Next step:")
    assert "LETTER-7" in shown


def test_a_button_of_the_list_settles_without_a_panel(agent: Client, busy: Case) -> None:
    kept, *_others = page_of(agent, busy).context["things"]
    done = agent.post(kept.deed.address, dict([kept.deed.posts]), follow=True)
    assert "Saved: the agreement was kept." in text(done)
    assert kept.words not in [each.words for each in done.context["things"]]


@pytest.mark.parametrize("name", sorted(PANELS))
def test_a_panel_is_there_once_it_is_asked_for(agent: Client, busy: Case, name: str) -> None:
    template = f"cases/case/_{name.replace('-', '_')}.html"

    def is_made(page: Any) -> bool:
        return template in [each.name for each in page.templates]

    assert not is_made(page_of(agent, busy))
    assert not is_made(page_of(agent, busy, open="nonsense", row="x"))
    page = page_of(agent, busy, open=name, row="1")
    assert is_made(page)
    if name not in {"charges", "identity"}:  # there are none in this case
        assert page.content.decode().count(f'id="{name}"') == 1


@pytest.mark.parametrize("name", ["agreements", "flags", "attempts"])
def test_a_link_of_old_leads_to_the_panel(agent: Client, busy: Case, name: str) -> None:
    shown = page_of(agent, busy).content.decode()
    link = next(each for each in shown.split("<a ") if f'id="{name}"' in each.partition(">")[0])
    assert f"?open={name}#{name}" in link


def test_what_is_open_costs_one_query(
    busy: Case, ben: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(1):
        work = open_work(busy, user=ben)
    assert sum(len(each) for each in work.rows.values()) == 5


def test_a_page_with_everything_open_costs_the_same(
    agent: Client, busy: Case, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(24):
        page_of(agent, busy)


@pytest.mark.requirement("R35")
def test_the_customers_last_words_wait_for_an_answer(
    agent: Client, case: Case, carla: Customer, ana: User, now: datetime
) -> None:
    assert "Latest call" in text(page_of(agent, case))
    told = actions.Update(body="Mande el recibo.", visibility="public", language="es")
    actions.update_case(case=case, version=case.version, update=told, by=ana, now=now)
    wrote = now - timedelta(days=4)
    Case.objects.filter(pk=case.pk).update(customer_wrote_at=None)
    case = Case.objects.get(pk=case.pk)
    actions.add_customer_message(case=case, body="Ya lo mandé.", files=[], by=carla.user, now=now)
    Case.objects.filter(pk=case.pk).update(customer_wrote_at=wrote)
    page = page_of(agent, case)
    assert "Latest from Carla Peña" in text(page)
    assert (page.context["last"].theirs.body, page.context["last"].ours.body) == (
        "Ya lo mandé.", "Mande el recibo.",
    )  # fmt: skip
    assert "unanswered for 4 days" in text(page)
    case = Case.objects.get(pk=case.pk)
    actions.update_case(case=case, version=case.version, update=told, by=ana, now=now)
    page = page_of(agent, case)
    assert page.context["last"].is_answered
    assert "unanswered" not in text(page)


def test_words_of_long_ago_are_found_beyond_the_page(
    agent: Client, case: Case, ana: User, now: datetime,
    django_assert_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    for place in range(31):
        note = actions.Update(body=f"Nota {place}", language="es")
        actions.update_case(case=case, version=place + 1, update=note, by=ana, now=now)
    with django_assert_num_queries(26):
        page = page_of(agent, case)
    assert page.context["last"].theirs.kind == "call"
    assert page.context["last"].ours is None


def test_an_email_is_wrapped_at_its_dots_only(agent: Client, case: Case) -> None:
    assert "carla<wbr>@example.com" in page_of(agent, case).content.decode()


def test_the_head_comes_before_everything_else(agent: Client, busy: Case) -> None:
    shown = page_of(agent, busy, open="agreements").content.decode()
    main = shown[shown.index("<main") :]
    assert main.index("<h1>") < main.index("<h2")


def test_a_reply_is_for_the_customer_and_says_to_which_address(agent: Client, case: Case) -> None:
    readers = {
        asked: page_of(agent, case, **asked_for).context["composer"]["visibility"].value()
        for asked, asked_for in (("note", {}), ("reply", {"reply": "1"}))
    }
    assert readers == {"note": "internal", "reply": "public"}
    shown = page_of(agent, case).content.decode()
    composer = shown[shown.index('<form class="composer"') :]
    assert "carla<wbr>@example.com" in composer
    assert shown.index('class="timeline"') < shown.index('<form class="composer"')
