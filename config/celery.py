"""The Celery app and the whole beat schedule. Redis only wakes workers: nothing lives only
there.
"""

from __future__ import annotations

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from tools import embedded

embedded.start_servers()

from django.conf import settings  # noqa: E402

app = Celery("puente")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    # A nudge that can't be delivered at once is dropped: beat and the loop will find the row.
    broker_transport_options={
        "visibility_timeout": 180,
        "socket_timeout": 5,
        "socket_connect_timeout": 0.2,
        "retry_on_timeout": False,
    },
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=160,
    task_soft_time_limit=140,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    timezone="UTC",
    enable_utc=True,
    # A beat that no worker took before the next one is dropped, so beats don't pile up.
    beat_schedule={
        name: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
        for name, task, seconds in (
            ("answer-sign-ins", "accounts.tasks.answer_sign_ins", 5.0),
            ("forget-sign-ins", "accounts.tasks.forget_sign_ins", 3600.0),
            ("drain-outbox", "mail.tasks.drain_outbox", 5.0),
            ("watch-outbox", "cases.tasks.watch_outbox", 60.0),
            ("fetch-mail", "cases.tasks.fetch_mail", 30.0),
            ("send-follow-ups", "cases.tasks.send_follow_ups", 30.0),
            ("expire-leases", "leases.tasks.expire_leases", 60.0),
            ("notify-expiring", "leases.tasks.notify_expiring", 300.0),
            ("remind-of-payments", "leases.tasks.remind_of_payments", 600.0),
            ("remind-of-promises", "cases.tasks.remind_of_promises", 600.0),
            ("confirm-returns", "cases.tasks.confirm_reported_returns", 60.0),
            ("wake-snoozed", "cases.tasks.wake_snoozed", 60.0),
            ("warn-of-outside-deadlines", "cases.tasks.warn_of_outside_deadlines", 1800.0),
            ("send-weekly-reports", "cases.tasks.send_weekly_reports", 1800.0),
            ("decide-pending", "leases.tasks.decide_pending", 120.0),
            ("charge-late-fees", "leases.tasks.charge_late_fees", 3600.0),
            ("close-fulfilled-plans", "leases.tasks.close_fulfilled_plans", 3600.0),
            ("forget-api-requests", "leases.tasks.forget_api_requests", 3600.0),
            ("index-search", "cases.tasks.index_search", 60.0),
            ("sweep-uploads", "cases.tasks.sweep_uploads", 3600.0),
            ("sweep-drafts", "accounts.tasks.sweep_drafts", 3600.0),
            ("send-webhooks", "leases.tasks.send_webhooks", 5.0),
            ("forget-sent-forms", "accounts.tasks.forget_sent_forms", 3600.0),
            ("forget-sessions", "accounts.tasks.forget_sessions", 3600.0),
        )
    },
)
app.autodiscover_tasks(["accounts", "mail", "leases", "cases"])


@worker_init.connect  # type: ignore[untyped-decorator]
def _limits_hold(**_: object) -> None:
    from config import time_limits  # noqa: PLC0415 - needs Django's applications

    time_limits.require()
