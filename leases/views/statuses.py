from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only
from leases.enums import LeaseStatus
from leases.lifecycle import DESCRIPTIONS, TRANSITIONS


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
            "next": [
                {"status": to.value, "label": to.label, "rule": rule.label}
                for to, rule in TRANSITIONS.get(LeaseStatus(row.status), {}).items()
            ],
        }
        for row in DESCRIPTIONS
    ]
    return render(request, "leases/statuses.html", {"rows": rows})
