"""A caller's details, corrected in a step beside their call; what was typed in the call stays."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.correct_contact import ContactDetailsForm
from cases.models import CallDraft
from cases.queries.verifications import is_verified_in_call
from cases.views.call.typed import found_draft
from common.form_errors import add_refusal
from leases.models import Lease
from leases.queries.find import leases_numbered


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def contact(request: HttpRequest, number: str, account_number: str) -> HttpResponse:
    """Of the customer of this lease. 409 if someone corrected them since the page was made."""
    user, now = signed_in(request), timezone.now()
    draft = found_draft(user, number)
    lease = get_object_or_404(leases_numbered(account_number, user=user))
    if draft.case or draft.discarded_at:
        return redirect("call", number=number)  # which says what became of it
    if request.method != "POST":
        return _page(request, draft, lease, ContactDetailsForm.of(lease.customer))
    form, status = ContactDetailsForm(request.POST), 422
    if form.is_valid():
        told, shown = form.details(), form.shown()
        try:
            is_new = actions.correct_caller(
                draft=draft, lease=lease, shown=shown, told=told, by=user, now=now
            )
        except actions.StaleDetails as error:
            lease.customer.refresh_from_db()
            form, status = form.on_top_of(lease.customer), 409
            add_refusal(form, error)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            words = _("Saved. What it was stays in the history.") if is_new else _("No changes.")
            messages.success(request, words)
            return redirect("call", number=number)
    return _page(request, draft, lease, form, status=status)


def _page(
    request: HttpRequest,
    draft: CallDraft,
    lease: Lease,
    form: ContactDetailsForm,
    *,
    status: int = 200,
) -> HttpResponse:
    user = signed_in(request)
    context = {
        "draft": draft,
        "lease": lease,
        "form": form,
        "is_verified": is_verified_in_call(draft, lease, user=user, now=timezone.now()),
    }
    return render(request, "cases/call_contact.html", context, status=status)
