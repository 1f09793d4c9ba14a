"""Money that goes back to customers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from cases.models import Case, CaseCharge, CaseRefund
from common.pages import Page, page
from leases.models import Refund

#: What is late comes first by itself.
ORDER = ("expected_on", "id")


def of_case(case: Case) -> Q:
    """Promised by it, or decided for a transaction of it."""
    return Q(lease=case.lease_id) & (Q(in_case__case=case) | Q(charge__in_case__case=case))


def refunds_of(case: Case, *, user: User) -> QuerySet[Refund]:
    """The newest first."""
    rows = Refund.objects.visible_to(user).filter(of_case(case))
    return rows.select_related(
        "by", "paid_by", "withdrawn_by",
        "charge__entry__instalment", "charge__entry__reverses__instalment",
    ).order_by("-pk")  # fmt: skip


def owes_refund(case: Case) -> bool:
    """Whether money still has to be paid back."""
    return Refund.objects.unpaid().filter(of_case(case)).exists()


def refunds_owed(*, user: User, after: str = "") -> Page[Refund]:
    """Everyone's that isn't paid yet."""
    rows = Refund.objects.visible_to(user).unpaid().select_related("lease__customer")
    return page(rows, order=ORDER, after=after)


def cases_of_refunds(rows: Iterable[Refund], *, user: User) -> dict[int, Case]:
    """By refund, of those this person may see. Two queries."""
    keys = [row.pk for row in rows]
    promised = CaseRefund.objects.visible_to(user).filter(refund__in=keys)
    decided = CaseCharge.objects.visible_to(user).filter(charge__refund__in=keys)
    found = {row.refund_id: row.case for row in promised.select_related("case__assignee")}
    for row in decided.select_related("case__assignee", "charge__refund"):
        found[row.charge.refund.pk] = row.case
    return found
