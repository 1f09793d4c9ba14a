"""A search never looks further back at once than a page may cost, and says where it stopped."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Case, Entry, SearchDocument
from cases.models.search_words import MonthOf
from cases.queries.search import search
from cases.queries.search_steps import MOST_COMPARED, MOST_READ, Expected, expected, steps
from cases.search_text import parse_search
from common.pages import Step

pytestmark = pytest.mark.requirement("R99")
NOW = datetime(2026, 11, 18, 16, tzinfo=UTC)
START = datetime(2023, 11, 29, tzinfo=UTC)
#: Evenly over three years.
BOUNDS = [START + (NOW - START) * n / 100 for n in range(101)]


def looked(rows: float, *, most: int = MOST_COMPARED) -> list[Step]:
    return list(steps(NOW, None, Expected(rows, BOUNDS), most=most))


# --- how far -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("most", "parts"), [(MOST_COMPARED, 2), (MOST_READ, 2)])
def test_of_a_rare_word_everything_is_looked_at(most: int, parts: int) -> None:
    found = looked(MOST_READ, most=most)
    assert len(found) == parts
    assert found[-1].reached is None


def test_without_statistics_every_word_is_rare() -> None:
    assert [step.reached for step in steps(NOW, None, Expected())][-1] is None


def test_of_a_common_word_some_days_then_some_months() -> None:
    found = looked(MOST_COMPARED * 10)
    reached = [step.reached for step in found]
    assert reached[:2] == [datetime(2026, 11, 17, tzinfo=UTC), datetime(2026, 11, 9, tzinfo=UTC)]
    assert None not in reached
    assert all(moment.day == 1 for moment in reached[2:])


def test_of_a_less_common_word_all_years_in_growing_parts() -> None:
    found = looked(MOST_COMPARED * 0.9)
    assert found[-1].reached is None
    assert len(found) <= 9


def test_what_is_read_row_by_row_is_looked_at_in_fewer_days() -> None:
    *_days, last = looked(MOST_COMPARED * 10, most=MOST_READ)
    assert NOW - timedelta(days=31) < last.reached < NOW - timedelta(days=1)


@given(
    st.floats(0, 5_000_000), st.sampled_from([MOST_COMPARED, MOST_READ]),
    st.integers(0, 2_000), st.integers(-10, 2_000),
)  # fmt: skip
def test_parts_follow_each_other_and_stay_within_what_a_page_may_cost(
    rows: float, most: int, ago: int, days: int
) -> None:
    expects = Expected(rows, BOUNDS)
    newest, oldest = NOW - timedelta(days=ago), NOW - timedelta(days=ago + days)
    until, read = newest.date() + timedelta(days=1), 0.0
    for step in steps(newest, oldest, expects, most=most):
        since = step.reached.date() if step.reached else date.min
        assert since < until
        if step.reached:
            read += expects.between(since, until)
        until = since
    two_days = rows / len(BOUNDS)
    assert read <= max(most, MOST_READ) + 12 * two_days


# --- with real statistics ------------------------------------------------------------------------
@pytest.fixture
def case(open_case: Callable[..., Case], now: datetime, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Six hundred texts of twenty months; only the oldest are about a xylophone."""
    case = open_case()
    Entry.objects.bulk_create(
        Entry(
            case=case, kind="note", visibility="internal", author=case.opened_by, language="es",
            body="Xilófono en la tienda." if n > 590 else "La tienda busca el recibo.",
            at=now - timedelta(days=n),
        )
        for n in range(600)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_searchdocument")
    for name in ("cases.queries.search_steps", "cases.queries.search"):
        monkeypatch.setattr(sys.modules[name], "MOST_READ", 10)
        monkeypatch.setattr(sys.modules[name], "MOST_COMPARED", 100)
    return case


@pytest.mark.django_db
def test_the_statistics_know_common_words_and_days(case: Case) -> None:
    expects = expected(["tiendas", "recibo"])
    assert expects.rows == pytest.approx(591, rel=0.1)
    assert expected(["zzyzx", "tienda"]).rows == 0
    today = case.opened_at.date()
    assert expects.between(today - timedelta(days=59), today) == pytest.approx(59, rel=0.3)


@pytest.mark.django_db
def test_a_search_goes_on_further_back_until_nothing_is_left(
    case: Case, ana: User, now: datetime
) -> None:
    after, reached, texts = "", [], []
    for _page in range(100):
        hits = search(parse_search("tienda -recibo"), user=ana, now=now, after=after)
        texts += [hit.document.at for hit in hits.rows]
        reached.append(hits.since)
        if not (after := hits.next):
            break
    assert len(texts) == 9
    assert texts == sorted(texts, reverse=True)
    assert len(reached) > 4
    assert reached[-1] is None
    assert reached[:-1] == sorted(filter(None, reached), reverse=True)


@pytest.mark.django_db
def test_a_page_is_filled_with_the_newest_as_always(case: Case, ana: User, now: datetime) -> None:
    hits = search(parse_search("tienda"), user=ana, now=now)
    assert len(hits.rows) == 30
    assert hits.since is None


@pytest.mark.django_db
def test_the_page_says_since_when_and_leads_further_back(
    case: Case, ana: User, now: datetime, sign_in: Callable[[User], Client],
    at: Callable[[datetime], None],
) -> None:  # fmt: skip
    at(now)
    client = sign_in(ana)
    page = client.get(reverse("find"), {"q": "tienda -recibo"})
    assert page.context["found"].problem is None
    assert "Buscar en textos anteriores" in page.content.decode()
    assert "Registrar una llamada con estas palabras" not in page.content.decode()
    for _page in range(100):
        hits = page.context["found"].hits
        if not hits.next:
            break
        page = client.get(reverse("find"), {"q": "tienda -recibo", "after": hits.next})
    assert "<mark>" in page.content.decode()


@pytest.mark.django_db
def test_a_month_is_what_the_index_says(case: Case) -> None:
    """Written in two ways, in a migration and here, and the planner compares them as texts."""
    found = SearchDocument.objects.annotate(month=MonthOf("day")).filter(month=date(2026, 5, 1))
    assert set(found.values_list("day__month", flat=True)) == {5}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "search_document_by_time" in found.explain()
