"""Plans on the page, in writing, and in the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases import actions as case_actions
from cases import numbers
from cases.actions.plans import agree_plan
from cases.enums import Event, Visibility
from cases.models import Case, CaseMail
from common.company_day import business_day
from leases.actions import plans as plan_actions
from leases.models import Customer, Lease, Plan, Program
from leases.plan_terms import proposed
from leases.queries.ledger import standing_of
from mail.models import Email
from tests.mails import newest
from tests.pages import text

Page = Callable[..., Any]
PLAN_AGREED, PLAN_CANCELLED = "plan_agreed", "plan_cancelled"


@pytest.fixture(autouse=True)
def _program(program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(
        recovery_payments=4, rescheduling_days=14, restructuring_payments=3
    )


@pytest.fixture
def funded(deliver: Callable[..., Lease], now: datetime, at: Callable[[datetime], None]) -> Lease:
    """Carla's, three payments behind: those of November 25, December 2 and 9."""
    lease = deliver()
    at(now + timedelta(days=23))
    return lease


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + timedelta(days=23)  # Friday, December 11


@pytest.fixture
def case(funded: Lease, open_case_of: Callable[..., Case]) -> Case:
    return open_case_of(funded)


@pytest.fixture
def open_case_of(ana: User, later: datetime) -> Callable[..., Case]:
    def opened(lease: Lease) -> Case:
        call = case_actions.Call(
            lease=lease, kind="late_payment", channel="phone", language="es",
            summary="Quiere ponerse al día.",
        )  # fmt: skip
        draft = case_actions.start_call(by=ana, now=later)
        return case_actions.open_case(draft=draft, call=call, by=ana, now=later)

    return opened


PROMISES = {
    "count": "3",
    "due_on_1": "2026-12-18", "amount_1": "38.46",
    "due_on_2": "2026-12-25", "amount_2": "38.46",
    "due_on_3": "2027-01-01", "amount_3": "38.46",
    "note": "", "case": "",
}  # fmt: skip


# --- recovery ---------------------------------------------------------------------------------


@pytest.mark.requirement("R24")
def test_a_proposal_can_be_changed_and_agreed_without_a_script(
    funded: Lease, case: Case, ben: User, visit: Page, send: Page
) -> None:
    page = visit(
        ben, "lease_plans", funded, plan="recovery", count="3", first_on="2026-12-18", step="weekly"
    )
    assert page.status_code == 200
    form = page.context["recovery"]
    assert [(due["value"], amount["value"]) for due, amount in values(form)] == [
        (date(2026, 12, 18), "38.46"),
        (date(2026, 12, 25), "38.46"),
        (date(2027, 1, 1), "38.46"),
    ]
    assert form["case"].value() == case.number  # the only open one
    answer = send(ben, "lease_plan_recovery", funded, **PROMISES | {"case": case.number})
    assert answer.status_code == 302
    plan = Plan.objects.get()
    assert [str(each.amount) for each in plan.promises.all()] == ["38.46"] * 3


def values(form: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [({"value": due.value()}, {"value": str(amount.value())}) for due, amount in form.rows]


@pytest.mark.requirement("R24", "R29")
def test_every_kind_says_whether_the_contract_allows_it_and_why_not(
    funded: Lease, program: Program, ben: User, visit: Page
) -> None:
    assert "The program allows up to 4 payments." in text(visit(ben, "lease_plans", funded))
    Program.objects.filter(pk=program.pk).update(recovery_payments=0)
    page = visit(ben, "lease_plans", funded)
    assert "The contract’s program doesn’t allow it." in text(page)
    assert reverse("lease_plan_recovery", args=[funded.account_number]) not in text(page)


def test_what_does_not_add_up_is_refused_and_stays_as_typed(
    funded: Lease, ben: User, send: Page
) -> None:
    page = send(ben, "lease_plan_recovery", funded, **PROMISES | {"amount_3": "40.00"})
    assert page.status_code == 422
    assert page.context["recovery"].has_error("__all__", "promises_total")
    assert "The payments add up to $116.92, but $115.38 is past due." in text(page)
    assert 'value="40.00"' in text(page)
    assert not Plan.objects.exists()
    assert not Email.objects.filter(template__key="plan_agreed").exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"count": "9999"},
        {"count": "x"},
        {"count": ""},
        {"due_on_1": "2026-13-45"},
        {"amount_1": "abc"},
        {"amount_1": "1e5"},
        {"amount_1": "99999999999999999999"},
        {"due_on_2": ""},
        {"note": "4111 1111 1111 1111"},
    ],
)
def test_bad_input_is_refused(broken: dict[str, str], funded: Lease, ben: User, send: Page) -> None:
    assert send(ben, "lease_plan_recovery", funded, **PROMISES | broken).status_code == 422
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        {"plan": "recovery", "count": "0", "first_on": "", "step": ""},
        {"plan": "recovery", "count": "61", "first_on": "2026-12-18", "step": "daily"},
        {"plan": "restructuring", "lowered": "4", "percent": "50", "spread": "later"},
        {"plan": "restructuring", "lowered": "x", "percent": "51", "spread": "x"},
        {"plan": "x"},
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_the_form(
    query: dict[str, str], funded: Lease, ben: User, visit: Page
) -> None:
    page = visit(ben, "lease_plans", funded, **query)
    assert page.status_code == 200
    assert "recovery" not in page.context or not page.context["recovery"]


@pytest.mark.requirement("R24")
def test_a_plan_goes_out_in_the_customers_language_and_stands_at_the_case(
    funded: Lease, case: Case, ben: User, send: Page, sign_in: Page
) -> None:
    send(ben, "lease_plan_recovery", funded, **PROMISES | {"case": case.number})
    subject, body = newest(PLAN_AGREED)
    assert subject == f"Lo que acordamos sobre sus pagos: caso {numbers.grouped(case.number)}"
    assert numbers.grouped(case.number) in body
    assert "18 de diciembre de 2026: $38.46" in body
    entry = case.entries.get(event=Event.PLAN_AGREED)
    assert entry.visibility == Visibility.PUBLIC
    assert Email.objects.get(casemail__entry=entry).template.key == "plan_agreed"
    client = sign_in(ben)
    assert "Recovery plan: $38.46 on December 18, 2026;" in text(
        client.get(reverse("case", args=[case.number]))
    )


def test_a_case_of_another_lease_or_a_closed_one_cannot_be_chosen(
    funded: Lease, dans_lease: Lease, open_case_of: Callable[..., Case], ben: User, send: Page
) -> None:
    other = open_case_of(dans_lease)
    send(ben, "lease_plan_recovery", funded, **PROMISES | {"case": other.number})
    assert not other.entries.filter(event=Event.PLAN_AGREED).exists()


def test_an_action_refuses_a_foreign_case_and_keeps_nothing(
    funded: Lease, dans_lease: Lease, open_case_of: Callable[..., Case], ben: User, later: datetime
) -> None:
    other = open_case_of(dans_lease)
    arrears = standing_of(funded, business_day(later)).arrears
    with pytest.raises(Exception) as caught:  # noqa: PT011  (its code is what counts)
        agree_plan(
            lambda: plan_actions.agree_recovery(
                lease=funded, promises=proposed(arrears, 3, business_day(later), "weekly"),
                by=ben, now=later,
            ),
            case=other, by=ben, now=later,
        )  # fmt: skip
    assert getattr(caught.value, "code", "") == "foreign_case"
    assert not Plan.objects.exists()


@pytest.mark.requirement("R24")
def test_a_missed_promise_shows_up_at_the_case(
    funded: Lease, case: Case, ben: User, send: Page, sign_in: Page, later: datetime, at: Page
) -> None:
    send(ben, "lease_plan_recovery", funded, **PROMISES)
    address = reverse("case", args=[case.number])
    page = text(sign_in(ben).get(address))
    assert "Recovery plan" in page
    assert "Promised payment missed" not in page
    at(later + timedelta(days=8))
    assert "Promised payment missed" in text(sign_in(ben).get(address))


def test_the_plan_beside_a_case_costs_two_queries(
    funded: Lease, case: Case, ben: User, send: Page
) -> None:
    client = Client()
    client.force_login(ben)
    address = reverse("case", args=[case.number])

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len([each for each in queries if "leases_plan" in each["sql"]])

    assert count() == 1
    send(ben, "lease_plan_recovery", funded, **PROMISES)
    assert count() == 2


def test_the_page_asks_as_much_for_many_plans_as_for_one(
    funded: Lease, ben: User, later: datetime, visit: Page
) -> None:
    def move(number: int) -> None:
        plan_actions.reschedule(
            lease=funded, number=number, to=later.date() + timedelta(days=7 * (number - 3) + 3),
            note="Cobra el lunes.", by=ben, now=later,
        )  # fmt: skip

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert visit(ben, "lease_plans", funded).status_code == 200
        return len(queries)

    move(4)
    before = count()
    for number in range(5, 14):
        move(number)
    assert count() == before


def test_cancelling_says_why_at_the_plan_and_at_the_case(
    funded: Lease, case: Case, ben: User, send: Page, visit: Page, carla: Customer
) -> None:
    send(ben, "lease_plan_recovery", funded, **PROMISES)
    plan = Plan.objects.get()
    refused = send(ben, "lease_plan_cancellation", funded, plan.pk, note="", case="")
    assert refused.status_code == 422
    reason = {"note": "Pide otros días.", "case": case.number}
    assert send(ben, "lease_plan_cancellation", funded, plan.pk, **reason).status_code == 302
    assert "Pide otros días." in text(visit(ben, "lease_plans", funded))
    assert case.entries.get(event=Event.PLAN_CANCELLED).params["reason"] == "Pide otros días."
    client = Client()
    client.force_login(carla.user)
    seen = text(client.get(reverse("portal_case", args=[case.number])))
    assert "Plan de recuperación" in seen or "Plan de pagos" in seen
    assert "Pide otros días." not in seen


@pytest.mark.requirement("R24")
@pytest.mark.parametrize("at_a_case", [True, False])
def test_a_cancellation_is_confirmed_in_writing(
    at_a_case: bool, funded: Lease, case: Case, ben: User, send: Page
) -> None:
    send(ben, "lease_plan_recovery", funded, **PROMISES)
    reason = {"note": "Pide otros días.", "case": case.number if at_a_case else ""}
    send(ben, "lease_plan_cancellation", funded, Plan.objects.get().pk, **reason)
    subject, body = newest(PLAN_CANCELLED)
    number = numbers.grouped(case.number)
    assert subject == "Su plan de pagos terminó" + (f": caso {number}" if at_a_case else "")
    assert (number in body) == at_a_case
    for words in (
        "Plan de recuperación", "Terminó el: 11 de diciembre de 2026",
        "Saldo vencido: $115.38", "Próximo pago: $38.46 el 16 de diciembre de 2026",
    ):  # fmt: skip
        assert words in body
    assert "Pide otros días." not in body
    found = Email.objects.get(template__key="plan_cancelled")
    entry = case.entries.filter(event=Event.PLAN_CANCELLED).first()
    link = CaseMail.objects.filter(email=found).first()
    assert (link and (link.entry, link.case)) == ((entry, case) if at_a_case else None)


@pytest.mark.requirement("R25")
def test_a_move_that_is_cancelled_names_the_day_that_counts_again(
    funded: Lease, carla: Customer, ben: User, send: Page
) -> None:
    Customer.objects.filter(pk=carla.pk).update(language="en")
    typed = {"number": "4", "to": "2026-12-21", "note": "Cobra el lunes.", "case": ""}
    send(ben, "lease_plan_rescheduling", funded, **typed)
    send(ben, "lease_plan_cancellation", funded, Plan.objects.get().pk, note="Ya no.", case="")
    subject, body = newest(PLAN_CANCELLED)
    assert subject == "Your payment plan has ended"
    assert "Rescheduling" in body
    assert "Next payment: $38.46 on December 16, 2026" in body


def test_a_plan_of_another_lease_is_not_there(
    funded: Lease, dans_lease: Lease, ben: User, send: Page
) -> None:
    send(ben, "lease_plan_recovery", funded, **PROMISES)
    plan = Plan.objects.get()
    assert send(ben, "lease_plan_cancellation", dans_lease, plan.pk, note="x").status_code == 404


# --- rescheduling and restructuring -------------------------------------------------------------


@pytest.mark.requirement("R25")
def test_a_payment_is_moved_and_confirmed(
    funded: Lease, ben: User, send: Page, visit: Page
) -> None:
    typed = {"number": "4", "to": "2026-12-21", "note": "Cobra el lunes.", "case": ""}
    assert send(ben, "lease_plan_rescheduling", funded, **typed).status_code == 302
    assert "21 de diciembre de 2026" in newest(PLAN_AGREED)[1]
    assert "Dec 16, 2026 → Dec 21, 2026" in text(visit(ben, "lease_plans", funded))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"number": "1"}, "day_limit"),
        ({"number": "99"}, "no_instalment"),
        ({"to": "2026-12-31"}, "day_limit"),
        ({"to": "2026-12-10"}, "day_past"),
        ({"to": "2026-12-16"}, "not_later"),
    ],
)
def test_a_move_that_is_not_allowed_says_why(
    typed: dict[str, str], code: str, funded: Lease, ben: User, send: Page
) -> None:
    good = {"number": "4", "to": "2026-12-21", "note": "Cobra el lunes.", "case": ""}
    page = send(ben, "lease_plan_rescheduling", funded, **good | typed)
    assert page.status_code == 422
    assert page.context["rescheduling"].has_error("__all__", code)


@pytest.mark.requirement("R25")
def test_a_restructuring_is_shown_first_and_then_agreed(
    funded: Lease, ben: User, visit: Page, send: Page
) -> None:
    shown = {"lowered": "2", "percent": "50", "spread": "end"}
    page = visit(ben, "lease_plans", funded, plan="restructuring", **shown)
    assert [str(each.after) for each in page.context["changes"]] == ["19.23", "19.23", "38.46"]
    assert not Plan.objects.exists()
    typed = shown | {"note": "Menos horas.", "case": ""}
    assert send(ben, "lease_plan_restructuring", funded, **typed).status_code == 302
    assert "$19.23" in newest(PLAN_AGREED)[1]
    assert "−$19.23" in text(visit(ben, "lease_plans", funded))


def test_merchant_services_reads_and_changes_nothing(
    funded: Lease, mateo: User, visit: Page, send: Page
) -> None:
    page = visit(mateo, "lease_plans", funded)
    assert page.status_code == 200
    assert "<form" not in text(page).split('id="content"')[1].split("</main>")[0]
    assert send(mateo, "lease_plan_recovery", funded, **PROMISES).status_code == 404
