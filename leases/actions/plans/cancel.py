from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day
from leases.actions.agreement_checks import checked_words, only_case_workers
from leases.actions.corrections import take_back
from leases.actions.move import locked
from leases.actions.plans.tell import tell_plan_end
from leases.enums import LedgerKind
from leases.models import Lease, LedgerEntry, Plan
from leases.queries.ledger import standing_of
from leases.schedule import State


@transaction.atomic
def cancel_plan(*, plan: Plan, reason: str, by: User, now: datetime) -> Plan:
    """Ends a recovery plan's promises, while the arrears stay; undoes any other plan's changes.

    PermissionDenied; ValidationError: `reason`, `account_number`, `plan_over` (already canceled or
    fulfilled), `plan_begun` (a changed payment has come due or is made: going back would make
    someone late who wasn't), `plan_built_on` (a later plan changes the same payments).
    """
    only_case_workers(by)
    reason = checked_words(reason, required=True)
    lease = locked(plan.lease)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.cancelled_at or plan.fulfilled_at:
        raise ValidationError(_("This plan is no longer in effect."), code="plan_over")
    lines = list(plan.entries.filter(kind=LedgerKind.ADJUSTMENT, reversed_by=None).order_by("id"))
    if lines:
        _check_untouched(plan, lease, lines, business_day(now))
        take_back(lines, reason=reason, by=by, now=now)
    plan.cancelled_at, plan.cancelled_by, plan.cancel_reason = now, by, reason
    plan.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    tell_plan_end(plan, now=now)
    return plan


def _check_untouched(plan: Plan, lease: Lease, lines: list[LedgerEntry], today: date) -> None:
    changed = {line.instalment_id for line in lines}
    rows = [row for row in standing_of(lease, today).rows if row.id in changed]
    if any(row.due_on < today or row.state == State.PAID for row in rows):
        raise ValidationError(
            _("A payment of this plan is already due or paid, so you can’t cancel the plan."),
            code="plan_begun",
        )
    later = lease.ledger.filter(
        kind=LedgerKind.ADJUSTMENT, instalment__in=changed, plan__gt=plan.pk, reversed_by=None
    )
    if later.exists():
        raise ValidationError(
            _("A later plan changes the same payments. Cancel that one first."),
            code="plan_built_on",
        )
