from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.access import case_workers_only, signed_in
from cases.forms import QueueFilters
from cases.queries import queue as queries
from cases.queries.calls import own_unfinished
from cases.queries.flags import flags_of
from common.company_day import business_day


@require_safe
@case_workers_only
def queue(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    today = business_day(timezone.now())
    name = request.GET.get("view", "active")
    name = name if name in queries.VIEWS else "active"
    filters = QueueFilters(request.GET)
    chosen = {}
    if filters.is_valid():
        chosen = {field: value for field, value in filters.cleaned_data.items() if value}
    cases = queries.view(name, user=user, today=today).filter(**chosen)
    labels = {
        "active": pgettext("queue", "Due first"),
        "mine": pgettext("queue", "My cases"),
        "unanswered": pgettext("queue", "Customer wrote"),
        "escalated": pgettext("queue", "Escalated"),
        "flagged": pgettext("queue", "Flagged"),
        "unassigned": pgettext("queue", "Unassigned"),
        "overdue": pgettext("queue", "Overdue"),
        "done": pgettext("queue", "Done"),
    }
    counted = {"mine", "unanswered", "escalated", "flagged", "unassigned", "overdue"}
    tabs = [
        {
            "name": each,
            "label": label,
            "count": queries.capped_count(queries.view(each, user=user, today=today))
            if each in counted
            else "",
        }
        for each, label in labels.items()
    ]
    page = queries.queue_page(cases, name=name, after=request.GET.get("after", ""))
    return render(
        request,
        "cases/queue.html",
        {
            "title": labels[name] if name != "active" else _("Queue"),
            "view": name,
            "tabs": tabs,
            "filters": filters,
            "is_filtered": bool(chosen),
            "page": page,
            "flags": flags_of(page.rows),
            "today": today,
            "calls": own_unfinished(user),
        },
    )
