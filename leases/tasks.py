from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from leases import actions

log = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def expire_due() -> None:
    if expired := actions.expire_due(now=timezone.now()):
        log.info("leases_expired count=%d", expired)
