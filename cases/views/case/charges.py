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
from accounts.models import User
from cases import actions
from cases.forms.charge_choice import OLDER, charge_choice
from cases.forms.charges import ChargesForm
from cases.mails.attorneys import recipient_of
from cases.mails.resolved import mail_fingerprint
from cases.mails.shown_first import ShownMail
from cases.models import Case, CaseCharge
from cases.views.case.page import found_case, told
from common.company_day import business_day
from common.form_errors import add_refusal
from mail.outbound.suppression import suppressed


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def charges(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    if found.lease is None or not found.kind.disputes_charges:
        raise Http404
    if request.method != "POST" or OLDER in request.POST or "edit" in request.POST:
        return _page(request, found)
    form = ChargesForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        shown = _dispute(request, found, form, user)
    except ValidationError as error:
        add_refusal(form, error)
        return _page(request, found, form=form, status=422)
    if shown:
        return _page(request, found, form=form, shown=shown)
    text = ngettext(
        "%(count)s transaction is under review.",
        "%(count)s transactions are under review.",
        len(form.amounts),
    )
    text %= {"count": len(form.amounts)}
    mailed = told(found, _("%(name)s will get the email."))
    messages.success(request, f"{text} {mailed}")
    return redirect(reverse("case", args=[found.number]) + "?open=charges#charges")


def _dispute(request: HttpRequest, found: Case, form: ChargesForm, user: User) -> ShownMail | None:
    """Only the mail that was shown is sent: the answer is the one to look at first."""
    amounts, now = form.amounts, timezone.now()
    shown = actions.preview_disputes(case=found, amounts=amounts, by=user, now=now)
    is_shown = shown and form.cleaned_data["shown"] == mail_fingerprint(shown.mail)
    if shown and not (is_shown and "send" in request.POST):
        return shown
    actions.dispute_charges(case=found, amounts=amounts, by=user, now=now)
    return None


def _page(
    request: HttpRequest,
    found: Case,
    *,
    form: ChargesForm | None = None,
    shown: ShownMail | None = None,
    status: int = 200,
) -> HttpResponse:
    """With `shown` the preview, otherwise the choice."""
    today = business_day(timezone.now())
    due = recipient_of(found)
    return render(
        request,
        "cases/charges.html",
        {
            "case": found,
            "lease": found.lease,
            "customer": found.person,
            "reader": {"name": due.care_of or found.person.name, "email": due.to},
            "form": form,
            "shown": shown,
            "fingerprint": shown and mail_fingerprint(shown.mail),
            # The ledger, the case or the text of this mail changed after it was shown.
            "is_other": shown and "send" in request.POST and bool(request.POST.get("shown")),
            "takes_no_mail": shown and bool(suppressed([shown.to])),
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
    return redirect(reverse("case", args=[found.number]) + "?open=charges#charges")
