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
from accounts.models import User
from cases import actions
from cases.forms.charge_decisions import ChargeDecisionsForm
from cases.mails.resolved import mail_fingerprint
from cases.mails.shown_first import ShownMail
from cases.models import Case
from cases.queries.charges import charges_of
from cases.views.case.page import found_case, told
from common.company_day import business_day
from common.form_errors import add_refusal
from leases.documents.document_file import language_or
from leases.documents.statement import statement_csv
from leases.queries.statement import statement_of
from mail.outbound.suppression import suppressed


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
    if not form.is_valid():
        return _page(request, found, form, status=422)
    if "edit" in request.POST:
        return _page(request, found, form)
    try:
        shown = _decide(request, found, form, user)
    except actions.StaleCase as error:
        form.stale(error, version=found_case(user, number).version)
        return _page(request, found, form, status=409)
    except ValidationError as error:
        add_refusal(form, error)
        return _page(request, found, form, status=422)
    if shown:
        return _preview(request, found, form, shown)
    messages.success(request, told(found, _("Decided. %(name)s will get the email.")))
    return redirect(reverse("case", args=[found.number]) + "?open=charges#charges")


def _decide(
    request: HttpRequest, found: Case, form: ChargeDecisionsForm, user: User
) -> ShownMail | None:
    """Only the mail that was shown is sent: the answer is the one to look at first."""
    version, message = form.cleaned_data["version"], form.cleaned_data["message"]
    verdicts, now = form.verdicts(), timezone.now()
    shown = actions.preview_decisions(
        case=found, version=version, verdicts=verdicts, message=message, by=user, now=now
    )
    is_shown = shown and form.cleaned_data["shown"] == mail_fingerprint(shown.mail)
    if shown and not (is_shown and "send" in request.POST):
        return shown
    actions.decide_charges(
        case=found, version=version, verdicts=verdicts, message=message, by=user, now=now
    )
    return None


def _preview(
    request: HttpRequest, found: Case, form: ChargeDecisionsForm, shown: ShownMail
) -> HttpResponse:
    is_other = "send" in request.POST and bool(form.cleaned_data["shown"])
    form.put(shown=mail_fingerprint(shown.mail))
    return _page(request, found, form, shown=shown, is_other=is_other)


def _page(
    request: HttpRequest,
    found: Case,
    form: ChargeDecisionsForm,
    *,
    shown: ShownMail | None = None,
    is_other: bool = False,
    status: int = 200,
) -> HttpResponse:
    """With `shown` the preview, otherwise the form."""
    customer = found.person
    context = {
        "case": found,
        "customer": customer,
        "form": form,
        "shown": shown,
        # Someone changed the text of this mail, or the ledger, after it was shown.
        "is_other": is_other,
        "takes_no_mail": bool(customer.email and suppressed([customer.email])),
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
