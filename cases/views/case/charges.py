"""The transactions a case is about: chosen from the lease's ledger, or no longer disputed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.charge_choice import OLDER, charge_choice
from cases.forms.charges import ChargesForm
from cases.models import Case, CaseCharge
from cases.views.case.page import found_case
from common.company_day import business_day
from common.form_errors import try_action


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def charges(request: HttpRequest, number: str) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    found = found_case(user, number)
    if found.lease is None or not found.kind.disputes_charges:
        raise Http404
    if request.method != "POST" or OLDER in request.POST:
        return _page(request, found)
    form = ChargesForm(request.POST)
    if try_action(
        form,
        lambda: actions.dispute_charges(case=found, amounts=form.amounts, by=user, now=now),
    ):
        text = ngettext(
            "%(count)s transaction is under review.",
            "%(count)s transactions are under review.",
            len(form.amounts),
        )
        messages.success(request, text % {"count": len(form.amounts)})
        return redirect(reverse("case", args=[found.number]) + "#charges")
    return _page(request, found, form=form, status=422)


def _page(
    request: HttpRequest, found: Case, *, form: ChargesForm | None = None, status: int = 200
) -> HttpResponse:
    today = business_day(timezone.now())
    return render(
        request,
        "cases/charges.html",
        {
            "case": found,
            "lease": found.lease,
            "form": form,
            "choice": found.lease and charge_choice(found.lease, request.POST, today=today),
            "page_address": reverse("case_charges", args=[found.number]),
        },
        status=status,
    )


@require_POST
@case_workers_only
def withdrawal(request: HttpRequest, number: str, charge_id: int) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    rows = CaseCharge.objects.visible_to(user).select_related("charge__entry__instalment")
    row = get_object_or_404(rows, case=found, charge=charge_id)
    try:
        actions.withdraw_charge(case=found, charge=row.charge, by=user, now=timezone.now())
    except ValidationError as error:
        messages.info(request, error.messages[0])
    else:
        messages.success(request, _("The transaction is no longer under review."))
    return redirect(reverse("case", args=[found.number]) + "#charges")
