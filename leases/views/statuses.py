from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only
from leases.enums import LeaseStatus, Rule
from leases.lifecycle import DESCRIPTIONS, GROWING_STALE, TRANSITIONS, UNDER_CONTRACT
from leases.words import who_may


@require_safe
@lease_readers_only
def statuses(request: HttpRequest) -> HttpResponse:
    """The action → status → description table and the transitions, from the code itself."""
    rows = [
        {
            "action": row.action,
            "status": row.status.value,
            "label": row.status.label,
            "description": row.description,
            "lasts": _lasts(row.status),
            "next": _next(row.status),
        }
        for row in DESCRIPTIONS
    ]
    return render(request, "leases/statuses.html", {"rows": rows})


def _next(status: LeaseStatus) -> list[dict[str, object]]:
    """Where a lease can go from there, each rule with what it may lead to."""
    by_rule: dict[Rule, list[LeaseStatus]] = {}
    for to, rule in TRANSITIONS.get(status, {}).items():
        by_rule.setdefault(rule, []).append(to)
    return [{"rule": rule.label, "who": who_may(rule), "to": to} for rule, to in by_rule.items()]


def _lasts(status: LeaseStatus) -> str:
    """How long a lease may stay there, by the company's days."""
    days = settings.APPROVAL_DAYS
    if status in GROWING_STALE:
        return ngettext(
            "Doesn’t expire. After %(days)d day, the customer has to apply again.",
            "Doesn’t expire. After %(days)d days, the customer has to apply again.",
            days,
        ) % {"days": days}
    approval = ngettext("%(days)d day after approval", "%(days)d days after approval", days) % {
        "days": days
    }
    if status == LeaseStatus.APPROVED:
        return approval
    if status not in UNDER_CONTRACT:
        return ""
    days = settings.CONTRACTS_DAYS
    invoice = ngettext(
        "%(days)d day after the invoice", "%(days)d days after the invoice", days
    ) % {"days": days}
    return _("%(invoice)s, but no more than %(approval)s") % {
        "invoice": invoice,
        "approval": approval,
    }
