"""Files that a case already has, recognized by their bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from cases.enums import Visibility
from cases.models import Case, Evidence

#: Later, the same file may mean something new, such as a form that is sent every month.
RECENT = timedelta(days=1)


def known_files(
    case: Case, digests: Iterable[str], *, visibility: str, now: datetime
) -> dict[str, Evidence]:
    """By SHA-256, the newest of each. For readers of `visibility`: what the customer may not see
    isn't there for them, so that no answer reveals it.
    """
    sent = Evidence.objects.filter(
        entry__case=case, entry__at__gt=now - RECENT, sha256__in=list(digests)
    )
    if visibility == Visibility.PUBLIC:
        sent = sent.filter(entry__visibility=Visibility.PUBLIC)
    return {each.sha256: each for each in sent.select_related("entry").order_by("entry__at")}
