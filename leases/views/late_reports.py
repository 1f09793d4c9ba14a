"""A supervisor's decision about a delivery that was reported late."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import signed_in, supervisors_only
from common.company_day import business_day
from common.form_errors import try_action
from leases.actions import decide_late_report
from leases.forms import LateDecisionForm
from leases.queries.clock_line import clock_of
from leases.queries.find import leases_numbered
from leases.queries.late_reports import if_approved


@require_POST
@supervisors_only
def decision(request: HttpRequest, account_number: str, report_id: int) -> HttpResponse:
    """Back to the lease, or 422 with what was typed."""
    user, now = signed_in(request), timezone.now()
    lease = get_object_or_404(leases_numbered(account_number, user=user))
    report = get_object_or_404(lease.late_reports.select_related("by", "decided_by"), pk=report_id)
    form = LateDecisionForm(request.POST)
    approved = request.POST.get("decision") == "approve"
    if try_action(
        form,
        lambda: decide_late_report(
            report=report, approved=approved, note=form.cleaned_data["note"], by=user, now=now
        ),
    ):
        words = _(
            "Approved. The lease is active from the delivery date. %(name)s will get an email."
        )
        words %= {"name": lease.customer.name}
        messages.success(request, words if approved else _("The report was rejected."))
        return redirect("lease", account_number=lease.account_number)
    context = {
        "lease": lease,
        "clock": clock_of(lease, now),
        "late_reports": [report],
        "late_decision": form,
        "if_approved": if_approved([report], business_day(now)),
        "page_address": reverse("lease", args=[lease.account_number]),
    }
    return render(request, "leases/decide.html", context, status=422)
