"""Each request in the reader's language and time zone; private answers stay private."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from accounts.access import to_sign_in
from accounts.mask_watch import watched
from accounts.masking import Secret
from accounts.sign_in.second_factor import has_second_factor
from common.company_day import company_zone

Handler = Callable[[HttpRequest], HttpResponse]

BEGAN_AT = "began_at"
SEEN_AT = "seen_at"
SAVED = {302, 303}  # what a form that was saved answers
SEEN_EVERY = 60  # seconds between two writes of the session for an active person


#: What we word for its reader. A file is in its own language: a paper says which, a photo has none.
SPOKEN = ("text/html", "application/json", "application/problem+json")


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
            timezone.override(zoneinfo.ZoneInfo(zone) if zone else company_zone()),
        ):
            response = get_response(request)
        if response.headers.get("Content-Type", "").startswith(SPOKEN):
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


#: What somebody who lacks a second factor needs to get one, in their language, or to leave.
WITHOUT_SECOND_FACTOR = frozenset(
    {
        "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
        "mfa_reauthenticate", "account_reauthenticate", "account_logout", "language", "health",
    }
)  # fmt: skip


def second_factor_first(get_response: Handler) -> Handler:
    """Staff without a second factor see its set-up and nothing else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            settings.STAFF_SECOND_FACTOR_REQUIRED
            and user.is_authenticated
            and not user.is_customer
            and not has_second_factor(user)
        ):
            request.lacks_second_factor = True  # type: ignore[attr-defined]
            if not _is_part_of_set_up(request.path_info):
                return redirect("mfa_index")
        return get_response(request)

    return middleware


def _is_part_of_set_up(path: str) -> bool:
    try:
        return resolve(path).url_name in WITHOUT_SECOND_FACTOR
    except Resolver404:
        return False


def private_answers(get_response: Handler) -> Handler:
    """What a signed-in person sees is stored nowhere on the way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if was_signed_in or request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware


MASKED = {
    Secret.CARD: _("We hid a card number before saving. Only its last 4 digits are kept."),
    Secret.CODE: _("We hid a card’s security code before saving. It’s never kept."),
    Secret.EXPIRATION: _("We hid a card’s expiration date before saving."),
    Secret.SSN: _(
        "We hid a Social Security number before saving. Only its last 4 digits are kept."
    ),
}


def told_of_masks(get_response: Handler) -> Handler:
    """Whoever wrote a number that is not kept is told, on the page that follows the save."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with watched() as found:
            response = get_response(request)
        if response.status_code in SAVED and request.user.is_authenticated:
            for secret in sorted(found):
                messages.warning(request, MASKED[secret])
        return response

    return middleware
