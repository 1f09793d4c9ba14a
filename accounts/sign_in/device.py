"""Recognizes a browser that this person signed in with before. Strangers who fail with that
person's name use up the limits of strangers; this browser has its own.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.paces import folded

COOKIE = f"puente_device{settings.COOKIE_SUFFIX}"
SALT = "accounts.device"
SECONDS = 180 * 24 * 60 * 60
MOST_PEOPLE = 5  # people who share a computer at work


def known_as(request: HttpRequest, subject: str) -> str:
    """The browser's id if this person signed in with it before, otherwise empty."""
    found = _read(request)
    mark = _mark(subject)
    if any(constant_time_compare(mark, each) for each in found.get("people", ())):
        return str(found["id"])
    return ""


def remember(request: HttpRequest, response: HttpResponseBase, *subjects: str) -> None:
    found = _read(request)
    marks = [_mark(each) for each in subjects]
    others = [each for each in found.get("people", ()) if each not in marks]
    known = {
        "id": found.get("id") or secrets.token_urlsafe(9),
        "people": [*marks, *others][: MOST_PEOPLE * len(marks)],
    }
    response.set_cookie(
        COOKIE,
        signing.dumps(known, salt=SALT),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)  # type: ignore[no-any-return]
    except signing.BadSignature:
        return {}


def _mark(subject: str) -> str:
    """Identifies the person without revealing who it is."""
    return salted_hmac(SALT, folded(subject), algorithm="sha256").hexdigest()[:16]
