"""Scheduled jobs: the first run over a large company, and one that finds nothing to do."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from accounts import drafts, limits
from accounts.models import User
from accounts.sent_forms import forget_sent_forms
from accounts.sessions import forget_expired_sessions
from accounts.sign_in.answer import answer_sign_ins, forget_sign_ins
from cases import actions
from cases.queries import mail_state
from cases.queries.week import week_figures
from leases import actions as lease_actions
from leases.actions import plans
from leases.actions.idempotency import forget_requests
from mail.models import Email
from mail.outbound.claim import CLAIM
from mail.outbound.sweep import sweep
from tests.bench.pages import SUPERVISOR


class Run(NamedTuple):
    name: str
    did: object
    first: float
    again: float


def _claim(now: datetime) -> int:
    """The drain's statement, which it commits by itself."""
    values = {"owner": uuid.uuid4(), "size": 50, "now": now, "until": now, "secret": False}
    return len(list(Email.objects.raw(CLAIM, values)))


def _report(now: datetime) -> object:
    monday = (now - timedelta(days=now.weekday() + 7)).date()
    return week_figures(monday, user=User.objects.get(pk=SUPERVISOR), now=now).opened


JOBS: dict[str, Callable[..., object]] = {
    "notify_expiring": lease_actions.notify_expiring,
    "expire_leases": lease_actions.expire_leases,
    "send_follow_ups": actions.send_follow_ups,
    "remind_of_promises": actions.remind_of_promises,
    "remind_of_payments": lease_actions.remind_of_payments,
    "warn_of_outside_deadlines": actions.warn_of_outside_deadlines,
    "decide_pending": lease_actions.decide_pending,
    "charge_late_fees": lease_actions.charge_late_fees,
    "close_fulfilled_plans": plans.close_fulfilled_plans,
    "forget_requests": forget_requests,
    "sweep of the outbox": lambda now: sweep(now=now),
    "sweep of drafts": drafts.sweep_drafts,
    "sweep of uploads": actions.sweep_uploads,
    "forget sent forms": forget_sent_forms,
    "forget sign-ins": forget_sign_ins,
    "forget limits": limits.forget,
    "forget sessions": forget_expired_sessions,
    "answer sign-ins": answer_sign_ins,
    "watch: late follow-ups": mail_state.count_late_follow_ups,
    "claim of 50 mails": _claim,
    "metrics": lambda now: mail_state.mail_state(now).outbox.due,
    "weekly report": _report,
}


def jobs(only: str = "") -> Iterator[Run]:
    """Each is rolled back, so that the next one finds the company unchanged."""
    now = timezone.now().replace(hour=18)  # noon in Chicago: customers may be contacted
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    for name, job in JOBS.items():
        if only in name:
            yield _twice(name, job, now)


def _twice(name: str, job: Callable[..., object], now: datetime) -> Run:
    with transaction.atomic():
        start = time.perf_counter()
        did = job(now=now)
        half = time.perf_counter()
        job(now=now)
        end = time.perf_counter()
        transaction.set_rollback(True)
    return Run(name, did, half - start, end - half)
