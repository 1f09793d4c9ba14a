from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import case_workers_only, signed_in
from cases.queries.waiting import capped, waiting
from cases.views.correspondence.frame import frame, tabs_of
from mail.models import MailChannel


@require_safe
@case_workers_only
def overview(request: HttpRequest) -> HttpResponse:
    """Every list and how much waits on it."""
    user = signed_in(request)
    waits = waiting(user, timezone.now())
    lists = [{"tab": tab, "waits": capped(waits[tab.waits])} for tab in tabs_of(user)]
    return render(
        request,
        "correspondence/overview.html",
        {
            "lists": lists,
            "channels": MailChannel.objects.paused(),
            **frame(user, tab="correspondence"),
        },
    )
