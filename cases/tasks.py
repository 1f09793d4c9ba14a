from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from cases import actions

log = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def drain_outbox() -> None:
    done = actions.send_mail()
    if done.tried or done.swept:
        log.info("outbox_drained %s", done)


@shared_task  # type: ignore[untyped-decorator]
def send_follow_ups() -> None:
    if sent := actions.send_follow_ups(now=timezone.now()):
        log.info("follow_ups_sent count=%d", sent)


@shared_task  # type: ignore[untyped-decorator]
def expire_leases() -> None:
    if expired := actions.expire_leases(now=timezone.now()):
        log.info("leases_expired count=%d", expired)


@shared_task  # type: ignore[untyped-decorator]
def notify_expiring() -> None:
    if told := actions.notify_expiring(now=timezone.now()):
        log.info("expiry_notices count=%d", told)
