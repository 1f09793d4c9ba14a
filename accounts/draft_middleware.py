from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.drafts import LONGEST_FORM, LONGEST_TOKEN, end_draft

Handler = Callable[[HttpRequest], HttpResponse]


def drafts_end(get_response: Handler) -> Handler:
    """A form that names its draft and was not refused has been saved: the draft goes.

    In one place, so that no view can forget it. Parts of a page (htmx) save nothing.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and response.status_code < 400:
            _end(request)
        return response

    return middleware


def _end(request: HttpRequest) -> None:
    token, _space, form = request.POST.get("draft", "").partition(" ")
    is_this_form = form.partition("#")[0] == request.path and len(form) <= LONGEST_FORM
    if not is_this_form or not 0 < len(token) <= LONGEST_TOKEN or "\x00" in token + form:
        return
    if request.user.is_authenticated and "HX-Request" not in request.headers:
        end_draft(form=form, token=token, by=request.user, now=timezone.now())
