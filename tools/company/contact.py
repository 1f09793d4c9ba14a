"""An attorney, a wish and some calls: what a case says about reaching its customer."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from cases import actions
from cases.enums import AttemptResult, FlagKind
from cases.models import Case
from leases.contact_wishes import Wishes
from leases.enums import WishSource

ATTORNEY = actions.Attorney(
    name="Marta Ruiz",
    firm="Ruiz & Vega",
    phone="(210) 555-0171",
    email="marta@ruiz-vega.example",
)


def name_attorney(case: Case, *, by: User, now: datetime) -> None:
    actions.flag_case(case=case, kind=FlagKind.ATTORNEY, attorney=ATTORNEY, by=by, now=now)


def name_statute(case: Case, *, by: User, now: datetime) -> None:
    actions.flag_case(case=case, kind=FlagKind.STATUTE, statute="FDCPA", by=by, now=now)


def try_in_vain(case: Case, *, by: User, now: datetime) -> None:
    """One call more, and the page warns."""
    for days in range(6, 0, -1):
        actions.record_attempt(
            case=case, result=AttemptResult.NO_ANSWER, by=by, now=now - timedelta(days=days)
        )


def wish_for_mail(case: Case, *, by: User, now: datetime) -> None:
    assert case.lease  # noqa: S101
    actions.change_wishes(
        customer=case.lease.customer,
        wishes=Wishes(not_at_work=True, channel="email"),
        source=WishSource.STAFF,
        case=case,
        by=by,
        now=now,
    )
