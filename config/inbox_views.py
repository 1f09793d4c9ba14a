"""The demo's mails in a page. Mounted only where `INBOX_ROOT` is set, never in production."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config import inbox

NEWEST = 100
# The mail brings its own style and may do nothing else: no scripts, no pictures from elsewhere.
_ALONE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    found = inbox.list_messages(_folder(), limit=NEWEST)
    return render(request, "inbox/list.html", {"mails": found, "newest": NEWEST})


@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "inbox/message.html", {"mail": _find(name)})


@require_safe
def html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part as a mail program shows it."""
    content = _find(name).html
    if not content:
        raise Http404
    return HttpResponse(content, headers={"Content-Security-Policy": _ALONE})


def _folder() -> Path:
    if settings.INBOX_ROOT is None:
        raise Http404
    return Path(settings.INBOX_ROOT)


def _find(name: str) -> inbox.Message:
    found = inbox.read_message(_folder(), name)
    if found is None:
        raise Http404
    return found
