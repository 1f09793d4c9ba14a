"""The call that someone is in, for the frame of every other page: the way back to it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.sign_in.adapter import JUST_SIGNED_IN
from cases.models import CallDraft
from cases.models.call_draft import CallDraftQuerySet

#: The session's: the call of one's own that was opened last. Without one, no page asks for it.
RUNNING = "running_call"


def remember_running(request: HttpRequest, draft: CallDraft) -> None:
    if draft.agent == request.user and request.session.get(RUNNING) != draft.number:
        request.session[RUNNING] = draft.number


def running_call(request: HttpRequest) -> CallDraft | None:
    """None once it ended, or someone else took it over. Whoever has just signed in gets the way
    back to the call they were in before, if it began in this workday.
    """
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.works_cases:
        return None
    if request.session.pop(JUST_SIGNED_IN, False) and (last := _last_begun(user)):
        request.session.setdefault(RUNNING, last.number)
    number = request.session.get(RUNNING)
    return _mine(user).filter(number=number).first() if number else None


def _last_begun(user: User) -> CallDraft | None:
    workday = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    began = _mine(user).filter(started_at__gt=timezone.now() - workday)
    return began.order_by("-started_at").first()


def _mine(user: User) -> CallDraftQuerySet:
    return CallDraft.objects.visible_to(user).unfinished().filter(agent=user)
