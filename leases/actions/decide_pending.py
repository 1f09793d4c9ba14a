from __future__ import annotations

import logging
from datetime import datetime

from django.core.exceptions import ValidationError

from leases.actions.ask_engine import ask_again
from leases.actions.who import Clock
from leases.engine import EngineDown
from leases.enums import LeaseStatus
from leases.models import Lease

log = logging.getLogger(__name__)


def decide_pending(*, now: datetime) -> int:
    """When the engine may be back: asks about what waited for it, oldest first; returns how many it
    decided.

    Stops when the engine doesn't answer. Stale applications are skipped: those customers apply
    again.
    """
    decided = 0
    waiting = Lease.objects.filter(status=LeaseStatus.PENDING, superseded_by__isnull=True)
    for lease in waiting.with_parties().order_by("applied_at", "id"):
        if lease.is_stale(now):
            continue
        try:
            after = ask_again(lease=lease, by=Clock(lease.applied_at), now=now)
        except EngineDown as error:
            log.warning("decision_engine_down error=%s", error)
            break
        except ValidationError as error:  # someone else decided it in the meantime
            log.info("pending_left lease=%d code=%s", lease.pk, error.error_list[0].code)
            continue
        decided += after.status != LeaseStatus.PENDING
    return decided
