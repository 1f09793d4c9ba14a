"""What the chosen lease says about the call: its open cases, and whether the caller is verified."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.callers import PROVEN_ATTORNEY, may_be_told
from cases.enums import CallerRelation
from cases.forms import CallForm
from cases.forms.caller import VerificationForm
from cases.models import CallDraft
from cases.queries.open_cases import open_cases_like
from cases.queries.verifications import verification_state, verified_today
from cases.scripts.withheld import withheld_from
from cases.views.call.leases import Leases
from leases.queries.ssn_digits import has_ssn_digits

_CUSTOMER = CallerRelation.CUSTOMER.value
#: An attorney whose letter is here (css/components/caller.css).
PROVEN = "attorney_proven"


def about_lease(
    draft: CallDraft,
    leases: Leases,
    form: CallForm,
    *,
    user: User,
    now: datetime,
    verifying: VerificationForm | None = None,
) -> dict[str, Any]:
    """`verifying`: the form that was refused.

    Only who was verified in this call may be told more: the next caller may be someone else.
    """
    lease, done = leases.chosen, None
    context: dict[str, Any] = {"same_cases": [], "verifying": None}
    if lease:
        done = verified_today([lease], user=user, now=now).get(lease.customer_id)
        context = {
            "same_cases": open_cases_like(lease, str(form["kind"].value() or ""), user=user),
            "verifying": verifying or VerificationForm(asks_ssn=has_ssn_digits(lease)),
        }
    is_this_call = done is not None and done.draft_id == draft.pk
    checked = verification_state(done if is_this_call else None)
    return context | {
        "verified": done,
        "is_verified_in_this_call": is_this_call,
        "told": [
            *((each, may_be_told(each, checked)) for each in CallerRelation.values),
            (PROVEN, PROVEN_ATTORNEY),
        ],
        "withheld": withheld_from(str(form["relation"].value() or _CUSTOMER), checked),
    }
