from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import case_workers_only, signed_in
from cases.forms.assign_cases import AssignCasesForm, chosen_in
from cases.forms.saved_views import SaveViewForm
from cases.forms.tags import TagCasesForm
from cases.kinds import kinds
from cases.queries import queue as queries
from cases.queries.calls import own_unfinished
from cases.queries.queue_counts import queue_counts
from cases.views import queue_filters
from cases.views.queue_result import take_result
from cases.views.queue_rows import grouped_rows
from cases.views.queue_saved import gone, saved_links
from common.company_day import business_day


@require_safe
@case_workers_only
def queue(request: HttpRequest) -> HttpResponse:
    return queue_page(request)


def queue_page(
    request: HttpRequest,
    *,
    refused: AssignCasesForm | None = None,
    naming: SaveViewForm | None = None,
    tagging: TagCasesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """As its address asks; with what was selected and typed, if that was refused."""
    user, now = signed_in(request), timezone.now()
    today = business_day(now)
    asked = queue_filters.read(request.GET)
    cases = queries.view(asked.view, user=user, today=today)
    cases = queries.narrowed(cases, asked.kept, today=today)
    page = queries.queue_page(cases, name=asked.view, after=request.GET.get("after", ""))
    counts = queue_counts(user, kinds=kinds(), now=now)
    is_whole = asked.view == "active" and not asked.kept
    groups = grouped_rows(
        page.rows,
        name=asked.view,
        today=today,
        sizes=counts.shown if is_whole else {},
        tags=counts.tag_names,
    )
    saved = saved_links(counts, asked)
    shown = {
        "title": queue_filters.view_label(asked) if asked.view != "active" else _("Queue"),
        "view": asked.view,
        "tabs": queue_filters.tabs(asked, counts),
        "chips": queue_filters.chips(asked, counts),
        "without_filters": queue_filters.Asked(asked.view, {}).address(),
        "saved": saved,
        "gone": [*gone(request.GET, asked, counts)],
        "naming": naming or SaveViewForm(may_share=user.supervises),
        "may_save": bool(asked.kept) and not any(each.is_chosen for each in saved),
        "sections": queue_filters.sections(asked, counts, user),
        "page": page,
        "groups": groups,
        "calls": own_unfinished(user) if counts.sizes["day", "calls"] else [],
        "may_assign": asked.view != "done" and bool(page.rows),
        # What was typed for the other of the two stays, too.
        "form": refused or AssignCasesForm(people=counts.named_people, initial=request.POST.dict()),
        "tagging": tagging or TagCasesForm(initial=request.POST.dict()),
        "tag_names": counts.offered_tags,
        "selected": chosen_in(request.POST),
        "result": take_result(request) if request.method == "GET" else None,
    }
    return render(request, "cases/queue.html", shown, status=status)
