"""What is wrong with a row of a file of leases, judged by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from leases.enums import BuyoutRule
from leases.enums import LeaseStatus as S
from leases.imports.problems import LineProblem, problem

Row = Mapping[str, Any]
_APPROVAL = ("approval_limit", "approved_on")
_INVOICE = (*_APPROVAL, "invoice_total", "invoiced_on")
#: What a status requires.
NEEDS: Mapping[str, tuple[str, ...]] = {
    S.APPROVED: _APPROVAL,
    S.APPROVAL_EXPIRED: _APPROVAL,
    S.CONTRACTS: _INVOICE,
    S.CONTRACTS_EXPIRED: _INVOICE,
    S.CONTRACTS_RECEIVED: (*_INVOICE, "signed_on"),
    S.LEASE_ACCEPTED: (*_INVOICE, "signed_on"),
    S.FUNDED: (*_INVOICE, "signed_on", "delivered_on"),
}
DAYS = ("applied_on", "approved_on", "invoiced_on", "signed_on", "delivered_on")
TERMS = ("cash_price", "total_of_payments", "payments", "frequency")
BEFORE_APPROVAL = (S.PRE_APPROVED, S.PREQUALIFIED, S.DENIED, S.PENDING, S.IN_PROCESS)


def check_lease(row: Row, today: date) -> LineProblem | None:
    return _check_status(row) or _check_days(row, today) or _check_money(row)


def _check_status(row: Row) -> LineProblem | None:
    status = row["status"]
    for column in NEEDS.get(status, ()):
        if row[column] is None:
            return problem(
                "required_for",
                _("This field is required for a lease that’s “%(status)s.”"),
                column=column,
                status=S(status).label,
            )
    if status in BEFORE_APPROVAL and row["approval_limit"] is not None:
        return problem(
            "lease_limit",
            _("An approval needs a limit. No other answer can have one."),
            column="approval_limit",
        )
    return None


def _check_days(row: Row, today: date) -> LineProblem | None:
    before: date | None = None
    for column in DAYS:
        if row[column] is None:
            continue
        if row[column] > today:
            return problem("future_date", _("This date is in the future."), column=column)
        if before is not None and row[column] < before:
            return problem(
                "date_order", _("This date is earlier than the step before it."), column=column
            )
        before = row[column]
    return None


def _check_money(row: Row) -> LineProblem | None:
    total, limit = row["invoice_total"], row["approval_limit"]
    if total is not None and limit is not None and total > limit:
        return problem(
            "invoice_total", _("The invoice is over the approval limit."), column="invoice_total"
        )
    given = [column for column in TERMS if row[column] is not None]
    if not given:
        return None
    for column in TERMS:
        if row[column] is None:
            return problem("terms", _("Enter all payment terms or none."), column=column)
    if row["status"] not in NEEDS or row["invoice_total"] is None:
        return problem("terms", _("Enter payment terms only with an invoice."), column="cash_price")
    if row["total_of_payments"] < row["cash_price"]:
        return problem("total", _("This is less than the cash price."), column="total_of_payments")
    if row["first_due_on"] is not None and row["first_due_on"] < row["invoiced_on"]:
        return problem(
            "date_order", _("This date is earlier than the step before it."), column="first_due_on"
        )
    if row["buyout_rule"] == BuyoutRule.DISCOUNT and row["discount_rate"] is None:
        return problem("discount_rate", _("Enter the discount rate."), column="discount_rate")
    return None
