"""Whether the one on the line is who they say, on a case's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.callers import may_be_told
from cases.enums import CallerRelation
from cases.forms.caller import VerificationForm
from cases.models import Case
from cases.queries.verifications import is_now, verification_state, verified_today
from leases.queries.ssn_digits import has_ssn_digits


def verification(found: Case, *, user: User, now: datetime) -> dict[str, Any]:
    """Only who was verified in this conversation may be told more."""
    if found.lease is None:
        return {}
    done = verified_today([found.lease], user=user, now=now).get(found.lease.customer_id)
    is_this = done is not None and is_now(done, found, user=user, now=now)
    state = verification_state(done if is_this else None)
    return {
        "verified": done,
        "is_verified_now": is_this,
        "is_of_its_call": bool(done and done.draft and done.draft.case_id == found.pk),
        "may_be_told": may_be_told(CallerRelation.CUSTOMER, state),
    }


def verifying(found: Case, *, refused: VerificationForm | None) -> dict[str, Any]:
    """The form. Without a lease there's nothing to compare with."""
    if found.lease is None:
        return {"verifying": None}
    return {
        "verifying": refused
        or VerificationForm(asks_ssn=has_ssn_digits(found.lease), email=found.lease.customer.email)
    }
