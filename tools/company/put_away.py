"""A case that waits for its store, out of the queue until there's something to do."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.enums import Language
from accounts.models import User
from cases import actions
from cases.enums import CaseStatus
from cases.models import Case
from cases.queries.snooze import snooze_limit
from common.company_day import business_day

WHY = {
    Language.SPANISH: "La encargada de la tienda regresa ese día.",
    Language.ENGLISH: "The store’s manager is back that day.",
}


def snooze(*, by: User, now: datetime) -> None:
    """The first one that nobody outside counts on before the day after tomorrow."""
    day = business_day(now) + timedelta(days=2)
    waiting = Case.objects.active().filter(status=CaseStatus.WAITING_STORE, due_on__gte=day)
    for case in waiting.exclude(assignee=None).order_by("number"):
        if snooze_limit(case).on >= day:
            reason = WHY[Language(case.language)]
            actions.snooze_case(case=case, until=day, reason=reason, by=by, now=now)
            return
