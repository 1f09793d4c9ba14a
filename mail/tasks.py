from __future__ import annotations

import logging

from celery import shared_task

from mail.outbound.send import send_mail

log = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def drain_outbox() -> None:
    done = send_mail()
    if done.tried or done.swept:
        log.info("outbox_drained %s", done)
