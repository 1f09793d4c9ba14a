"""Deciding about the disputed transactions of a case, and the ledger as it stood."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.charge_decisions import ChargeDecisionsForm
from cases.models import Case
from cases.queries.charges import charges_of
from cases.views.case.page import found_case, told
from common.company_day import business_day
from common.form_errors import add_refusal
from leases.documents.document_file import language_or
from leases.documents.statement import statement_csv
from leases.queries.statement import statement_of


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def decisions(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    charges = charges_of(found, user=user)
    if request.method != "POST":
        form = ChargeDecisionsForm(
            case=found, charges=charges, user=user, initial={"version": found.version}
        )
        return _page(request, found, form)
    form = ChargeDecisionsForm(request.POST, case=found, charges=charges, user=user)
    status = 422
    if form.is_valid():
        try:
            actions.decide_charges(
                case=found,
                version=form.cleaned_data["version"],
                verdicts=form.verdicts(),
                message=form.cleaned_data["message"],
                by=user,
                now=timezone.now(),
            )
        except actions.StaleCase as error:
            form.stale(error, version=found_case(user, number).version)
            status = 409
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, told(found, _("Decided. %(name)s will get the email.")))
            return redirect(reverse("case", args=[found.number]) + "#charges")
    return _page(request, found, form, status=status)


def _page(
    request: HttpRequest, found: Case, form: ChargeDecisionsForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "case": found,
        "customer": found.person,
        "form": form,
        "page_address": reverse("case_charge_decisions", args=[found.number]),
    }
    return render(request, "cases/charge_decisions.html", context, status=status)


@require_safe
@case_workers_only
def transactions(request: HttpRequest, number: str) -> HttpResponse:
    """Every movement of the lease, as the ledger stood when the first of them was disputed."""
    user = signed_in(request)
    found = found_case(user, number)
    charges = charges_of(found, user=user)
    if found.lease is None or not charges:
        raise Http404
    then = min(row.charge.at for row in charges)
    language = language_or(translation.get_language()[:2], asked=request.GET.get("language", ""))
    stood = statement_of(found.lease, until=business_day(then), recorded_by=then)
    return statement_csv(found.lease, stood, language=language).download()
