"""A refund that came of a disputed transaction was paid."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.refund import RefundPaidForm
from cases.views.case.page import found_case
from common.company_day import business_day
from common.form_errors import try_action
from leases.models import Refund


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def refund(request: HttpRequest, number: str, charge_id: int) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    found = found_case(user, number)
    rows = Refund.objects.visible_to(user).select_related(
        "charge__entry__instalment", "charge__entry__reverses__instalment"
    )
    row = get_object_or_404(rows, charge=charge_id, charge__in_case__case=found)
    form = RefundPaidForm(request.POST or None, today=business_day(now))
    if request.method != "POST":
        return render(request, "cases/refund.html", {"case": found, "refund": row, "form": form})
    if try_action(
        form,
        lambda: actions.pay_refund(
            case=found,
            refund=row,
            paid_on=form.cleaned_data["paid_on"],
            reference=form.cleaned_data["reference"],
            by=user,
            now=now,
        ),
    ):
        messages.success(request, _("The refund is recorded as paid."))
        return redirect(reverse("case", args=[found.number]) + "#charges")
    context = {"case": found, "refund": row, "form": form}
    return render(request, "cases/refund.html", context, status=422)
