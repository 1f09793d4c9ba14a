from __future__ import annotations

from datetime import datetime

from accounts.models import User
from cases.models import Evidence, EvidenceView, InboundMail, InboundOriginalView


def record_view(
    *,
    evidence: Evidence,
    is_download: bool,
    page: int | None = None,
    by: User,
    now: datetime,
) -> None:
    """Records who was given a file to look at, and when. `is_download`: the original itself;
    `page`: only this one.
    """
    EvidenceView.objects.create(
        evidence=evidence, is_download=is_download, page=page, by=by, at=now
    )


def record_original_view(*, mail: InboundMail, reason: str, by: User, now: datetime) -> None:
    """Records who opened a mail as it came, with all the numbers in it, when and why."""
    InboundOriginalView.objects.create(mail=mail, reason=reason, by=by, at=now)
