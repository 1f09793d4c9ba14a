"""What a merchant's system is told about a status change: codes and API names, never people."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from leases.enums import LeaseStatus
from leases.models import StatusEvent


def payload(event: StatusEvent) -> bytes:
    """Made when it's sent: the limit is the one the lease has then."""
    lease = event.lease
    limit = lease.approval_limit
    message = {
        "type": "lease.status_changed",
        "timestamp": _moment(event.at),
        "data": {
            "applicationId": str(lease.application_id),
            "accountNumber": lease.account_number,
            "approvalStatus": LeaseStatus(event.to_status).api_name,
            "previousStatus": (
                LeaseStatus(event.from_status).api_name if event.from_status else None
            ),
            "rule": event.rule,
            "approvalLimit": None if limit is None else str(limit),
            "occurredAt": _moment(event.at),
            "happenedAt": _moment(event.true_at),
        },
    }
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
