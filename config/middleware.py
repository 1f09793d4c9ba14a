from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path

Answer = Callable[[HttpRequest], HttpResponse]


def page_above(path: str) -> str:
    """The nearest parent address that leads to a page; empty for none."""
    while path := path.rstrip("/").rpartition("/")[0]:
        if is_valid_path(f"{path}/"):
            return f"{path}/"
    return ""


def form_addresses(get_response: Answer) -> Answer:
    """Opening a form's address (after it was refused, say) explains that it's for a form."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_blank = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content
        if not is_blank or request.method != "GET" or not request.accepts("text/html"):
            return response
        status, context = HTTPStatus.METHOD_NOT_ALLOWED, {"page_above": page_above(request.path)}
        page = render(request, "405.html", context, status=status)
        page["Allow"] = response["Allow"]
        return page

    return answer
