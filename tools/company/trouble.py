"""What a supervisor finds under Correspondence: an address that can't receive email, a mail in
doubt.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from cases import actions
from cases.enums import Party, PromiseOutcome
from cases.mails.promise_broken import PROMISE_BROKEN
from cases.models import Case
from common.company_day import business_day
from mail.enums import EmailState, SuppressionReason
from mail.models import Email
from tools.company.record import SENDS


def bounce(case: Case, *, now: datetime) -> None:
    """Its customer gets no mail anymore."""
    actions.came_back(
        address=case.person.email,
        reason=SuppressionReason.BOUNCED,
        error="rcpt 550",
        email=Email.objects.filter(casemail__case=case).order_by("created_at").first(),
        now=now,
    )


def doubt(case: Case, *, by: User, now: datetime) -> None:
    """An agreement was broken, and it's unknown whether the notice of it arrived."""
    language = case.person.language
    before = now - timedelta(days=6)
    agreed = actions.Agreed(
        party=Party.CUSTOMER,
        what=SENDS[language],
        language=language,
        due_on=business_day(before) + timedelta(days=3),
    )
    promise = actions.make_promise(case=case, agreed=agreed, by=by, now=before)
    actions.settle_promise(promise=promise, outcome=PromiseOutcome.BROKEN, by=by, now=now)
    Email.objects.filter(casemail__promise=promise, template__key=PROMISE_BROKEN.key).update(
        state=EmailState.UNCERTAIN, attempts=1, error="text no answer"
    )
