from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from accounts.sent_forms import repeatable
from cases import actions
from cases.views.call.typed import found_draft, typed_in


@repeatable
@require_POST
@case_workers_only
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Saves what was typed so far."""
    user = signed_in(request)
    if not actions.save_draft(draft=found_draft(user, number), typed=typed_in(request), by=user):
        raise Http404
    return HttpResponse(status=204)
