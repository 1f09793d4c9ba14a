"""Answers what pages of cases ask every few seconds before anything reads a session or a row."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cases.views.case.live import beat

Handler = Callable[[HttpRequest], HttpResponse]
BEAT = "/cases/live/"


def case_door(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info != BEAT:
            return get_response(request)
        response = beat(request)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Frame-Options"] = "DENY"
        return response

    return middleware
