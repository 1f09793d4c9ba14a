"""Wraps everything under /api/: no cookies, no pages, nothing stored on the way."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from leases.api.once import REPLAYED
from leases.api.problems import CONTENT_TYPE, Problem

Handler = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/"
#: For the errors that Django answers before ninja is asked.
CODES = {
    400: "bad_request", 403: "forbidden", 404: "not_found", 405: "method_not_allowed",
    413: "too_large", 500: "internal",
}  # fmt: skip


def door(get_response: Handler) -> Handler:
    """A merchant's system is identified by its key alone, and answered in the language it
    accepts.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)  # neither a session nor a language
        response = get_response(request)
        if response.status_code >= 400 and response["Content-Type"] != CONTENT_TYPE:
            _say_as_problem(request, response)
        if usage := getattr(request, "api_usage", None):
            response.headers["RateLimit-Limit"] = str(usage.limit)
            response.headers["RateLimit-Remaining"] = str(usage.remaining)
            response.headers["RateLimit-Reset"] = str(usage.seconds)
        if REPLAYED in response.headers:  # in the language of the first answer
            del response.headers["Content-Language"]
        response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def _say_as_problem(request: HttpRequest, response: HttpResponse) -> None:
    """Replaces the response, keeping its headers."""
    code = CODES.get(response.status_code, "internal")
    with translation.override(translation.get_language_from_request(request)):
        problem = Problem(code).answer()
    response.content = problem.content
    for name in ("Content-Type", "Content-Language"):
        response.headers[name] = problem.headers[name]
    response.headers.pop("Content-Length", None)
