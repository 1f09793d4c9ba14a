from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from cases import actions
from cases.queries.mail_state import count_late_follow_ups
from mail.queries import inbound_watch, outbox

log = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def fetch_mail() -> None:
    if taken := str(actions.fetch_mail()):
        log.info("mail_fetched %s", taken)


@shared_task  # type: ignore[untyped-decorator]
def watch_outbox() -> None:
    now = timezone.now()
    waited = outbox.oldest_due(now)
    if waited is not None and waited > outbox.alert_after():
        log.warning("outbox_late minutes=%d", waited.total_seconds() // 60)
    if mailbox := inbound_watch.trouble(now):
        log.warning("inbound_trouble stuck=%d error=%s", mailbox.stuck, mailbox.error)
    if late := count_late_follow_ups(now):
        log.warning("follow_ups_late count=%d", late)


@shared_task  # type: ignore[untyped-decorator]
def send_follow_ups() -> None:
    if sent := actions.send_follow_ups(now=timezone.now()):
        log.info("follow_ups_sent count=%d", sent)


@shared_task  # type: ignore[untyped-decorator]
def remind_of_promises() -> None:
    if told := actions.remind_of_promises(now=timezone.now()):
        log.info("promises_reminded count=%d", told)


@shared_task  # type: ignore[untyped-decorator]
def confirm_reported_returns() -> None:
    if confirmed := actions.confirm_reported_returns(now=timezone.now()):
        log.info("returns_confirmed count=%d", confirmed)


@shared_task  # type: ignore[untyped-decorator]
def wake_snoozed() -> None:
    if back := actions.wake_snoozed(now=timezone.now()):
        log.info("snoozed_back count=%d", back)


@shared_task  # type: ignore[untyped-decorator]
def warn_of_outside_deadlines() -> None:
    if told := actions.warn_of_outside_deadlines(now=timezone.now()):
        log.info("outside_deadlines_warned count=%d", told)


@shared_task  # type: ignore[untyped-decorator]
def send_weekly_reports() -> None:
    if sent := actions.send_weekly_reports(now=timezone.now()):
        log.info("weekly_reports count=%d", sent)


@shared_task  # type: ignore[untyped-decorator]
def index_search() -> None:
    actions.index_search(now=timezone.now())
    for _ in range(5):  # a minute's texts are fewer, but an import may have brought many
        if not actions.learn_words():
            break


@shared_task  # type: ignore[untyped-decorator]
def sweep_uploads() -> None:
    if swept := actions.sweep_uploads(now=timezone.now()):
        log.info("uploads_swept count=%d", swept)
