from __future__ import annotations

from datetime import datetime

from accounts.models import User
from cases.models import Evidence, EvidenceView


def record_view(*, evidence: Evidence, by: User, now: datetime) -> None:
    """Who opened an original, and when."""
    EvidenceView.objects.create(evidence=evidence, by=by, at=now)
