"""An item goes back to its store: handed in, answered by the store, settled by us."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.enums import CaseStatus, StoreAnswer
from cases.events import describe
from cases.models import Case, Escalation, StoreReturn
from leases.actions import return_merchandise
from leases.enums import LedgerKind
from leases.models import Customer, Lease, MerchandiseReturn, Program
from leases.queries.ledger import standing_of
from mail.models import Email
from mail.outbound.render import render
from tests.pages import text
from tests.threads import at_once

pytestmark = [pytest.mark.requirement("R30"), pytest.mark.django_db]
DAY = timedelta(days=1)
DELIA = "Delia Ortiz, gerente"
WHY = "Dice que está rayado."


@pytest.fixture
def lease(deliver: Callable[..., Lease], now: datetime) -> Lease:
    return deliver(at=now - 20 * DAY)


@pytest.fixture
def case(open_case: Callable[..., Case], lease: Lease) -> Case:
    return open_case(lease=lease, kind="return")


@pytest.fixture
def row(case: Case, ana: User, now: datetime) -> StoreReturn:
    """Handed in four days ago."""
    return actions.hand_in_return(case=case, handed_in_on=(now - 4 * DAY).date(), by=ana, now=now)


@pytest.fixture
def answer(row: StoreReturn, ana: User, now: datetime) -> Callable[..., StoreReturn]:
    def answered(how: StoreAnswer = StoreAnswer.CONFIRMED, **fields: Any) -> StoreReturn:
        said: dict[str, Any] = {"on": now.date(), "name": DELIA, "note": WHY, "by": ana, "now": now}
        return actions.answer_return(row=row, answer=how, **said | fields)

    return answered


def code(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return str(error.value.error_list[0].code)


def mailed(key: str) -> str:
    [mail] = Email.objects.filter(template__key=key)
    return render(mail).text


def happened(case: Case, event: str, *, for_customer: bool = False) -> str:
    return describe(case.entries.get(event=event), for_customer=for_customer)


@pytest.mark.requirement("R31")
@pytest.mark.requirement("R32")
def test_an_item_handed_in_waits_for_the_store(
    case: Case, ana: User, carla: Customer, now: datetime
) -> None:
    on = (now - DAY).date()
    for _click in range(2):
        actions.hand_in_return(case=case, handed_in_on=on, tracking=" 1Z 999 ", by=ana, now=now)
    row = StoreReturn.objects.get()
    assert (row.tracking, row.store) == ("1Z 999", case.lease and case.lease.store)
    case.refresh_from_db()
    assert case.status == CaseStatus.WAITING_STORE
    assert "1Z 999" in happened(case, "return_handed_in", for_customer=True)
    assert "17 de noviembre de 2026" in mailed("return_noted")


def test_the_store_confirms_and_it_is_our_turn(
    case: Case, row: StoreReturn, answer: Callable[..., StoreReturn]
) -> None:
    answered = answer(note="Comprobante 4411")
    assert answered.is_open
    case.refresh_from_db()
    assert case.status == CaseStatus.IN_PROGRESS
    assert "Comprobante 4411" in happened(case, "return_answered")
    assert "Comprobante" not in happened(case, "return_answered", for_customer=True)
    assert "confirmó que tiene el artículo" in mailed("return_confirmed")


@pytest.mark.requirement("R33")
@pytest.mark.requirement("R34")
def test_a_refusal_goes_to_a_supervisor_with_names_and_reason(
    case: Case, answer: Callable[..., StoreReturn]
) -> None:
    assert not answer(StoreAnswer.REFUSED).is_open
    case.refresh_from_db()
    assert case.status == CaseStatus.ESCALATED
    reason = Escalation.objects.get(case=case).reason
    assert DELIA in reason
    assert WHY in reason
    told = mailed("return_refused")
    assert WHY not in told
    assert "no recibió el artículo" in told
    assert not Email.objects.filter(template__key="escalated").exists()


def test_a_refusal_of_a_case_with_a_supervisor_is_told_once(
    case: Case, row: StoreReturn, answer: Callable[..., StoreReturn], ana: User, now: datetime
) -> None:
    actions.escalate(case=case, reason="Tres llamadas.", by=ana, now=now)
    answer(StoreAnswer.REFUSED)
    assert Escalation.objects.filter(case=case).count() == 1
    assert "no recibió" in mailed("return_refused")


def test_after_a_refusal_the_customer_tries_again(
    case: Case, answer: Callable[..., StoreReturn], ana: User, now: datetime
) -> None:
    answer(StoreAnswer.REFUSED)
    actions.hand_in_return(case=case, handed_in_on=now.date(), by=ana, now=now)
    case.refresh_from_db()
    assert case.status == CaseStatus.ESCALATED  # the supervisor keeps it
    assert case.store_returns.count() == 2


def test_the_stores_own_report_is_its_answer(
    case: Case, row: StoreReturn, lease: Lease, now: datetime
) -> None:
    assert actions.confirm_reported_returns(now=now) == 0
    report = return_merchandise(lease=lease, returned_on=now.date(), by=None, now=now)
    assert actions.confirm_reported_returns(now=now) == 1
    assert actions.confirm_reported_returns(now=now) == 0
    row.refresh_from_db()
    assert (row.answer, row.report, row.answered_by) == ("confirmed", report, None)
    case.refresh_from_db()
    assert case.status == CaseStatus.IN_PROGRESS
    assert mailed("return_confirmed")


def test_a_report_that_came_first_counts_at_once(
    case: Case, lease: Lease, ana: User, now: datetime
) -> None:
    return_merchandise(lease=lease, returned_on=(now - 2 * DAY).date(), by=None, now=now)
    row = actions.hand_in_return(case=case, handed_in_on=now.date(), by=ana, now=now)
    assert row.answer == "confirmed"
    assert row.answered_on == now.date()
    assert not Email.objects.filter(template__key="return_noted").exists()
    assert mailed("return_confirmed")


def test_a_credit_comes_off_the_ledger_and_closes_the_report(
    case: Case, lease: Lease, row: StoreReturn, sofia: User, now: datetime
) -> None:
    return_merchandise(lease=lease, returned_on=now.date(), by=None, now=now)
    actions.confirm_reported_returns(now=now)
    before = standing_of(lease, now.date()).balance
    actions.credit_return(row=row, credit=Decimal("500.00"), by=sofia, now=now)
    assert standing_of(lease, now.date()).balance == before - 500
    assert lease.ledger.get(kind=LedgerKind.ADJUSTMENT).amount == -500
    assert MerchandiseReturn.objects.get().closed_by == sofia
    told = mailed("return_credited")
    assert "$500.00" in told.replace("\u00a0", " ")
    assert not Email.objects.filter(template__key__in=["return_closed", "account_corrected"])
    assert "$500.00" in happened(case, "return_credited", for_customer=True)


@pytest.mark.requirement("R35")
def test_an_exchange_depends_on_the_program(
    lease: Lease, answer: Callable[..., StoreReturn], program: Program, sofia: User, now: datetime
) -> None:
    row = answer()
    Program.objects.filter(pk=program.pk).update(exchange_policy="none")
    with pytest.raises(ValidationError) as error:
        actions.credit_return(row=row, credit=None, by=sofia, now=now)
    assert code(error) == "no_exchange"
    Program.objects.filter(pk=program.pk).update(exchange_policy="same_item", exchange_days=0)
    actions.credit_return(row=StoreReturn.objects.get(), credit=None, by=sofia, now=now)
    assert "cambió el artículo" in mailed("return_credited")
    assert not lease.ledger.filter(kind=LedgerKind.ADJUSTMENT).exists()


@pytest.mark.parametrize(
    ("credit", "expected"),
    [("0", "amount"), ("-5", "amount"), ("0.001", "amount_cents"), ("999999", "adjustment_total")],
)
def test_a_credit_has_bounds(
    answer: Callable[..., StoreReturn], sofia: User, now: datetime, credit: str, expected: str
) -> None:
    row = answer()
    with pytest.raises(ValidationError) as error:
        actions.credit_return(row=row, credit=Decimal(credit), by=sofia, now=now)
    assert code(error) == expected
    row.refresh_from_db()
    assert row.credited_on is None


def test_only_supervisors_credit_and_only_once_confirmed(
    row: StoreReturn, answer: Callable[..., StoreReturn], ana: User, sofia: User, now: datetime
) -> None:
    def credit(by: User) -> None:
        actions.credit_return(row=row, credit=Decimal(5), by=by, now=now)

    with pytest.raises(PermissionDenied):
        credit(ana)
    with pytest.raises(ValidationError) as error:
        credit(sofia)
    assert code(error) == "return_unconfirmed"
    answer()
    credit(sofia)
    with pytest.raises(ValidationError) as error:
        credit(sofia)
    assert code(error) == "return_settled"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"on": 1}, "day_future"),
        ({"on": -5}, "answered_too_early"),
        ({"name": " "}, "store_name"),
        ({"how": StoreAnswer.REFUSED, "note": " "}, "refusal_reason"),
    ],
)
def test_an_answer_says_who_when_and_why(
    row: StoreReturn, answer: Callable[..., StoreReturn], now: datetime,
    fields: dict[str, Any], expected: str,
) -> None:  # fmt: skip
    if "on" in fields:
        fields = fields | {"on": (now + fields["on"] * DAY).date()}
    with pytest.raises(ValidationError) as error:
        answer(**fields)
    assert code(error) == expected
    row.refresh_from_db()
    assert row.answer == ""


@pytest.mark.parametrize(
    ("days", "expected"), [(1, "day_future"), (-21, "returned_too_early"), (-3, "return_open")]
)
def test_a_day_that_cannot_be(
    case: Case, row: StoreReturn, ana: User, now: datetime, days: int, expected: str
) -> None:
    with pytest.raises(ValidationError) as error:
        actions.hand_in_return(case=case, handed_in_on=(now + days * DAY).date(), by=ana, now=now)
    assert code(error) == expected


def test_only_what_was_delivered_goes_back(
    make_lease: Callable[..., Lease], dan: Customer, open_case: Callable[..., Case], ana: User,
    now: datetime,
) -> None:  # fmt: skip
    for fields, expected in (
        ({"kind": "return", "lease": make_lease(dan, "208855419")}, "not_delivered"),
        ({"kind": "late_payment"}, "not_a_return"),
    ):
        with pytest.raises(ValidationError) as error:
            actions.hand_in_return(
                case=open_case(**fields), handed_in_on=now.date(), by=ana, now=now
            )
        assert code(error) == expected


def test_what_was_recorded_by_mistake_stays_to_be_read(
    case: Case, row: StoreReturn, ana: User, now: datetime
) -> None:
    for _click in range(2):
        actions.withdraw_return(row=row, by=ana, now=now)
    assert "se registró por error" in _es(case, "return_withdrawn")
    assert case.entries.filter(event="return_withdrawn").count() == 1
    with pytest.raises(ValidationError) as error:
        actions.answer_return(
            row=row, answer=StoreAnswer.CONFIRMED, on=now.date(), name=DELIA, by=ana, now=now
        )
    assert code(error) == "return_withdrawn"
    assert actions.hand_in_return(case=case, handed_in_on=now.date(), by=ana, now=now).is_open


def _es(case: Case, event: str) -> str:
    with translation.override("es"):
        return happened(case, event)


def test_a_duplicate_leaves_no_open_return_behind(
    case: Case, row: StoreReturn, open_case: Callable[..., Case], lease: Lease, ana: User,
    now: datetime,
) -> None:  # fmt: skip
    other = open_case(lease=lease, kind="return")
    with pytest.raises(ValidationError) as error:
        actions.merge_case(case=case, into=other, by=ana, now=now)
    assert code(error) == "merge_returns"
    actions.merge_case(case=other, into=case, by=ana, now=now)
    row.refresh_from_db()
    assert row.is_open


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one(
    case: Case, row: StoreReturn, ana: User, ben: User, now: datetime
) -> None:
    def said(answer: StoreAnswer, by: User) -> StoreReturn:
        return actions.answer_return(
            row=row, answer=answer, on=now.date(), name=DELIA, note=WHY, by=by, now=now
        )

    done = at_once(lambda: said(StoreAnswer.CONFIRMED, ana), lambda: said(StoreAnswer.REFUSED, ben))
    [late] = [each for each in done if isinstance(each, Exception)]
    assert isinstance(late, ValidationError), late
    assert late.error_list[0].code == "return_answered"
    assert case.entries.filter(event="return_answered").count() == 1


def test_the_database_keeps_what_was_told(
    row: StoreReturn, answer: Callable[..., StoreReturn], ana: User
) -> None:
    answer()
    rows = StoreReturn.objects.filter(pk=row.pk)
    for changes in ({"handed_in_on": "2026-01-01"}, {"answer": "refused"}, {"answered_name": "X"}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(credited_on="2026-12-24")  # by no one
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.delete()


def test_the_page_leads_through_the_three_steps(
    case: Case, lease: Lease, ana: User, sofia: User, now: datetime,
    sign_in: Callable[[User], Client], at: Callable[[datetime], None],
) -> None:  # fmt: skip
    at(now)
    agent, address = sign_in(ana), reverse("case_return", args=[case.number])
    assert address in agent.get(reverse("case", args=[case.number])).content.decode()
    today = now.date().isoformat()
    refused = agent.post(address, {"handed_in_on": "2099-01-01", "tracking": "1Z9"})
    assert refused.status_code == 422
    assert 'value="1Z9"' in refused.content.decode()
    assert agent.post(address, {"handed_in_on": today}).status_code == 302
    row = StoreReturn.objects.get()
    said = {"answer": "refused", "on": today, "name": DELIA}
    answering = reverse("case_return_answer", args=[case.number, row.pk])
    refused = agent.post(answering, said)
    assert refused.status_code == 422
    assert "Escriba el motivo que dio la tienda." in text(refused)
    assert agent.post(answering, said | {"answer": "confirmed"}).status_code == 302
    crediting = reverse("case_return_credit", args=[case.number, row.pk])
    assert "Lo hace el equipo de supervisión." in text(agent.get(address))
    assert agent.post(crediting, {"result": "credited", "credit": "500"}).status_code == 404
    supervisor = sign_in(sofia)
    for typed in ({}, {"result": "credited"}, {"result": "exchanged", "credit": "5"}):
        assert supervisor.post(crediting, typed).status_code == 422
    assert supervisor.post(crediting, {"result": "credited", "credit": "500"}).status_code == 302
    assert "$500.00" in text(agent.get(address))
    withdrawing = reverse("case_return_withdrawal", args=[case.number, row.pk])
    assert agent.post(withdrawing).status_code == 422


@pytest.mark.parametrize("rows", [1, 30])
def test_the_watchlist_says_how_long_stores_are_silent(
    rows: int, deliver: Callable[..., Lease], open_case: Callable[..., Case], ana: User,
    now: datetime, sign_in: Callable[[User], Client], django_assert_num_queries: Any,
    at: Callable[[datetime], None],
) -> None:  # fmt: skip
    at(now)
    for place in range(rows):
        case = open_case(lease=deliver(f"10447{place:04}", at=now - 20 * DAY), kind="return")
        on = (now - (place + 3) * DAY).date()
        if place < 16:
            actions.hand_in_return(case=case, handed_in_on=on, by=ana, now=now)
    client, address = sign_in(ana), reverse("waiting_returns")
    client.get(address)
    with django_assert_num_queries(7):
        page = client.get(address)
    assert [line.days for line in page.context["lines"]][:2] == ([3] if rows == 1 else [18, 17])
    assert "Todas las devoluciones confirmadas" in text(client.get(address, {"step": "confirmed"}))


def test_a_call_about_the_lease_says_where_its_item_is(
    row: StoreReturn, answer: Callable[..., StoreReturn], ben: User, lease: Lease, now: datetime,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    address = reverse("call", args=[actions.start_call(by=ben, now=now).number])
    sent = {"lease": lease.account_number, "choose": "1"}

    def told() -> str:
        page = sign_in(ben).post(address, sent, headers={"HX-Request": "true"})
        return text(page).partition("<dt>Return</dt>")[2].partition("</div>")[0]

    assert "Nov 14, 2026<small>Not confirmed by the store yet" in told()
    answer()
    assert "Nov 14, 2026<small>The store has the item" in told()
    actions.withdraw_return(row=row, by=ben, now=now)
    assert "None" in told()
