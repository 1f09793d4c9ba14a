from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from leases import actions
from leases.actions import plans
from leases.actions.idempotency import forget_requests
from leases.webhooks.send import send_due

log = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def decide_pending() -> None:
    if decided := actions.decide_pending(now=timezone.now()):
        log.info("pending_decided count=%d", decided)


@shared_task  # type: ignore[untyped-decorator]
def forget_api_requests() -> None:
    if forgotten := forget_requests(now=timezone.now()):
        log.info("api_requests_forgotten count=%d", forgotten)


@shared_task  # type: ignore[untyped-decorator]
def send_webhooks() -> None:
    if done := str(send_due()):
        log.info("webhooks_sent %s", done)


@shared_task  # type: ignore[untyped-decorator]
def charge_late_fees() -> None:
    if charged := actions.charge_late_fees(now=timezone.now()):
        log.info("late_fees_charged count=%d", charged)


@shared_task  # type: ignore[untyped-decorator]
def close_fulfilled_plans() -> None:
    if closed := plans.close_fulfilled_plans(now=timezone.now()):
        log.info("plans_fulfilled count=%d", closed)


@shared_task  # type: ignore[untyped-decorator]
def expire_leases() -> None:
    if expired := actions.expire_leases(now=timezone.now()):
        log.info("leases_expired count=%d", expired)


@shared_task  # type: ignore[untyped-decorator]
def notify_expiring() -> None:
    if told := actions.notify_expiring(now=timezone.now()):
        log.info("expiry_notices count=%d", told)


@shared_task  # type: ignore[untyped-decorator]
def remind_of_payments() -> None:
    if told := actions.remind_of_payments(now=timezone.now()):
        log.info("plan_payments_told count=%d", told)
