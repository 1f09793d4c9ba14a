"""The page of results: people and leases, cases, and the words around what was found."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases.models import CallDraft, Case, Entry, SearchProgress
from leases.models import Lease

pytestmark = pytest.mark.requirement("R87", "R99")
Find = Callable[..., Any]


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case(summary="Quiere hacer una <b>devolución</b>: la lavadora tira agua.")


@pytest.fixture
def agent(ana: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ana)


@pytest.fixture
def find(agent: Client, at: Callable[[datetime], None], now: datetime) -> Find:
    at(now + timedelta(hours=1))
    return lambda asked, **more: agent.get(reverse("find"), {"q": asked} | more)


def test_words_are_shown_escaped_and_marked_in_their_language(case: Case, find: Find) -> None:
    page = find("devoluciones lavadoras").content.decode()
    assert (
        'lang="es">Quiere hacer una &lt;b&gt;<mark>devolución</mark>&lt;/b&gt;: la'
        " <mark>lavadora</mark> tira agua.</p>"
    ) in page
    entry = Entry.objects.get(kind="call")
    assert f'href="{reverse("case", args=[case.number])}?entry={entry.pk}#entry-{entry.pk}"' in page


def test_a_name_that_also_stands_in_a_text_shows_both(case: Case, lease: Lease, find: Find) -> None:
    assert find("carla").headers["Location"] == reverse("lease", args=[lease.account_number])
    Entry.objects.create(
        case=case, kind="note", visibility="internal", author=case.opened_by, language="es",
        body="Carla llamó otra vez.", at=case.opened_at,
    )  # fmt: skip
    page = find("carla").content.decode()
    assert lease.account_number in page
    assert "<mark>Carla</mark> llamó" in page
    number = find(lease.account_number)
    assert number.headers["Location"] == reverse("lease", args=[lease.account_number])


def test_filters_are_links_that_add_and_take_off(case: Case, find: Find) -> None:
    page = find('lavadora motivo:"pago atrasado"')
    on, *off = page.context["narrowings"]
    assert on.is_on
    assert "q=lavadora" in on.address
    assert "motivo" not in on.address
    assert any("idioma%3Aes" in each.address for each in off)
    assert page.content.decode().count("×") == 1


@pytest.mark.parametrize(
    ("asked", "code"),
    [("-lavadora", "search_only_without"), ("motivo:nada lavadora", "search_filter_value"),
     ("x" * 10_240, "search_too_long"), ("lavadora zzzz", "nothing_found"),
     ('"' * 100, "nothing_found"), ("a & !b | (c <-> d:*) \\ % _", "nothing_found")],
)  # fmt: skip
def test_what_finds_nothing_says_why_and_offers_the_next_step(
    case: Case, find: Find, asked: str, code: str
) -> None:
    page = find(asked)
    assert page.status_code == 200
    assert f'data-code="{code}"' in page.content.decode()
    assert f'action="{reverse("calls")}"' in page.content.decode()


def test_as_many_queries_for_one_as_for_thirty(case: Case, find: Find) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            find("xilofono")
        return len(asked)

    def note(count: int) -> None:
        Entry.objects.bulk_create(
            Entry(
                case=case, kind="note", visibility="internal", author=case.opened_by, language="es",
                body=f"xilófono {n}", at=case.opened_at,
            )
            for n in range(count)
        )  # fmt: skip

    note(1)
    queries()
    assert queries() == 22
    note(29)
    assert queries() == 22
    note(30)
    assert queries() == 21  # the newest days fill the page


def test_thirty_a_page(case: Case, find: Find) -> None:
    Entry.objects.bulk_create(
        Entry(
            case=case, kind="note", visibility="internal", author=case.opened_by, language="es",
            body=f"xilófono {n}", at=case.opened_at + timedelta(seconds=n),
        )
        for n in range(35)
    )  # fmt: skip
    first = find("xilofono").context["found"]
    assert len(first.hits.rows) == 30
    page = find("xilofono", after=first.hits.next)
    assert len(page.context["found"].hits.rows) == 5
    broken = find("xilofono", after="broken")
    assert len(broken.context["found"].hits.rows) == 30


def test_others_find_no_word_anywhere_on_the_page(
    case: Case, mateo: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(mateo).get(reverse("find"), {"q": "lavadora"}).content.decode()
    assert 'data-code="nothing_found"' in page
    assert "<mark>" not in page
    assert "tira agua" not in page
    assert "kind:" not in page


# --- what else to try ----------------------------------------------------------------------------
def test_nothing_found_offers_wider_searches_and_a_call_with_the_words(
    case: Case, find: Find, agent: Client
) -> None:
    page = find('"agua lavadora" motivo:fraude')
    wider = {each.address.partition("q=")[2] for each in page.context["wider"]}
    assert wider == {"%22agua+lavadora%22", "agua+lavadora"}
    assert 'name="searched" value="agua lavadora"' in page.content.decode()
    answer = agent.post(reverse("calls"), {"searched": page.context["words"]})
    assert CallDraft.objects.latest("pk").typed["contract"] == "agua lavadora"
    assert answer.status_code == 302


def test_what_is_too_long_is_not_taken_along(find: Find) -> None:
    assert 'name="searched"' not in find("x" * 10_240).content.decode()


def test_while_older_cases_are_added_the_page_says_how_far(
    case: Case, find: Find, mateo: User, sign_in: Callable[[User], Client]
) -> None:
    SearchProgress.objects.create(pk=1, below=250, started_from=1000)
    page = find("lavadora").content.decode()
    assert "75%" in page
    assert "75%" in find("zzyzx").content.decode()
    other = sign_in(mateo).get(reverse("find"), {"q": "lavadora"}).content.decode()
    assert "75%" not in other
    SearchProgress.objects.update(finished_at=case.opened_at)
    assert "75%" not in find("lavadora").content.decode()


# --- to the entry itself -------------------------------------------------------------------------
def test_a_result_leads_to_its_entry_on_any_page_of_the_case(
    case: Case, find: Find, agent: Client
) -> None:
    notes = Entry.objects.bulk_create(
        Entry(
            case=case, kind="note", visibility="internal", author=case.opened_by, language="es",
            body="xilófono" if n == 3 else "nota", at=case.opened_at + timedelta(seconds=n),
        )
        for n in range(100)
    )  # fmt: skip
    [address] = re.findall(r'href="(/cases/\d+/\?entry=[^"]*)"', find("xilofono").content.decode())
    path, _mark, anchor = address.partition("#")
    page = agent.get(path).content.decode()
    assert f'id="{anchor}"' in page
    assert anchor == f"entry-{notes[3].pk}"
    assert f'id="entry-{notes[6].pk}"' in page  # three newer ones stand above it
    assert f'id="entry-{notes[7].pk}"' not in page
    first = re.search(r'<nav class="pager".*?</nav>', page, re.S)
    assert first
    assert "entry=" not in first[0]


def test_an_entry_on_the_first_page_is_shown_there(case: Case, agent: Client) -> None:
    entry = case.entries.first()
    assert entry
    place = reverse("case", args=[case.number])
    page = agent.get(place, {"entry": entry.pk})
    assert page.context["entries"].is_first
    assert f'id="entry-{entry.pk}"' in page.content.decode()


@pytest.mark.parametrize("entry", ["0", "-1", "x", "9" * 30, "٣", "\x00", ""])
def test_an_unknown_entry_opens_the_case_as_always(case: Case, agent: Client, entry: str) -> None:
    page = agent.get(reverse("case", args=[case.number]), {"entry": entry})
    assert page.status_code == 200
    assert page.context["entries"].is_first
