from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms import DiscardForm
from cases.views.call.shown import begun_page
from cases.views.call.typed import found_draft
from common.form_errors import try_action


@require_POST
@case_workers_only
def discards(request: HttpRequest, number: str) -> HttpResponse:
    """Discards a number that was read aloud and will never become a case."""
    user, now = signed_in(request), timezone.now()
    draft = found_draft(user, number)
    form = DiscardForm(request.POST)
    if form.is_valid() and try_action(
        form,
        lambda: actions.discard_call(
            draft=draft, reason=form.cleaned_data["reason"], by=user, now=now
        ),
    ):
        messages.success(
            request, _("Call %(number)s was discarded.") % {"number": draft.spoken_number}
        )
        return redirect("calls")
    if draft.case or draft.discarded_at:
        return redirect("call", number=number)  # which says what became of it
    return begun_page(request, draft, now, discard=form, status=422)
