from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from accounts.sign_in.answer import answer_sign_ins
from mail.outbound.drain import SECONDS, Drained, drain


def send_mail(
    *,
    now: Callable[[], datetime] = timezone.now,
    limit: int | None = None,
    seconds: float = SECONDS,
    stop: Callable[[], bool] = lambda: False,
) -> Drained:
    """Sends what is due, including codes that someone waits for; see `drain`."""
    answer_sign_ins(now=now())
    return drain(now=now, limit=limit, seconds=seconds, stop=stop)
