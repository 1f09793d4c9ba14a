"""Finds a lease for a case that began without one, attaches it, detaches it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.attach_lease import AttachLeaseForm, FindLeaseForm
from cases.models import Case
from cases.queries.contacts import public_entries
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action
from leases.queries.find import find_leases


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def lease(request: HttpRequest, number: str) -> HttpResponse:
    """Says what the customer will see before anything is attached."""
    user = signed_in(request)
    found = found_case(user, number)
    if request.method != "POST":
        return _page(request, found, AttachLeaseForm(user=user))
    form = AttachLeaseForm(request.POST, user=user)
    if try_action(
        form,
        lambda: actions.attach_lease(case=found, by=user, now=timezone.now(), **form.cleaned_data),
    ):
        messages.success(
            request,
            _("Lease attached. %(name)s sees this case in the portal now.")
            % {"name": form.cleaned_data["lease"].customer.name},
        )
        return redirect("case", number=number)
    return _page(request, found, form, status=422)


def _page(
    request: HttpRequest, found: Case, form: AttachLeaseForm, *, status: int = 200
) -> HttpResponse:
    user = signed_in(request)
    searched = request.GET.get("q", request.POST.get("q", ""))
    leases = find_leases(searched, user=user) if searched else []
    context: dict[str, Any] = {
        "case": found,
        "contact": found.contact,
        "form": form,
        "search": FindLeaseForm(initial={"q": searched}),
        "searched": searched,
        "leases": leases,
        "chosen": form["lease"].value() or (leases[0].account_number if len(leases) == 1 else ""),
        "public": public_entries(found),
    }
    return render(request, "cases/attach_lease.html", context, status=status)


@require_POST
@case_workers_only
def detachment(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    form = forms.Form(request.POST)
    if try_action(form, lambda: actions.detach_lease(case=found, by=user, now=timezone.now())):
        messages.success(request, _("Lease detached. The customer doesn’t see this case anymore."))
        return redirect("case", number=number)
    return case_page(request, found, refused=RefusedCaseForm(detaching=form), status=422)
