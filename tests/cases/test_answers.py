"""What a kind of case asks. Answers are kept as given, and read by each in their own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.answers import read_answer, write_answer
from cases.enums import AnswerType
from cases.events import describe
from cases.models import Case, CaseAnswer, KindQuestion, QuestionChoice
from cases.queries.answers import answer_for, answers_of
from cases.questions import questions_of
from leases.models import Customer, Lease, Store
from tests.kinds import KINDS

pytestmark = pytest.mark.django_db

Answer = Callable[..., list[CaseAnswer]]


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case(kind="refund_owed")


@pytest.fixture
def answer(case: Case, ana: User, now: datetime) -> Answer:
    def answered(**answers: Any) -> list[CaseAnswer]:
        return actions.answer_questions(case=case, answers=answers, by=ana, now=now)

    return answered


def code(error: pytest.ExceptionInfo[ValidationError]) -> str | None:
    return error.value.error_list[0].code


def told(case: Case, language: str = "en") -> list[str]:
    entries = case.entries.filter(event="answered").order_by("at", "pk")
    with translation.override(language):
        return [describe(each, for_customer=False) for each in entries]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (AnswerType.DAY, date(2026, 11, 13)), (AnswerType.MONEY, Decimal("38.46")),
        (AnswerType.YES_NO, True), (AnswerType.YES_NO, False), (AnswerType.TEXT, "Sí, en mayo"),
        (AnswerType.CHOICE, "card"), (AnswerType.DAY, None),
    ],
)  # fmt: skip
def test_an_answer_is_read_as_it_was_written(kind: AnswerType, given: Any) -> None:
    assert read_answer(kind, write_answer(given)) == given


@pytest.mark.parametrize("kind", KINDS)
def test_questions_of_a_kind_have_a_name_in_both_languages(kind: str) -> None:
    for each in KindQuestion.objects.filter(kind=kind):
        assert each.name_en
        assert each.name_es
        choices = each.choices.all()
        assert (each.answer_type == AnswerType.CHOICE) == (len(choices) > 1)


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        pytest.param(
            "settlement", ["settlement_terms", "settlement_approver", "settlement_until"],
            marks=pytest.mark.requirement("R75"),
        ),
        pytest.param(
            "sale_complaint", ["sale_store", "sale_promised", "sale_paper"],
            marks=pytest.mark.requirement("R73"),
        ),
        pytest.param(
            "credit_bureau",
            [
                "credit_reported", "credit_agency", "credit_disputed_on", "credit_reported_on",
                "credit_corrected_on",
            ],
            marks=pytest.mark.requirement("R79"),
        ),
        pytest.param(
            "bank_fees", ["bank_fee_amount", "bank_fee_on", "bank_fee_bank"],
            marks=pytest.mark.requirement("R83"),
        ),
        pytest.param(
            "denial_reasons",
            ["denied_on", "denial_asked_on", "denial_asked_by", "denial_sent_on"],
            marks=pytest.mark.requirement("R84"),
        ),
        pytest.param(
            "data_request", ["data_wanted", "data_received_on"],
            marks=pytest.mark.requirement("R86"),
        ),
    ],
)  # fmt: skip
def test_a_kind_asks_what_its_cases_need(kind: str, keys: list[str]) -> None:
    assert [each.key for each in questions_of(kind)] == keys


def test_answers_of_each_type_come_back_as_what_they_are(
    open_case: Callable[..., Case], luna: Store, ana: User, now: datetime
) -> None:
    case = open_case(kind="sale_complaint")
    answers = {"sale_store": luna, "sale_promised": "Sin intereses por un año", "sale_paper": False}
    actions.answer_questions(case=case, answers=answers, by=ana, now=now)
    assert {key: answer_for(case, key) for key in answers} == answers
    assert {key: each.given for key, each in answers_of(case).items()} == answers
    assert answers_of(case)["sale_promised"].language == "es"
    assert answer_for(case, "refund_amount") is None


def test_a_corrected_answer_is_a_new_row_and_everyone_reads_it_in_their_words(
    answer: Answer, case: Case
) -> None:
    answer(refund_amount=Decimal("40.00"), refund_way="card")
    answer(refund_amount=Decimal("45.00"), refund_way="card")
    assert CaseAnswer.objects.count() == 3
    assert answer_for(case, "refund_amount") == Decimal("45.00")
    assert told(case) == [
        "Amount requested: $40.00\nPreferred refund method: Card",
        "Amount requested: $45.00 (corrected; it was: $40.00)",
    ]
    assert told(case, "es") == [
        "Monto solicitado: $40.00\nForma preferida de reembolso: Tarjeta",
        "Monto solicitado: $45.00 (corregido; antes decía: $40.00)",
    ]


def test_an_answer_can_be_taken_back(answer: Answer, case: Case) -> None:
    answer(refund_expected_on=date(2026, 11, 20))
    answer(refund_expected_on=None)
    assert answer_for(case, "refund_expected_on") is None
    assert answers_of(case) == {}
    assert not CaseAnswer.objects.standing().exists()
    assert told(case)[-1] == "Date requested: answer removed (it was: November 20, 2026)"


def test_the_same_answer_again_is_nothing_new(answer: Answer, case: Case) -> None:
    answer(refund_way="card", refund_expected_on=None)
    version = Case.objects.get(pk=case.pk).version
    assert answer(refund_way="card", refund_amount=None) == []
    assert Case.objects.get(pk=case.pk).version == version
    assert len(told(case)) == 1


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"gossip": "yes"}, "question_unknown"),
        ({"sale_paper": True}, "question_unknown"),
        ({"refund_way": "gold"}, "answer_choice"),
        ({"refund_amount": "38"}, "answer_type"),
        ({"refund_expected_on": "tomorrow"}, "answer_type"),
    ],
)
def test_what_answers_no_question_is_refused_and_nothing_is_saved(
    answer: Answer, answers: dict[str, Any], expected: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        answer(**{"refund_expected_on": date(2026, 11, 20)} | answers)
    assert code(refused) == expected
    assert not CaseAnswer.objects.exists()


def test_words_have_an_end(open_case: Callable[..., Case], ana: User, now: datetime) -> None:
    case = open_case(kind="settlement")
    with pytest.raises(ValidationError) as refused:
        actions.answer_questions(
            case=case, answers={"settlement_terms": "a" * 2001}, by=ana, now=now
        )
    assert code(refused) == "answer_long"


def test_only_who_works_cases_answers(case: Case, carla: Customer, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.answer_questions(case=case, answers={"refund_way": "card"}, by=carla.user, now=now)


def test_a_question_no_longer_asked_keeps_its_answers(answer: Answer, case: Case) -> None:
    answer(refund_way="check")
    KindQuestion.objects.filter(key__in=["refund_way", "refund_amount"]).update(is_offered=False)
    QuestionChoice.objects.filter(key="check").update(is_offered=False)
    assert [each.key for each in questions_of("refund_owed")] == ["refund_expected_on"]
    assert answer_for(case, "refund_way") == "check"
    assert told(case) == ["Preferred refund method: Check"]
    answer(refund_way="card")
    with pytest.raises(ValidationError) as refused:
        answer(refund_amount=Decimal(1))
    assert code(refused) == "question_unknown"


def test_answers_stay_when_the_case_becomes_another_kind(answer: Answer, case: Case) -> None:
    answer(refund_way="check")
    Case.objects.filter(pk=case.pk).update(kind="bank_fees")
    case.refresh_from_db()
    answer(refund_way="card", bank_fee_bank="Banco del Río")
    assert set(answers_of(case)) == {"refund_way", "bank_fee_bank"}


def test_answers_are_never_changed(answer: Answer) -> None:
    answer(refund_way="card")
    for change in (
        lambda: CaseAnswer.objects.update(value="check"),
        lambda: CaseAnswer.objects.all().delete(),
    ):
        with (
            pytest.raises(ProgrammingError, match="Cannot"),
            transaction.atomic(),
        ):
            change()


def test_a_customer_reads_what_the_question_says_they_may(
    answer: Answer, case: Case, carla: Customer, dan: Customer
) -> None:
    KindQuestion.objects.filter(key="refund_way").update(is_shown=False)
    answer(refund_way="card", refund_amount=Decimal("40.00"))
    assert set(answers_of(case, user=carla.user)) == {"refund_amount"}
    assert answers_of(case, user=dan.user) == {}


def test_a_number_that_may_not_be_kept_is_masked(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case(kind="bank_fees")
    said = {"bank_fee_bank": "Visa 4111 1111 1111 1111"}
    actions.answer_questions(case=case, answers=said, by=ana, now=now)
    assert "4111 1111" not in str(answer_for(case, "bank_fee_bank"))
    assert "4111 1111" not in told(case)[0]


def test_all_answers_of_a_case_cost_one_query(
    answer: Answer, case: Case, lease: Lease, django_assert_num_queries: Any
) -> None:
    answer(refund_way="card", refund_amount=Decimal("40.00"), refund_expected_on=date(2026, 12, 1))
    with django_assert_num_queries(1):
        assert len(answers_of(case)) == 3
    with django_assert_num_queries(1):
        answer_for(case, "refund_way")
