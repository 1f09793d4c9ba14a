"""Each request in the reader's language and time zone; private answers stay private."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from accounts.access import to_sign_in

Handler = Callable[[HttpRequest], HttpResponse]

BEGAN_AT = "began_at"
SEEN_AT = "seen_at"
SEEN_EVERY = 60  # seconds between two writes of the session for an active person


def reader_language(request: HttpRequest) -> str:
    """The person's own setting, else the cookie, else the browser."""
    chosen = request.user.language if request.user.is_authenticated else ""
    return chosen or translation.get_language_from_request(request)


def language_and_time_zone(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        language = reader_language(request)
        zone = request.user.time_zone if request.user.is_authenticated else ""
        request.LANGUAGE_CODE = language
        with (
            translation.override(language),
            timezone.override(zoneinfo.ZoneInfo(zone or settings.BUSINESS_TIME_ZONE)),
        ):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return middleware


def idle_sign_out(get_response: Handler) -> Handler:
    """Staff are signed out when they walked away, and after the session's hours even if they did
    not: each write of a session begins its hours anew. A customer's is not written to.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not user.is_customer:
            now = int(timezone.now().timestamp())
            seen_at = request.session.get(SEEN_AT, now)
            began_at = request.session.setdefault(BEGAN_AT, now)
            if (
                now - seen_at > settings.STAFF_IDLE_SECONDS
                or now - began_at > settings.SESSION_COOKIE_AGE
            ):
                logout(request)
                return to_sign_in(request)
            if now - seen_at > SEEN_EVERY or SEEN_AT not in request.session:
                request.session[SEEN_AT] = now
        return get_response(request)

    return middleware


def private_answers(get_response: Handler) -> Handler:
    """What a signed-in person sees is stored nowhere on the way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if was_signed_in or request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware
