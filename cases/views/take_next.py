"""The next case that no one has, and which ones that may be."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.take_next import TakePreferenceForm
from cases.queries.take_next import taken_by
from common.form_errors import try_action


@require_POST
@case_workers_only
def take(request: HttpRequest) -> HttpResponse:
    """To the case; if nothing waits, back with a sentence that says so."""
    case = actions.take_next(by=signed_in(request), now=timezone.now())
    if case:
        messages.success(request, _("This case is yours now."))
        return redirect("case", number=case.number)
    messages.info(request, _("No case that you take is unassigned."))
    return redirect("queue")


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def preferences(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    sent = request.POST if request.method == "POST" else None
    form = TakePreferenceForm(sent, taken=taken_by(user))
    if sent is not None and try_action(
        form, lambda: actions.prefer_cases(**form.cleaned_data, by=user)
    ):
        messages.success(request, _("Saved."))
        return redirect("queue")
    status = 200 if sent is None else 422
    return render(request, "cases/take_preferences.html", {"form": form}, status=status)
