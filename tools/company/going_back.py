"""Items on their way back to stores: one that its store is silent about, one that is refused."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from cases import actions
from cases.enums import StoreAnswer
from cases.models import Case
from common.company_day import business_day
from leases.enums import LeaseStatus

#: How long ago the item went back, and whether the store took it.
STEPS = ((timedelta(days=8), True), (timedelta(days=4), False), (timedelta(days=1), True))
REASON = "Dice que falta una pata y que así no lo recibe."


def hand_in(*, by: User, now: datetime) -> None:
    rows = Case.objects.active().filter(kind__goes_back=True, lease__status=LeaseStatus.FUNDED)
    for case, (ago, is_taken) in zip(rows.order_by("-pk")[: len(STEPS)], STEPS, strict=False):
        on = business_day(now - ago)
        row = actions.hand_in_return(
            case=case, handed_in_on=on, tracking="1Z 999 AA1 01", by=by, now=now - ago
        )
        if not row.answer and not is_taken:
            actions.answer_return(
                row=row, answer=StoreAnswer.REFUSED, on=business_day(now), note=REASON,
                name="Delia Ortiz, gerente", by=by, now=now - timedelta(hours=2),
            )  # fmt: skip
