from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import Q

from cases.enums import CaseStatus, PromiseOutcome, TemplateKey
from cases.mail.hours import FOLLOW_UP
from cases.mail.render import TEST
from cases.models import Email, FollowUp, OutsideDeadline, Promise
from cases.queries.follow_up_reasons import reason_gone
from common.company_day import business_day
from leases.enums import LeaseStatus, PlanKind, PromiseState
from leases.lifecycle import ENDED_BY_CLOCK, UNDER_CONTRACT
from leases.models import Lease, Plan, PlanPromise
from leases.queries.missed import with_missed_promises
from leases.queries.plans import IN_FORCE, kept, with_received

_WHILE: Mapping[str, Collection[LeaseStatus]] = {
    TemplateKey.APPROVAL_EXPIRING.value: {LeaseStatus.APPROVED},
    TemplateKey.CONTRACTS_EXPIRING.value: UNDER_CONTRACT,
}
_ENDED = {TemplateKey.APPROVAL_EXPIRED.value, TemplateKey.CONTRACTS_EXPIRED.value}

_PLAN_BROKEN = f"plan_{TemplateKey.PROMISE_BROKEN.value}"


def is_obsolete(mail: Email, now: datetime) -> bool:
    """A warning of what has passed, is settled or has another day would only confuse."""
    if mail.params.get(TEST):
        return False
    if mail.template.key in _WHILE:
        return not _expires_so(mail, now)
    if mail.template.key in _ENDED:
        return not _has_ended(mail)
    if mail.template.key == TemplateKey.PROMISE_DUE and "promise" in mail.params:
        return not _is_promised(mail, now)
    event, _, rest = mail.key.partition(":")
    if event == TemplateKey.PROMISE_BROKEN:
        broken = Promise.objects.filter(pk=int(rest), outcome=PromiseOutcome.BROKEN)
        return not broken.exists()
    if event == _PLAN_BROKEN:
        return not _is_missed(int(rest), business_day(now))
    if event == TemplateKey.OUTSIDE_DEADLINE:
        deadline = OutsideDeadline.objects.open().filter(pk=int(rest.partition(":")[0]))
        return not deadline.exists()
    if mail.key.startswith(FOLLOW_UP):
        follow_up = FollowUp.objects.select_related("case").filter(pk=int(rest)).first()
        return follow_up is None or reason_gone(follow_up) is not None
    return False


def _expires_so(mail: Email, now: datetime) -> bool:
    deadline = datetime.fromisoformat(mail.params["expires_at"])
    return Lease.objects.filter(
        account_number=mail.params["account_number"],
        status__in=_WHILE[mail.template.key],
        expires_at=deadline,
        expires_at__gt=now,
    ).exists()


def _has_ended(mail: Email) -> bool:
    """A late report that was approved takes an expiry back."""
    lease = Lease.objects.filter(account_number=mail.params["account_number"])
    return not lease.exclude(status__in=ENDED_BY_CLOCK).exists()


def _is_promised(mail: Email, now: datetime) -> bool:
    today = business_day(now)
    if date.fromisoformat(mail.params["promise"]["due_on"]) < today:
        return False
    event, _, pk = mail.key.partition(":")
    if event != TemplateKey.PROMISE_DUE:
        return _is_to_be_paid(int(pk), today)
    promised = Promise.objects.open().filter(pk=int(pk))
    return promised.exclude(case__status=CaseStatus.CLOSED).exists()


def _is_to_be_paid(pk: int, today: date) -> bool:
    """The payment is one of a plan in force, and has not come."""
    plans = Plan.objects.filter(IN_FORCE, kind=PlanKind.RECOVERY, promises=pk)
    plan = with_received(plans, today).first()
    if plan is None:
        return False
    states = kept(plan, plan.promises.order_by("number"), today)
    return any(each.promise.pk == pk and each.state != PromiseState.KEPT for each in states)


def _is_missed(pk: int, today: date) -> bool:
    """The payment that was told is still the first one of a plan in force that has not come."""
    told = PlanPromise.objects.filter(pk=pk).values("due_on", "plan__lease").first()
    if told is None:
        return False
    lease = Lease.objects.filter(pk=told["plan__lease"])
    return with_missed_promises(lease, today=today).filter(Q(missed_on=told["due_on"])).exists()
