"""Resolving a case: outcome and sentence, then a preview of the customer's mail, then it's sent."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import case_workers_only, signed_in
from cases import actions, lifecycle
from cases.enums import CaseStatus
from cases.forms import ResolutionForm
from cases.kinds import outcome_name
from cases.mails.resolved import mail_fingerprint, preview_resolved
from cases.models import Case
from cases.views.case.page import found_case, told
from common.form_errors import add_refusal
from mail.outbound.render import Rendered
from mail.outbound.suppression import suppressed


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def resolution(request: HttpRequest, number: str) -> HttpResponse:
    """Only the mail that was shown is sent: `shown` says which one that was."""
    user = signed_in(request)
    found = found_case(user, number)
    may = CaseStatus.RESOLVED in lifecycle.moves(found.status, supervises=user.supervises)
    if request.method != "POST":
        if may:
            return resolution_page(request, found)
        messages.warning(request, _why_not(found))
        return redirect("case", number=number)
    form = ResolutionForm(request.POST, case=found)
    if not may:
        form.add_error(None, ValidationError(_why_not(found), code="case_transition"))
    if not form.is_valid():
        return resolution_page(request, found, form=form, status=422)
    if "edit" in request.POST:
        return resolution_page(request, found, form=form)
    typed = form.cleaned_data
    mail = preview_resolved(
        found, outcome=typed["outcome"], answer=typed["body"], author=user.name, now=timezone.now()
    )
    if "send" not in request.POST or typed["shown"] != mail_fingerprint(mail):
        return _preview(request, found, form, mail)
    try:
        actions.update_case(
            case=found,
            version=typed["version"],
            update=form.update(),
            by=user,
            now=timezone.now(),
        )
    except actions.StaleCase as error:
        form.stale(error, version=found_case(user, number).version)
        return resolution_page(request, found, form=form, status=409)
    except ValidationError as error:
        add_refusal(form, error)
        return resolution_page(request, found, form=form, status=422)
    messages.success(
        request,
        told(found, _("The case is resolved. %(name)s will get the email.")),
    )
    return redirect("case", number=number)


def _why_not(found: Case) -> str:
    if found.status == CaseStatus.ESCALATED:
        return _("A supervisor decides what happens next with an escalated case.")
    return _("You can’t change a case from “%(from)s” to “%(to)s.”") % {
        "from": found.get_status_display(),
        "to": CaseStatus.RESOLVED.label,
    }


def _preview(
    request: HttpRequest, found: Case, form: ResolutionForm, mail: Rendered
) -> HttpResponse:
    was_shown = form.cleaned_data["shown"]
    form.put(shown=mail_fingerprint(mail))
    is_other = "send" in request.POST and bool(was_shown)
    return resolution_page(request, found, form=form, mail=mail, is_other=is_other)


def resolution_page(
    request: HttpRequest,
    found: Case,
    *,
    form: ResolutionForm | None = None,
    words: str = "",
    mail: Rendered | None = None,
    is_other: bool = False,
    status: int = 200,
) -> HttpResponse:
    """With `mail` the preview, otherwise the form. `words`: text begun for the customer in the
    composer.
    """
    if form is None:
        form = ResolutionForm(case=found, initial={"version": found.version, "body": words})
    customer = found.person
    return render(
        request,
        "cases/resolution.html",
        {
            "case": found,
            "customer": customer,
            "form": form,
            "mail": mail,
            "outcome": outcome_name(form.cleaned_data["outcome"]) if mail else "",
            # Someone changed the text of this mail, or the case, after it was shown.
            "is_other": is_other,
            "takes_no_mail": bool(customer.email and suppressed([customer.email])),
            "begun_in": request.POST.get("begun_in")
            or (request.POST.get("draft") if words else ""),
            "page_address": reverse("case_resolution", args=[found.number]),
        },
        status=status,
    )
