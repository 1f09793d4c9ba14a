from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from accounts import drafts, limits
from accounts.sent_forms import forget_sent_forms as forget_forms
from accounts.sessions import forget_expired_sessions
from accounts.sign_in.answer import answer_sign_ins as answer
from accounts.sign_in.answer import forget_sign_ins as forget

log = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def forget_sessions() -> None:
    if forgotten := forget_expired_sessions(now=timezone.now()):
        log.info("sessions_forgotten count=%d", forgotten)


@shared_task  # type: ignore[untyped-decorator]
def sweep_drafts() -> None:
    if swept := drafts.sweep_drafts(now=timezone.now()):
        log.info("drafts_swept count=%d", swept)


@shared_task  # type: ignore[untyped-decorator]
def answer_sign_ins() -> None:
    if sent := answer(now=timezone.now()):
        log.info("sign_ins_answered count=%d", sent)


@shared_task  # type: ignore[untyped-decorator]
def forget_sign_ins() -> None:
    now = timezone.now()
    log.info("sign_ins_forgotten requests=%d limits=%d", forget(now=now), limits.forget(now=now))


@shared_task  # type: ignore[untyped-decorator]
def forget_sent_forms() -> None:
    if forgotten := forget_forms(now=timezone.now()):
        log.info("sent_forms_forgotten count=%d", forgotten)
