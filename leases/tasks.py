from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from leases import actions
from leases.webhooks.send import send_due

log = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def expire_due() -> None:
    if expired := actions.expire_due(now=timezone.now()):
        log.info("leases_expired count=%d", expired)


@shared_task  # type: ignore[untyped-decorator]
def decide_pending() -> None:
    if decided := actions.decide_pending(now=timezone.now()):
        log.info("pending_decided count=%d", decided)


@shared_task  # type: ignore[untyped-decorator]
def send_webhooks() -> None:
    if done := str(send_due()):
        log.info("webhooks_sent %s", done)
