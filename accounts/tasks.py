from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from accounts import drafts
from accounts.sessions import forget_expired_sessions

log = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def forget_sessions() -> None:
    if forgotten := forget_expired_sessions(now=timezone.now()):
        log.info("sessions_forgotten count=%d", forgotten)


@shared_task  # type: ignore[untyped-decorator]
def sweep_drafts() -> None:
    if swept := drafts.sweep_drafts(now=timezone.now()):
        log.info("drafts_swept count=%d", swept)
