from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import case_workers_only, signed_in
from cases.forms import PhoneLinesForm
from common.form_errors import try_action
from telephone.actions import set_lines
from telephone.queries.ringing import lines_of


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def phone_lines(request: HttpRequest) -> HttpResponse:
    """Where one's own phone rings."""
    user = signed_in(request)
    if request.method != "POST":
        form = PhoneLinesForm(initial={"extensions": ", ".join(lines_of(user))})
        return render(request, "cases/phone_lines.html", {"form": form})
    form = PhoneLinesForm(request.POST)
    if try_action(
        form, lambda: set_lines(extensions=form.cleaned_data["extensions"].split(","), by=user)
    ):
        messages.success(request, _("Saved. Calls to your extension now show on your screen."))
        return redirect("phone_calls")
    return render(request, "cases/phone_lines.html", {"form": form}, status=422)
