from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from accounts.models import User
from telephone.models import PhoneCall


def settle_returned(
    *, numbers: Collection[str], began: datetime, reason: str, by: User, now: datetime
) -> int:
    """Missed calls from these numbers (E.164) before `began`, when someone talked with them without
    the telephone system. How many.
    """
    waiting = PhoneCall.objects.visible_to(by).to_call_back(now)
    found = waiting.filter(number__in=[each for each in numbers if each], rang_at__lte=began)
    return found.update(settled_at=now, settled_by=by, settled_reason=reason)
