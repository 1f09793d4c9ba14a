"""Whether a follow-up still has its reason."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from cases import lifecycle
from cases.enums import CancelReason, CaseStatus, FollowUpRule, FollowUpText
from cases.models import FollowUp
from cases.queries.asked_for import asked_for
from leases.models import MerchandiseReturn


def store_spoke() -> QuerySet[FollowUp]:
    """Those planned for the silence of a store that has since taken the item back."""
    came_back = MerchandiseReturn.objects.filter(
        lease=OuterRef("case__lease"), at__gte=OuterRef("at")
    )
    planned = FollowUp.objects.pending().filter(rule=FollowUpRule.STORE_SILENT)
    return planned.filter(Exists(came_back))


def reason_gone(follow_up: FollowUp) -> CancelReason | None:
    """Why it should no longer be sent, if so."""
    case = follow_up.case
    if case.status not in lifecycle.ACTIVE:
        return CancelReason.CASE_ENDED
    if follow_up.template == FollowUpText.EVIDENCE_REQUESTED:
        if not asked_for(case):
            return CancelReason.EVIDENCE_CAME
        if case.customer_wrote_at and case.customer_wrote_at >= follow_up.at:
            return CancelReason.CUSTOMER_WROTE  # and no one has answered
    if follow_up.rule != FollowUpRule.STORE_SILENT:
        return None
    if MerchandiseReturn.objects.filter(lease=case.lease_id, at__gte=follow_up.at).exists():
        return CancelReason.STORE_CONFIRMED
    return None if case.status == CaseStatus.WAITING_STORE else CancelReason.NOT_WAITING
