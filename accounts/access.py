"""Access by role. A page that isn't for this person answers as if it didn't exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, Literal, ParamSpec, cast
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from accounts.kept_forms import keep_form, name_form
from accounts.models import User

P = ParamSpec("P")
#: Why a session ended: nothing was done in it, its hours were over, or nobody knows.
Ended = Literal["idle", "hours", "over"]
#: Characters of an address to come back to.
LONGEST_PAGE = 8_000
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(request: HttpRequest) -> User:
    """The user of a request that passed one of the checks below."""
    return cast(User, request.user)


def to_sign_in(request: HttpRequest, *, ended: Ended | None = None) -> HttpResponse:
    """Sign in and come back: to this page, or to the page whose form was sent after the session
    ended. The page to sign in says why it ended, as far as it's known, and whether the form was
    kept. A part of a page that a script asks for has no place for a page to sign in: the script
    says that the session is over (static/js/keep.js).
    """
    if "HX-Request" in request.headers:
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Trigger": "session-over"})
    is_reading = request.method in {"GET", "HEAD"}
    page = _page_of(request) if is_reading else page_of_form(request)
    if ended is None and (not is_reading or _lost_session(request)):
        ended = "over"
    said: dict[str, str] = {"ended": ended} if ended else {}
    if kept := keep_form(request, page):
        said, page = said | {"kept": "1"}, resolve_url("kept_form")
    address = resolve_url(settings.LOGIN_URL)
    response = redirect_to_login(page, f"{address}?{urlencode(said)}" if said else address)
    if kept:
        name_form(response, kept)
    return response


def _page_of(request: HttpRequest) -> str:
    """Without what was searched if Django would refuse to redirect to it: it's no search anyway."""
    page = request.get_full_path()
    return page if len(quote(page)) <= LONGEST_PAGE else request.path


def page_of_form(request: HttpRequest) -> str:
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # a malformed Referer
        page = urlsplit("")
    came_from_here = page.netloc == request.get_host()
    return page.path if came_from_here and page.path else resolve_url("home")


def _lost_session(request: HttpRequest) -> bool:
    """The browser names a session that isn't there any more."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty()


def _only(may_enter: Callable[[User], bool]) -> Callable[[View[P]], View[P]]:
    def door(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not may_enter(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return cast("View[P]", guarded)

    return door


case_workers_only = _only(lambda user: user.works_cases)
supervisors_only = _only(lambda user: user.supervises)
lease_readers_only = _only(lambda user: user.sees_leases)
administrators_only = _only(lambda user: user.is_superuser)
merchant_services_only = _only(lambda user: user.decides_leases)
staff_only = _only(lambda user: not user.is_customer)
customers_only = _only(lambda user: user.is_customer)
# who send text and files
senders_only = _only(lambda user: user.is_customer or user.works_cases)
anyone_signed_in = _only(lambda user: True)
