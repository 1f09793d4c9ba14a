from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.call import TakeOverForm
from cases.views.call.shown import begun_page
from cases.views.call.typed import found_draft
from common.form_errors import add_refusal


@require_POST
@case_workers_only
def take_over(request: HttpRequest, number: str) -> HttpResponse:
    """An unfinished call becomes the reader's own; 409 if someone else was faster."""
    user, now = signed_in(request), timezone.now()
    draft = found_draft(user, number)
    form = TakeOverForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            actions.take_over_call(draft=draft, of=form.cleaned_data["of"], by=user, now=now)
        except actions.CallTaken as error:
            add_refusal(form, error)
            status = 409
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(
                request, _("Call %(number)s is yours now.") % {"number": draft.spoken_number}
            )
            return redirect("call", number=number)
    if draft.case or draft.discarded_at:
        return redirect("call", number=number)  # which says what became of it
    return begun_page(request, found_draft(user, number), now, taking=form, status=status)
