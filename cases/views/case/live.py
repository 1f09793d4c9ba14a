"""Who else is in a case, and what is new in it: asked for every few seconds by each page in view.

The question is answered from Valkey, before anything reads a session or a row (cases/door.py). It
learns only whether there's something else to say; the words are asked for with the session.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, signed_in
from cases import live
from cases.live import Doing
from cases.models import Case
from cases.queries.numbered import case_numbered
from cases.queries.people import case_workers
from common.valkey import ValkeyAway

_SALT: Final = "cases.live"
_WINDOW: Final = re.compile(r"[0-9a-z]{1,16}")
_LEFT: Final = "left"
MOST_NAMED: Final = 3


class Other(NamedTuple):
    name: str
    initials: str
    doing: Doing


def ask_address(request: HttpRequest, case: Case) -> str:
    """Where this page asks: for this person, this case, and as long as this browser's session."""
    key = signing.dumps([signed_in(request).pk, case.pk, _mark(request)], salt=_SALT)
    return f"{reverse('case_beat')}?{urlencode({'key': key})}"


def _mark(request: HttpRequest) -> str:
    """Of the session's cookie: whoever signs out, in any window, is no longer here."""
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return salted_hmac(_SALT, cookie).hexdigest()[:16]


def key_in(request: HttpRequest, name: str) -> int | None:
    """The key of an entry, from the address."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None


@require_POST
def beat(request: HttpRequest) -> HttpResponse:
    """“I’m here, and do this”: answered with a stamp. No session, no row. cases/door.py calls it
    before forms are checked: its key is the proof, and what is written is forgotten within seconds.
    """
    try:
        person, case, mark = signing.loads(
            request.GET.get("key", ""), salt=_SALT, max_age=settings.SESSION_COOKIE_AGE
        )
    except signing.BadSignature:
        return HttpResponse(status=404)
    window, doing = request.GET.get("window", ""), request.GET.get("doing", "")
    is_known = mark == _mark(request) and _WINDOW.fullmatch(window)
    if not is_known or doing not in {_LEFT, *Doing}:
        return HttpResponse(status=404)
    now, seen = timezone.now(), key_in(request, "seen") or 0
    try:
        if doing == _LEFT:
            live.leave(case, person=person, window=window, now=now)
            return HttpResponse(status=204)
        found = live.look(
            case, person=person, window=window, doing=Doing(doing), seen=seen, now=now
        )
    except ValkeyAway:
        return HttpResponse(status=503)
    return HttpResponse(found.stamp, content_type="text/plain")


@require_safe
@case_workers_only
def live_words(request: HttpRequest, number: str) -> HttpResponse:
    """What the page says after a change, and a new key to go on asking."""
    user, now = signed_in(request), timezone.now()
    found = case_numbered(number, Case.objects.visible_to(user).with_parties())
    if found is None:
        raise Http404
    seen = key_in(request, "seen") or 0
    try:
        told = live.live_now(found.pk, person=user.pk, seen=seen, now=now)
    except ValkeyAway:
        return HttpResponse(status=503)
    others = _others(told)
    context = {
        "ask": ask_address(request, found),
        "others": others[:MOST_NAMED],
        "more": len(others[MOST_NAMED:]),
        "new": told.new,
        "customer": found.person,
    }
    return render(request, "cases/case/_live.html", context)


def _others(told: live.Live) -> list[Other]:
    """Those who write first, then by name; only who still works with cases."""
    if not told.others:
        return []
    people = case_workers().filter(pk__in=told.others)
    found = [Other(each.name, _initials(each.name), told.others[each.pk]) for each in people]
    return sorted(found, key=lambda each: each.doing == Doing.LOOKS)


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()
