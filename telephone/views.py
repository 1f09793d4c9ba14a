"""What telephone systems post, and what browsers ask every second. Neither has a session."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from math import ceil
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.limits import limit, take
from accounts.models import User
from accounts.paces import Pace
from common.valkey import ValkeyAway
from telephone import actions, bell
from telephone.body import BadBody, read_fields
from telephone.enums import EventKind
from telephone.reading import CallEvent, NotAnEvent, read_event

log = logging.getLogger(__name__)

_SALT = "telephone.changes"


@csrf_exempt
@require_POST
def events(request: HttpRequest, secret: str) -> HttpResponse:
    """One event. Without TELEPHONE_SECRETS, or with another secret, there's no such address."""
    if not _is_known(secret):
        raise Http404
    now = timezone.now()
    try:
        if free_at := take([_pace()], now=now):
            wait = max(1, ceil((free_at - now).total_seconds()))
            return _refused("too_many_events", 429, headers={"Retry-After": str(wait)})
        fields = read_fields(request)
        event = read_event(fields)
        recorded = actions.record_event(event, now=now)
    except BadBody as bad:
        return _refused(bad.code, bad.status)
    except NotAnEvent as unknown:
        return _refused(unknown.code, 400)
    except Error as error:  # the database's: the system sends it again
        log.error("phone_event_failed error=%s", type(error).__name__)
        return _refused("unavailable", 503, headers={"Retry-After": "5"})
    if recorded.call is None:
        return _answer(request, event, fields, "repeated")
    if not recorded.is_ours:
        log.warning("phone_extension_unknown call=%d event=%s", recorded.call, event.kind)
        return _answer(request, event, fields, "extension_unknown")
    return _answer(request, event, fields, "recorded")


def _is_known(secret: str) -> bool:
    """Compares with all of them, however soon one fits."""
    fits = [constant_time_compare(secret, each) for each in settings.TELEPHONE_SECRETS]
    return any(fits)


def _pace() -> Any:
    count = settings.TELEPHONE_EVENTS_PER_MINUTE
    return limit("telephone", "events", "", Pace(count, 60 / count))


def _refused(code: str, status: int, headers: Mapping[str, str] = {}) -> HttpResponse:
    log.warning("phone_event_refused code=%s", code)
    return JsonResponse({"code": code}, status=status, headers=dict(headers))


def _answer(
    request: HttpRequest, event: CallEvent, fields: Mapping[str, Any], code: str
) -> HttpResponse:
    """sipgate only sends the later events of a call to where the first one's answer says."""
    if event.kind == EventKind.NEW_CALL and "fullUserId[]" in fields:
        here = settings.BASE_URL + request.path
        xml = format_html('<Response onAnswer="{0}" onHangup="{0}"/>', here)
        return HttpResponse(
            f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n', content_type="application/xml"
        )
    return JsonResponse({"code": code})


def changes_key(agent: User) -> str:
    """Lets a page ask about this agent's phone, and learn nothing but that something changed."""
    return signing.dumps(agent.pk, salt=_SALT)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """A value that differs once something changed. No session, no row: see telephone/door.py."""
    try:
        agent = signing.loads(
            request.GET.get("key", ""), salt=_SALT, max_age=settings.SESSION_COOKIE_AGE
        )
    except signing.BadSignature:
        return HttpResponse(status=404)
    try:
        return HttpResponse(bell.last_ring(agent), content_type="text/plain")
    except ValkeyAway:
        return HttpResponse(status=503)
