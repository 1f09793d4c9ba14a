"""Whatever is typed or sent to the search: an answer in words, at once, and nothing is broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases import actions
from cases.models import Case
from cases.queries.search import search
from cases.search_text import parse_search

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R87", "R99")]
MOST_QUERIES = 60
HOSTILE = [
    "x" * 10_240, "carla " * 1_700, '"' * 10_240, "- " * 5_000, "-a " * 80 + "carla",
    "a & !b | (c <-> d:*) \\ % _ ' ; --", "carla' OR 1=1; DROP TABLE cases_case; --", "%%%% ____",
    "carla\x00agua", "\x00", "\u202eagua alrac", "⁧carla⁩ agua", "🙂 agua 🙂", "привет Карла 中文 水",
    "ＣＡＲＬＡ agua", "a\u0301gua ca\u0300rla", "carla\u200bagua", "carla\ufeff agua", "ﬁn agua",
    'carla "', '"carla agua', 'kind:"', "kind: agua", "kind:: agua", "-kind:agua -kind:agua",
    "is:open is:closed agua", "before:9999-12-31 after:0001-01-01 agua", "by:me by:me carla agua",
    "in:mail -in:mail agua", " ".join(f"lang:{n}" for n in range(50)), "carla" + " agua" * 40,
    "2105550134 2105550188 agua", "+1" * 100, "1e400 agua", "{{ agua }} {% csrf_token %}",
    "<script>alert(1)</script> agua", "../../etc/passwd agua", "\ud7ff agua", "\r\nagua\t\v\f",
]  # fmt: skip


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case(summary="Carla dice que la lavadora tira agua.")


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_every_search_is_answered(
    case: Case, ana: User, sign_in: Callable[[User], Client], asked: str
) -> None:
    client = sign_in(ana)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("find"), {"q": asked})
    assert page.status_code in {200, 302}
    assert len(queries) <= MOST_QUERIES
    assert "<script>alert" not in page.content.decode()
    assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.parametrize("asked", ["x" * 10_240, '"' * 10_240, "🙂" * 5_000])
def test_whoever_is_signed_out_comes_back_to_the_search(client: Client, asked: str) -> None:
    page = client.get(reverse("find"), {"q": asked})
    assert page.status_code == 302
    assert "next=/find/" in page["Location"]


@pytest.mark.parametrize(
    "after",
    ["\x00", "x" * 10_240, "W10", "WyJhIiwgMV0", "bnVsbA", "WzEsIDJd", "🙂",
     "WyI5OTk5LTEyLTMxVDIzOjU5OjU5KzAwOjAwIiwgMF0", "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzAwOjAwIiwgMF0"],
)  # fmt: skip
def test_a_made_up_cursor_starts_somewhere(
    case: Case, ana: User, sign_in: Callable[[User], Client], after: str
) -> None:
    page = sign_in(ana).get(reverse("find"), {"q": "agua", "after": after})
    assert page.status_code == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_words_can_be_searched(ana: User, now: datetime, asked: str) -> None:
    parsed = parse_search(asked)
    if parsed.wanted and not parsed.filters:
        search(parsed, user=ana, now=now)


def test_an_unmatched_mail_of_any_words_is_shown_harmless(
    ana: User, now: datetime, sign_in: Callable[[User], Client], at: Callable[[datetime], None]
) -> None:
    draft = actions.start_call(by=ana, now=now)
    said = "<img src=x onerror=alert(1)> \u202exilófono\u0000🙂".replace("\x00", "")
    actions.save_draft(draft=draft, typed={"summary": said}, by=ana)
    at(now + timedelta(hours=1))
    page = sign_in(ana).get(reverse("find"), {"q": "xilofono"}).content.decode()
    assert "<img src=x" not in page
    assert "<mark>xilófono</mark>" in page
