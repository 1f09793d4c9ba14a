"""Answers what browsers ask every second before anything reads a cookie or a row."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from telephone.views import changes

Handler = Callable[[HttpRequest], HttpResponse]
CHANGES = "/telephone/changes/"


def door(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info != CHANGES:
            return get_response(request)
        response = changes(request)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Frame-Options"] = "DENY"
        return response

    return middleware
