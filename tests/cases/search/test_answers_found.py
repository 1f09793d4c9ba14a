"""Words that a reason's questions were answered with are found, as all words of a case."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import Case, CaseAnswer, KindQuestion, SearchDocument, SearchProgress
from cases.queries.search import search
from cases.queries.search_hits import Hit
from cases.search_text import parse_search
from leases.models import Customer, Lease, Store
from tests.cases.search.test_index_search import forget
from tests.patience import PATIENCE, wait_for
from tests.threads import Meanwhile, waiting_for_locks
from tests.upgrades import before

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R99")]

Found = Callable[..., list[Hit]]


@pytest.fixture
def found(ana: User, now: datetime) -> Found:
    def hits(asked: str, user: User | None = None) -> list[Hit]:
        later = now + timedelta(days=1)
        return search(parse_search(asked), user=user or ana, now=later).rows

    return hits


@pytest.fixture
def theft(open_case: Callable[..., Case]) -> Case:
    """As it’s given in the call."""
    answers = {"theft_report": "2026-55, policía de Laredo", "theft_noticed_on": date(2026, 11, 9)}
    return open_case(kind="identity_theft", summary="No fue ella.", answers=answers)


@pytest.fixture
def answer(theft: Case, ana: User, now: datetime) -> Callable[..., None]:
    def answered(**answers: Any) -> None:
        actions.answer_questions(case=theft, answers=answers, by=ana, now=now)

    return answered


@pytest.mark.parametrize(
    "asked", ["2026-55", "policias", "LAREDO 2026", "policía in:answer", "laredo en:respuesta",
              "laredo kind:identity_theft by:ana"],
)  # fmt: skip
def test_a_police_report_named_in_the_call_is_found(
    theft: Case, found: Found, ana: User, asked: str
) -> None:
    [hit] = found(asked)
    assert hit.document.case == theft
    assert hit.answer == CaseAnswer.objects.get(question="theft_report")
    assert any(piece.is_marked for piece in hit.pieces)


def test_only_words_are_kept(
    open_case: Callable[..., Case], ana: User, luna: Store, now: datetime
) -> None:
    case = open_case(kind="refund_owed")
    answers = {"refund_amount": Decimal("40.00"), "refund_way": "card"}
    actions.answer_questions(case=case, answers=answers, by=ana, now=now)
    complaint = open_case(kind="sale_complaint", answers={"sale_store": luna, "sale_paper": False})
    for each in (case, complaint):
        assert not SearchDocument.objects.filter(case=each, what="answer").exists()


def test_a_corrected_answer_is_found_as_it_stands(
    theft: Case, answer: Callable[..., None], found: Found
) -> None:
    answer(theft_report="2026-56, policía de Laredo")
    assert not found("2026-55")
    [hit] = found("2026-56")
    assert hit.answer == CaseAnswer.objects.filter(question="theft_report").latest("pk")
    answer(theft_report=None)
    assert not found("laredo")


def test_card_numbers_stay_masked(theft: Case, answer: Callable[..., None], found: Found) -> None:
    answer(theft_report="La tarjeta 4111 1111 1111 1111")
    assert found("tarjetas")
    assert not found("4111")


def test_its_kind_follows_the_case(theft: Case, found: Found) -> None:
    Case.objects.filter(pk=theft.pk).update(kind="fraud")
    assert found("laredo kind:fraud")


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_canary_is_found_by_no_one_who_may_not_see_it(
    theft: Case, answer: Callable[..., None], found: Found, carla: Customer, dan: Customer,
    dans_lease: Lease, mateo: User, ben: User, sofia: User, is_shown: bool,
) -> None:  # fmt: skip
    """Customers don't search words, whether or not they may read the answer."""
    KindQuestion.objects.filter(key="theft_report").update(is_shown=is_shown)
    answer(theft_report="Canario: xilófono.")
    for person in (ben, sofia):
        assert found("xilofono", person), person.role
    for person in (carla.user, dan.user, mateo):
        assert found("xilofono", person) == [], person.role
        assert not SearchDocument.objects.visible_to(person).filter(what="answer").exists()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_leads_to_the_answer(
    theft: Case, ana: User, now: datetime, language: str,
    sign_in: Callable[[User], Client], at: Callable[[datetime], None],
) -> None:  # fmt: skip
    User.objects.filter(pk=ana.pk).update(language=language)
    question = KindQuestion.objects.get(key="theft_report")
    at(now + timedelta(hours=1))
    client = sign_in(ana)
    page = client.get(reverse("find"), {"q": "2026-55"}).content.decode()
    row = CaseAnswer.objects.get(question=question)
    address = reverse("case", args=[theft.number])
    assert f'href="{address}#answer-{row.pk}"' in page
    assert getattr(question, f"name_{language}") in page
    assert f'<dd id="answer-{row.pk}"' in client.get(address).content.decode()


# --- what was there before -----------------------------------------------------------------------
def test_an_upgrade_finds_old_answers_step_by_step(
    theft: Case, open_case: Callable[..., Case], found: Found, now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    open_case(kind="settlement", answers={"settlement_terms": "Paga la mitad en Laredo"})
    actions.index_search(now=now, seconds=600)
    with before("cases", "0039_answers_searched"):
        assert not SearchDocument.objects.filter(what="answer").exists()
    assert not found("laredo")
    progress = SearchProgress.objects.get()
    assert (progress.finished_at, progress.percent) == (None, 99)
    monkeypatch.setattr(sys.modules["cases.actions.index_search"], "ANSWERS", 1)
    actions.index_search(now=now, seconds=0)
    assert len(found("laredo")) == 1
    done = actions.index_search(now=now, seconds=600)
    assert (done.finished_at, done.percent) == (now, 100)
    assert len(found("laredo")) == 2
    assert not SearchDocument.objects.filter(text="2026-11-09").exists()


def test_cases_not_yet_looked_at_bring_their_answers(
    theft: Case, found: Found, now: datetime
) -> None:
    SearchDocument.objects.all().delete()
    SearchProgress.objects.all().delete()
    actions.index_search(now=now, seconds=600)
    assert found("2026-55")


TWO = {"theft_report": "2026-56, policía de Laredo"}


def standing() -> list[str]:
    texts = SearchDocument.objects.filter(what="answer").order_by("source")
    return list(texts.values_list("text", flat=True))


@pytest.mark.django_db(transaction=True)
def test_an_answer_corrected_while_the_search_is_filled_is_found_once(
    theft: Case, answer: Callable[..., None], now: datetime, meanwhile: Meanwhile
) -> None:
    forget()
    with transaction.atomic():
        actions.index_search(now=now, seconds=PATIENCE)
        corrected = meanwhile(lambda: answer(**TWO))
        wait_for(
            lambda: waiting_for_locks() or corrected.done(), what="the answer waiting for the step"
        )
    corrected.result(PATIENCE)
    assert standing() == list(TWO.values())


@pytest.mark.django_db(transaction=True)
def test_the_search_is_filled_while_an_answer_is_corrected(
    theft: Case, answer: Callable[..., None], now: datetime, meanwhile: Meanwhile
) -> None:
    forget()
    with transaction.atomic():
        answer(**TWO)
        filled = meanwhile(lambda: actions.index_search(now=now, seconds=PATIENCE))
        wait_for(
            lambda: waiting_for_locks() or filled.done(), what="the step waiting for the answer"
        )
    assert filled.result(PATIENCE).finished_at == now
    assert standing() == list(TWO.values())
