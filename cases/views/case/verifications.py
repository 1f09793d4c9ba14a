"""Asking who is on the line, about a case that is open already."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.caller import VerificationForm
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action
from leases.queries.ssn_digits import has_ssn_digits


@require_POST
@case_workers_only
def verifications(request: HttpRequest, number: str) -> HttpResponse:
    """Whether what was heard is what we have: `verify` is `right` or `wrong`."""
    user, now = signed_in(request), timezone.now()
    found = found_case(user, number)
    lease = found.lease
    if lease is None:
        raise Http404  # a caller without a lease has nothing to be compared with
    form = VerificationForm(
        request.POST, asks_ssn=has_ssn_digits(lease), email=lease.customer.email
    )
    is_right = request.POST.get("verify") == "right"
    if not try_action(
        form,
        lambda: actions.verify_caller(
            lease=lease, case=found, is_right=is_right, by=user, now=now, **form.answers()
        ),
    ):
        return case_page(request, found, refused=RefusedCaseForm(verifying=form), status=422)
    messages.success(request, _("Recorded in the timeline."))
    return redirect("case", number=number)
