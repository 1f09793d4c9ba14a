"""An approved late report: what becomes due is shown before, and told to the customer after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common.company_day import business_day
from leases import actions as lease_actions
from leases.actions import charge_late_fees
from leases.enums import LeaseStatus as S
from leases.enums import LedgerKind
from leases.first_schedule import first_payments, first_standing
from leases.models import Customer, LateReport, Lease, Terms
from leases.queries.late_reports import if_approved
from leases.queries.ledger import standing_of
from mail.models import Email
from mail.outbound.render import render

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R97")]

DAY = timedelta(days=1)
D = Decimal


@pytest.fixture
def late(now: datetime) -> datetime:
    """January 22; the sixty days ended on January 17."""
    return now + 65 * DAY


@pytest.fixture
def report(lease: Lease, mateo: User, now: datetime, late: datetime) -> LateReport:
    """Carla's sofa came on January 4; 52 weekly payments, signed in California."""
    lease_actions.submit_invoice(lease=lease, number="F-1", total=D("1000"), by=None, now=now)
    Terms.objects.create(
        lease=lease, cash_price=1000, total=2000, payments=52, frequency="weekly", state="CA",
        buyout_rule="option",
    )  # fmt: skip
    lease_actions.sign(lease=lease, by=None, now=now)
    lease_actions.expire_due(now=now + 64 * DAY)
    return lease_actions.report_late_delivery(
        lease=lease, delivered_on=date(2027, 1, 4), reason="La tienda avisó tarde.", by=mateo,
        now=late,
    )  # fmt: skip


def approve(report: LateReport, by: User, now: datetime) -> Lease:
    lease_actions.decide_late_report(report=report, approved=True, by=by, now=now)
    return Lease.objects.get(pk=report.lease_id)


def mails() -> list[Email]:
    return list(Email.objects.filter(template__key="late_delivery_confirmed"))


# --- before ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 3, 40])
def test_what_is_shown_before_is_what_the_approval_makes(
    report: LateReport, sofia: User, late: datetime, days: int
) -> None:
    moment = late + days * DAY
    today = business_day(moment)
    before = if_approved([report], today)
    assert before is not None
    lease = approve(report, sofia, moment)
    after = standing_of(lease, today)

    def told(rows: Any) -> list[Any]:
        return [(row.number, row.due_on, row.left, row.state, row.days_late) for row in rows]

    assert told(before.rows) == told(after.rows)
    assert before[1:6] == after[1:6]
    assert before.past_due > 0


def test_the_supervisor_sees_amounts_and_days_before_deciding(
    report: LateReport, sofia: User, mateo: User, sign_in: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch, late: datetime,
) -> None:  # fmt: skip
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    sofia.language = "en"
    sofia.save()
    page = sign_in(sofia).get(f"/leases/{report.lease.account_number}/").content.decode()
    page = " ".join(page.split())
    for words in (
        "If it’s approved today", "$76.92", "2 payments", "January 11, 2027", "11 days late",
        "January 18, 2027", "4 days late", "January 25, 2027", "Carla Peña gets an email",
    ):  # fmt: skip
        assert words in page, words


def test_without_terms_nothing_is_reckoned(lease: Lease, late: datetime) -> None:
    assert if_approved([], business_day(late)) is None
    assert if_approved([LateReport(lease=lease, delivered_at=late)], business_day(late)) is None


def test_a_first_payment_before_the_delivery_is_put_after_the_last() -> None:
    terms = Terms(total=D("100"), payments=3, frequency="weekly", first_due_on=date(2027, 1, 4))
    payments = first_payments(terms, date(2027, 1, 11))
    assert [(each.due_on, each.amount) for each in payments] == [
        (date(2027, 1, 18), D("33.33")), (date(2027, 1, 25), D("33.33")),
        (date(2027, 2, 1), D("33.34")),
    ]  # fmt: skip
    owed = first_standing(payments, [], date(2027, 1, 25))
    assert (owed.past_due, owed.due_now, owed.balance) == (D("33.33"), D("66.66"), D("100"))


# --- after ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        (
            "es", "Confirmamos su entrega del 4 de enero de 2027",
            [
                "Por pagar hasta el 22 de enero de 2027: $76.92",
                "11 de enero de 2027: $38.46\n18 de enero de 2027: $38.46",
                "Próximo pago: $38.46 el 25 de enero de 2027", "ningún cargo por mora",
                "plan de pagos",
            ],
        ),
        (
            "en", "Your delivery is confirmed: January 4, 2027",
            [
                "Due by January 22, 2027: $76.92",
                "January 11, 2027: $38.46\nJanuary 18, 2027: $38.46",
                "Next payment: $38.46 on January 25, 2027", "no late fee", "payment plan",
            ],
        ),
    ],
)  # fmt: skip
def test_the_customer_gets_it_in_writing_in_their_language(
    report: LateReport, carla: Customer, sofia: User, late: datetime,
    language: str, subject: str, words: list[str],
) -> None:  # fmt: skip
    Customer.objects.filter(pk=carla.pk).update(language=language)
    approve(LateReport.objects.get(pk=report.pk), sofia, late)
    [mail] = mails()
    assert (mail.to, mail.language, mail.key) == (
        "carla@example.com", language, f"late_delivery_confirmed:{report.pk}",
    )  # fmt: skip
    written = render(mail)
    assert written.subject == subject
    for each in words:
        assert each in written.text


def test_todays_payment_is_due_and_not_the_next_one(
    report: LateReport, sofia: User, late: datetime
) -> None:
    approve(report, sofia, late + 3 * DAY)  # January 25
    [mail] = mails()
    delivery = mail.params["delivery"]
    assert (delivery["due_total"], len(delivery["payments"]), delivery["next_on"]) == (
        "115.38", 3, "2027-02-01",
    )  # fmt: skip


def test_without_terms_the_mail_promises_no_dates(
    report: LateReport, sofia: User, late: datetime
) -> None:
    Terms.objects.all().delete()
    approve(LateReport.objects.get(pk=report.pk), sofia, late)
    [mail] = mails()
    assert "Todavía estamos preparando sus fechas de pago." in render(mail).text


def test_a_refused_report_writes_nothing(report: LateReport, sofia: User, late: datetime) -> None:
    given: dict[str, Any] = {"report": report, "approved": False, "by": sofia, "now": late}
    with pytest.raises(ValidationError), transaction.atomic():
        lease_actions.decide_late_report(**given)
    lease_actions.decide_late_report(**given, note="No hay prueba.")
    assert mails() == []


@pytest.mark.requirement("R97")
def test_no_late_fee_for_what_nobody_could_know(
    report: LateReport, sofia: User, late: datetime
) -> None:
    """Due on January 11 and 18, approved on the 22nd: never. From the next payment on, as usual."""
    lease = approve(report, sofia, late)
    for days in range(1, 60):
        charge_late_fees(now=late + days * DAY)
    fees = lease.ledger.filter(kind=LedgerKind.FEE).order_by("instalment__number")
    assert [fee.instalment.number for fee in fees if fee.instalment] == [3, 4, 5, 6, 7, 8, 9, 10]


# --- what the pages list --------------------------------------------------------------------------


def test_upcoming_payments_are_to_come_and_past_due_is_one_line(
    report: LateReport, carla: Customer, sofia: User, sign_in: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch, late: datetime,
) -> None:  # fmt: skip
    lease = approve(report, sofia, late)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    page = sign_in(sofia).get(f"/leases/{lease.account_number}/")
    assert [row.due_on for row in page.context["coming"]] == [
        date(2027, 1, 25), date(2027, 2, 1), date(2027, 2, 8), date(2027, 2, 15),
    ]  # fmt: skip
    seen = " ".join(page.content.decode().split())
    assert "Próximos pagos" in seen
    assert "2 pagos vencidos" in seen
    address = reverse("portal_lease", args=[lease.account_number])
    portal = sign_in(carla.user).get(address)
    assert [row.number for row in portal.context["payments"]["coming"]] == [3, 4, 5, 6]
    seen = " ".join(portal.content.decode().split())
    assert "2 pagos vencidos" in seen
    assert "desde el 11 de enero de 2027" in seen


def test_the_lease_is_active_again(report: LateReport, sofia: User, late: datetime) -> None:
    assert approve(report, sofia, late).status == S.FUNDED
