"""Each request gets its reader's language and time zone; private answers stay private."""

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
#: Sent with what a page asks by itself: it doesn't show that anyone is there.
UNATTENDED = "X-Puente-Unattended"
SAVED = {302, 303}  # how a saved form answers
SEEN_EVERY = 60  # seconds between session writes for an active person


#: What we word for its reader. A file has its own language: a PDF says which, a photo has none.
SPOKEN = ("text/html", "application/json", "application/problem+json")


def reader_language(request: HttpRequest) -> str:
    """The person's own setting, then the cookie, then the browser."""
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
    """Sign staff out when they walk away, and at the latest when the session's hours are over: each
    write of a session restarts its hours. Customers' sessions aren't written to.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not user.is_customer:
            now = int(timezone.now().timestamp())
            seen_at = request.session.get(SEEN_AT, now)
            began_at = request.session.setdefault(BEGAN_AT, now)
            is_idle = now - seen_at > settings.STAFF_IDLE_SECONDS
            if is_idle or now - began_at > settings.SESSION_COOKIE_AGE:
                logout(request)
                return to_sign_in(request, ended="idle" if is_idle else "hours")
            is_someone_here = UNATTENDED not in request.headers
            if is_someone_here and (now - seen_at > SEEN_EVERY or SEEN_AT not in request.session):
                request.session[SEEN_AT] = now
        return get_response(request)

    return middleware


#: Pages someone needs to set up two-step verification, switch the language, or sign out.
WITHOUT_SECOND_FACTOR = frozenset(
    {
        "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
        "mfa_reauthenticate", "account_reauthenticate", "account_logout", "language", "health",
    }
)  # fmt: skip


def second_factor_first(get_response: Handler) -> Handler:
    """Staff without two-step verification see its setup and nothing else."""

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
    """No cache on the way may store what a signed-in person sees."""

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
    """Tell the writer about a masked number on the page after the save."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with watched() as found:
            response = get_response(request)
        if response.status_code in SAVED and request.user.is_authenticated:
            for secret in sorted(found):
                messages.warning(request, MASKED[secret])
        return response

    return middleware
