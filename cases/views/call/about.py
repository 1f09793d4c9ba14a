"""What the search and the chosen lease say about the call: the cases it may be about, calls that
colleagues have begun about the customer, and whether the caller is verified.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from accounts.models import User
from cases.callers import (
    AWAITED_ATTORNEY,
    KNOWN_ATTORNEY,
    PROVEN_ATTORNEY,
    Checked,
    may_be_told,
)
from cases.enums import CallerRelation
from cases.forms import CallForm
from cases.forms.caller import VerificationForm
from cases.models import CallDraft, CaseFlag
from cases.queries.calls import begun_beside
from cases.queries.verifications import verification_state, verified_today
from cases.scripts.withheld import withheld_from
from cases.views.call.leases import Leases
from cases.views.call.same_cases import same_cases
from leases.queries.ssn_digits import has_ssn_digits

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_CUSTOMER = CallerRelation.CUSTOMER.value
#: An attorney whose letter is here (css/components/caller.css).
PROVEN = "attorney_proven"


def about_lease(
    draft: CallDraft,
    leases: Leases,
    form: CallForm,
    attorney: CaseFlag | None,
    *,
    user: User,
    now: datetime,
    verifying: VerificationForm | None = None,
) -> dict[str, Any]:
    """`attorney`: on record, and no one else is named; `verifying`: the form that was refused.

    Only who was verified in this call may be told more: the next caller may be someone else.
    """
    lease, done = leases.chosen, None
    context: dict[str, Any] = {"begun": [], "verifying": None}
    if lease:
        done = verified_today([lease], user=user, now=now).get(lease.customer_id)
        context = {
            "begun": begun_beside(draft, lease.customer, user=user),
            "verifying": verifying
            or VerificationForm(asks_ssn=has_ssn_digits(lease), email=lease.customer.email),
        }
    is_this_call = done is not None and done.draft_id == draft.pk
    checked = verification_state(done if is_this_call else None)
    cases = same_cases(form, leases, user=user)
    return context | {
        "same_cases": cases,
        "may_add": any(each.case.is_active for each in cases),
        "checked": checked,
        "verified": done,
        "is_verified_in_this_call": is_this_call,
        "told": _told(checked, attorney),
        "withheld": withheld_from(str(form["relation"].value() or _CUSTOMER), checked),
    }


def _told(checked: Checked, attorney: CaseFlag | None) -> list[tuple[str, StrPromise | str]]:
    """Each relation, and what its callers may be told."""
    told: dict[str, StrPromise | str] = {
        each: may_be_told(each, checked) for each in CallerRelation.values
    }
    if attorney:
        words = AWAITED_ATTORNEY if attorney.awaits_letter else KNOWN_ATTORNEY
        told[CallerRelation.ATTORNEY] = words % {"name": attorney.name}
    return [*told.items(), (PROVEN, PROVEN_ATTORNEY)]
