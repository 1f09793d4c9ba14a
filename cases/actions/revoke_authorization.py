"""A customer takes back the authorization to charge their card or bank account."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from accounts.models import User
from cases.actions.change import add_event
from cases.enums import Visibility
from cases.events import AutopayRevoked
from cases.models import Case
from cases.queries.answers import answer_for
from common.company_day import business_day
from leases.actions.autopay import stop
from leases.actions.move import locked
from leases.actions.tell_autopay import last_charge
from leases.enums import AutopayChange, AutopayState, PaymentMethod
from leases.models import Autopay, Lease

#: Questions of the kind, and the choices that matter here.
METHOD, REVOKED_ON, SCOPE = "revoked_method", "revoked_on", "revoked_scope"
ONE_PAYMENT, ALL_LEASES = "one", "leases"


def revoke_authorization(case: Case, *, is_new: bool, by: User, now: datetime) -> None:
    """Stops the automatic payments of the case's lease, in the same transaction; the case says so.

    What was taken back is read from the answers; without them, it's all of the lease's. Later
    answers can still stop what runs, but never what the customer authorized anew since. `is_new`:
    the case says so, too, if there is nothing to stop.
    """
    if case.lease is None:
        return
    for lease in _leases(case, case.lease):
        happening = _revoked(case, lease, by, now)
        says_so = is_new and lease.pk == case.lease_id
        if happening and (happening.stopped_on or says_so):
            add_event(case, happening, by=by, now=now, visibility=Visibility.PUBLIC)


def hold_leases(lease: Lease) -> None:
    """Locked before the case, as plans and charges do, and always in the same order."""
    for each in _charged(lease):
        locked(each)


def _leases(case: Case, lease: Lease) -> list[Lease]:
    return _charged(lease) if answer_for(case, SCOPE) == ALL_LEASES else [lease]


def _charged(lease: Lease) -> list[Lease]:
    """The lease, and those of its customer with automatic payments."""
    theirs = Q(customer=lease.customer_id, autopay__state=AutopayState.ACTIVE)
    return list(Lease.objects.filter(Q(pk=lease.pk) | theirs).order_by("pk"))


def _revoked(case: Case, lease: Lease, by: User, now: datetime) -> AutopayRevoked | None:
    """None if the customer authorized them anew."""
    lease = locked(lease)  # so that nothing is set up or stopped meanwhile
    autopay = Autopay.objects.filter(lease=lease, state=AutopayState.ACTIVE).first()
    if autopay is None:
        return AutopayRevoked()
    method = PaymentMethod(autopay.method)
    revoked = answer_for(case, METHOD)
    if revoked in PaymentMethod.values and revoked != method:
        return AutopayRevoked(method=method)
    if answer_for(case, SCOPE) == ONE_PAYMENT:
        return AutopayRevoked(method=method, one_payment=True)
    anew = autopay.events.filter(change=AutopayChange.ENROLLED, at__gt=case.opened_at)
    if anew.exists():
        return None
    event = stop(lease=lease, revoked_on=_revoked_on(case, now), by=by, now=now)
    return AutopayRevoked(
        method=method,
        stopped_on=event.effective_on,
        last_charge_on=last_charge(event, business_day(now)),
        account_number="" if lease.pk == case.lease_id else lease.account_number,
    )


def _revoked_on(case: Case, now: datetime) -> date:
    """The day the customer named, if it's not still to come."""
    today = business_day(now)
    named = answer_for(case, REVOKED_ON)
    return min(named, today) if isinstance(named, date) else today
