from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.models import ContactAttempt
from cases.queries import attempts as queries
from cases.views.case.page import found_case


@require_POST
@case_workers_only
def attempts(request: HttpRequest, number: str) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    found = found_case(user, number)
    try:
        made = actions.record_attempt(
            case=found, result=request.POST.get("result", ""), by=user, now=now
        )
    except ValidationError:
        return HttpResponseBadRequest()
    messages.success(
        request, _("Recorded: %(result)s.") % {"result": made.get_result_display().lower()}
    )
    return redirect("case", number=number)


@require_POST
@case_workers_only
def retraction(request: HttpRequest, number: str, attempt: int) -> HttpResponse:
    """It was recorded by mistake."""
    user, now = signed_in(request), timezone.now()
    found = found_case(user, number)
    made = get_object_or_404(ContactAttempt.objects.visible_to(user), case=found, pk=attempt)
    if not made.can_be_undone_by(user):
        raise Http404
    if actions.undo_attempt(attempt=made, by=user, now=now):
        messages.success(request, _("Undone: this attempt no longer counts."))
    else:
        messages.info(request, _("Someone already undid this attempt."))
    return redirect("case", number=number)


@require_safe
@case_workers_only
def latest(request: HttpRequest) -> HttpResponse:
    """Everyone's attempts, each with how often its person was tried."""
    user, now = signed_in(request), timezone.now()
    page = queries.latest(user=user, after=request.GET.get("after", ""))
    counts = queries.counts_of([each.case for each in page.rows], now=now)
    rows = [(each, counts[each.case_id]) for each in page.rows]
    context = {"page": page, "rows": rows, "limit": queries.limit()}
    return render(request, "cases/attempts.html", context)
