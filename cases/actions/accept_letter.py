"""An attorney whose letter of representation came: from now on they are written to."""

from __future__ import annotations

from datetime import datetime

from cases.actions.retry_email import send_held
from cases.models import Case, CaseFlag


def accept_letter(case: Case, *, name: str = "", now: datetime) -> None:
    """Whichever of the customer's cases it came in: it may have been asked for in several, and the
    one that names the attorney may have ended. What was held for it goes out.

    On cases from `flags.lock_customers_cases`. `name`: the attorney's; otherwise it's of the one
    named in this case, or of the newest.
    """
    waiting = list(CaseFlag.objects.attorneys_for(case).filter(awaits_letter=True))
    named = sorted(waiting, key=lambda each: each.case_id != case.pk)
    whose = name or (named[0].name if named else "")
    theirs = [each.pk for each in waiting if each.is_named(whose)]
    CaseFlag.objects.filter(pk__in=theirs).update(awaits_letter=False)
    send_held(case, now=now)
