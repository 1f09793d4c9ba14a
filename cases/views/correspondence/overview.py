from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import case_workers_only, signed_in
from cases.models import MailChannel
from cases.views.correspondence.frame import capped, frame, tabs_of


@require_safe
@case_workers_only
def overview(request: HttpRequest) -> HttpResponse:
    """Every list and how much waits on it."""
    user, now = signed_in(request), timezone.now()
    lists = [
        {
            "tab": tab,
            "counts": tab.count is not None,
            "waits": capped(tab.count(user, now)) if tab.count else "",
        }
        for tab in tabs_of(user)
    ]
    return render(
        request,
        "correspondence/overview.html",
        {
            "lists": lists,
            "channels": MailChannel.objects.paused(),
            **frame(user, tab="correspondence"),
        },
    )
