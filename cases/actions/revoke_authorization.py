"""A customer takes back the authorization to charge their card or bank account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypedDict

from django.db.models import Q

from accounts.models import User
from cases.actions.change import add_event
from cases.enums import Visibility
from cases.events import AutopayRevoked
from cases.models import Case, Entry
from cases.queries.answers import answer_for
from common.company_day import business_day
from common.typed_json import from_json
from leases.actions.autopay import stop, stops_on
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
    scope, said = answer_for(case, SCOPE), _said(partial(answer_for, case), now)
    for lease in _leases(case.lease, scope):
        happening = _revoked(case, lease, by, now)
        says_so = is_new and lease.pk == case.lease_id
        if happening and (happening.stopped_on or says_so):
            told = replace(happening, **said)
            add_event(case, told, by=by, now=now, visibility=Visibility.PUBLIC)


def revoked_now(case: Case) -> tuple[AutopayRevoked, ...]:
    """What the case says of it."""
    rows = Entry.objects.filter(case=case, event=AutopayRevoked.event).order_by("pk")
    return tuple(from_json(AutopayRevoked, each.params) for each in rows)


def revoked_soon(
    lease: Lease, answers: Mapping[str, object], *, now: datetime
) -> tuple[AutopayRevoked, ...]:
    """What the case will say if it's saved now; nothing is stopped yet."""
    scope, today = answers.get(SCOPE), business_day(now)
    said = _said(answers.get, now)
    told = []
    for each in _leases(lease, scope):
        autopay = Autopay.objects.filter(lease=each, state=AutopayState.ACTIVE).first()
        happening = _untouched(autopay, answers.get(METHOD), scope)
        is_own = each.pk == lease.pk
        if autopay and happening is None:
            on = stops_on(autopay, today)
            happening = AutopayRevoked(
                method=PaymentMethod(autopay.method),
                stopped_on=on,
                last_charge_on=on - timedelta(days=1) if on > today else None,
                account_number="" if is_own else each.account_number,
            )
        if happening and (happening.stopped_on or is_own):
            told.append(replace(happening, **said))
    return tuple(told)


def _untouched(autopay: Autopay | None, revoked: object, scope: object) -> AutopayRevoked | None:
    """Why nothing is stopped; None if it's stopped."""
    if autopay is None:
        return AutopayRevoked()
    method = PaymentMethod(autopay.method)
    if revoked in PaymentMethod.values and revoked != method:
        return AutopayRevoked(method=method)
    if scope == ONE_PAYMENT:
        return AutopayRevoked(method=method, one_payment=True)
    return None


def hold_leases(lease: Lease) -> None:
    """Locked before the case, as plans and charges do, and always in the same order."""
    for each in _charged(lease):
        locked(each)


def _leases(lease: Lease, scope: object) -> list[Lease]:
    return _charged(lease) if scope == ALL_LEASES else [lease]


def _charged(lease: Lease) -> list[Lease]:
    """The lease, and those of its customer with automatic payments."""
    theirs = Q(customer=lease.customer_id, autopay__state=AutopayState.ACTIVE)
    return list(Lease.objects.filter(Q(pk=lease.pk) | theirs).order_by("pk"))


def _revoked(case: Case, lease: Lease, by: User, now: datetime) -> AutopayRevoked | None:
    """None if the customer authorized them anew."""
    lease = locked(lease)  # so that nothing is set up or stopped meanwhile
    autopay = Autopay.objects.filter(lease=lease, state=AutopayState.ACTIVE).first()
    untouched = _untouched(autopay, answer_for(case, METHOD), answer_for(case, SCOPE))
    if autopay is None or untouched:
        return untouched
    anew = autopay.events.filter(change=AutopayChange.ENROLLED, at__gt=case.opened_at)
    if anew.exists():
        return None
    revoked_on = _day_of(answer_for(case, REVOKED_ON), now)
    event = stop(lease=lease, revoked_on=revoked_on, by=by, now=now)
    return AutopayRevoked(
        method=PaymentMethod(autopay.method),
        stopped_on=event.effective_on,
        last_charge_on=last_charge(event, business_day(now)),
        account_number="" if lease.pk == case.lease_id else lease.account_number,
    )


class _Said(TypedDict):
    revoked: str
    revoked_on: date
    scope: str


def _said(answer: Callable[[str], object], now: datetime) -> _Said:
    """What was taken back, in the customer's own answers: it's confirmed to them in writing."""
    return {
        "revoked": str(answer(METHOD) or ""),
        "revoked_on": _day_of(answer(REVOKED_ON), now),
        "scope": str(answer(SCOPE) or ""),
    }


def _day_of(named: object, now: datetime) -> date:
    """The day the customer named, if it's not still to come."""
    today = business_day(now)
    return min(named, today) if isinstance(named, date) else today
