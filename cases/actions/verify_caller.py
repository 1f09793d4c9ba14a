"""A caller is asked who they are. What was asked and the result are kept, never an answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.limits import limit, take
from accounts.models import User
from accounts.paces import Pace
from cases.actions.change import add_event, locked
from cases.actions.discard_call import refuse_discarded
from cases.callers import LEAST_FACTORS, can_be_verified, is_enough
from cases.enums import CallerRelation, Factor
from cases.events import CallerVerified
from cases.models import CallDraft, Case, Verification
from common.formats import clock_time
from leases.models import Lease
from leases.queries.ssn_digits import DIGITS, has_ssn_digits, ssn_digits_match

#: Of one lease, whoever asks: five at once, then one every ten minutes.
SSN_TRIES = Pace(5, 600)


def verify_caller(
    *,
    lease: Lease,
    draft: CallDraft | None = None,
    case: Case | None = None,
    relation: str = CallerRelation.CUSTOMER,
    factors: Collection[str],
    is_right: bool,
    ssn: str = "",
    by: User,
    now: datetime,
) -> Verification:
    """Records that a caller was verified, or that they weren't.

    `is_right`: what the agent heard is what we have. The last four digits of the SSN are compared
    here; wrong ones fail, whatever else was right. ValidationError `verification_other` (the
    caller's relation has nothing to verify), `verification_factors` (too few to pass),
    `verification_nothing`, `ssn_digits`, `ssn_not_asked`, `ssn_too_many`, `call_discarded`.
    """
    visible = Lease.objects.visible_to(by).filter(pk=lease.pk)
    if not (by.works_cases and (draft or case) and visible.exists()):
        raise PermissionDenied
    _refuse_others(relation)
    asked = frozenset(factors) & frozenset(Factor.values) - {Factor.SSN.value}
    if ssn:
        asked |= {Factor.SSN.value}
    _refuse_too_few(asked, is_right=is_right)
    if ssn:
        is_right = _compared(lease, ssn, now) and is_right
    return _recorded(lease, draft, case, asked, is_right, by, now)


def _refuse_others(relation: str) -> None:
    if not can_be_verified(relation):
        raise ValidationError(
            _(
                "Only the customer, an applicant or an authorized person can be verified. Tell"
                " anyone else only what’s said next to their name."
            ),
            code="verification_other",
        )


def _refuse_too_few(asked: frozenset[str], *, is_right: bool) -> None:
    if not asked:
        raise ValidationError(_("Check what you asked for."), code="verification_nothing")
    if is_right and not is_enough(asked):
        raise ValidationError(
            _("Ask for at least %(least)d things."),
            code="verification_factors",
            params={"least": LEAST_FACTORS},
        )


def _compared(lease: Lease, digits: str, now: datetime) -> bool:
    """Each try counts, and in its own transaction: a refusal afterwards doesn't give it back."""
    if not DIGITS.fullmatch(digits):
        raise ValidationError(_("Enter the last 4 digits."), code="ssn_digits")
    if not has_ssn_digits(lease):
        raise ValidationError(
            _("This application didn’t ask for the SSN. Ask for something else."),
            code="ssn_not_asked",
        )
    if again_at := take([limit("ssn", "lease", lease.account_number, SSN_TRIES)], now=now):
        raise ValidationError(
            _("Too many tries for this lease. Ask for something else, or try again at %(time)s."),
            code="ssn_too_many",
            params={"time": clock_time(again_at)},
        )
    return ssn_digits_match(lease, digits)


@transaction.atomic
def _recorded(
    lease: Lease,
    draft: CallDraft | None,
    case: Case | None,
    asked: frozenset[str],
    passed: bool,
    by: User,
    now: datetime,
) -> Verification:
    if draft:  # which may be finished meanwhile, and would tell nothing of this
        begun = CallDraft.objects.select_for_update().get(pk=draft.pk)
        refuse_discarded(begun)
        if begun.case_id and case is None:
            case = Case.objects.get(pk=begun.case_id)
    done = Verification.objects.create(
        lease=lease,
        draft=draft,
        case=case,
        factors=[each.value for each in Factor if each.value in asked],
        passed=passed,
        by=by,
        at=now,
    )
    if case:
        tell(done, locked(case))
    return done


def tell(done: Verification, case: Case) -> None:
    """In the timeline of its case, at the time when it was."""
    factors = tuple(map(Factor, done.factors))
    add_event(case, CallerVerified(factors=factors, passed=done.passed), by=done.by, now=done.at)


def tell_of_call(draft: CallDraft, case: Case) -> None:
    """What was verified while the call had no case yet."""
    for each in draft.verifications.filter(case=None).select_related("by"):
        tell(each, case)
