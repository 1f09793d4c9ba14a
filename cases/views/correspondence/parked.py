from __future__ import annotations

import logging
import uuid

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, signed_in
from accounts.models import User
from cases import actions
from cases.actions import is_from_customer
from cases.enums import InboundState
from cases.evidence import open_original
from cases.forms.parked import IntoCaseForm, OriginalForm
from cases.models import InboundMail
from cases.queries import parked as queries
from cases.views.correspondence.frame import frame
from cases.views.evidence import harmless
from common.form_errors import add_refusal
from mail.inbound import quoting

log = logging.getLogger(__name__)
TAB = "correspondence_parked"


@require_safe
@case_workers_only
def parked(request: HttpRequest) -> HttpResponse:
    """Mails that didn't find their case by themselves."""
    user = signed_in(request)
    is_dismissed = request.GET.get("state") == InboundState.DISMISSED
    rows = queries.dismissed if is_dismissed else queries.parked
    page = rows(user=user, after=request.GET.get("after", ""))
    return render(
        request,
        "correspondence/parked.html",
        {"page": page, "is_dismissed": is_dismissed, **frame(user, tab=TAB)},
    )


@require_safe
@case_workers_only
def mail(request: HttpRequest, inbound: uuid.UUID) -> HttpResponse:
    return _page(request, _found(signed_in(request), inbound))


@require_POST
@case_workers_only
def original(request: HttpRequest, inbound: uuid.UUID) -> HttpResponseBase:
    """The mail as it came, to open in a mail program: for a reason that is recorded."""
    user = signed_in(request)
    found = _found(user, inbound)
    form = OriginalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, original_form=form, status=422)
    try:
        file = open_original(found.original, root=settings.EVIDENCE_ROOT)
    except OSError as error:
        log.error("inbound_original_missing id=%s error=%s", found.pk, type(error).__name__)
        raise Http404 from error
    reason = form.cleaned_data["reason"]
    actions.record_original_view(mail=found, reason=reason, by=user, now=timezone.now())
    log.info("inbound_original_opened id=%s by=%s", found.pk, user.pk)
    what = pgettext("file name", "email")
    return harmless(
        FileResponse(
            file,
            as_attachment=True,
            filename=f"{what}-{found.received_at:%Y-%m-%d}-{found.pk}.eml",
            content_type="application/octet-stream",
        )
    )


@require_POST
@case_workers_only
def entry(request: HttpRequest, inbound: uuid.UUID) -> HttpResponse:
    """Into a case, as the customer's message or as an internal note."""
    user = signed_in(request)
    found = _found(user, inbound)
    form = IntoCaseForm(request.POST, user=user)
    if form.is_valid() and form.case is not None:
        try:
            put = actions.put_into_case(mail=found, case=form.case, by=user, now=timezone.now())
        except ValidationError as error:
            if error.code == "mail_decided":
                return _too_late(request, error)
            add_refusal(form, error)
        else:
            messages.success(request, _("The email is now in the case."))
            return redirect("case", number=put.case.number)
    return _page(request, found, form=form, status=422)


@require_POST
@case_workers_only
def dismissal(request: HttpRequest, inbound: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    found = _found(user, inbound)
    try:
        actions.dismiss_mail(mail=found, by=user, now=timezone.now())
    except ValidationError as error:
        return _too_late(request, error)
    messages.success(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            _("The email is off the list. The original is kept."),
            reverse("correspondence_parked_mail", args=[found.pk]),
            _("View the email"),
        ),
    )
    return redirect(TAB)


def _too_late(request: HttpRequest, error: ValidationError) -> HttpResponse:
    messages.info(request, error.messages[0])
    return redirect(TAB)


def _found(user: User, pk: uuid.UUID) -> InboundMail:
    mails = InboundMail.objects.visible_to(user).select_related(
        "case__lease__customer__user", "case__contact", "answers__template", "decided_by", "entry"
    )
    return get_object_or_404(mails, pk=pk)


def _page(
    request: HttpRequest,
    found: InboundMail,
    *,
    form: IntoCaseForm | None = None,
    original_form: OriginalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = signed_in(request)
    number = str(found.case) if found.case else ""
    is_open = found.state != InboundState.ENTERED
    may_be_theirs = is_open and actions.may_be_theirs(found)
    return render(
        request,
        "correspondence/parked_mail.html",
        {
            "mail": found,
            "reply": quoting.split(found.text),
            "may_be_theirs": may_be_theirs,
            "is_theirs": bool(
                may_be_theirs and found.case and is_from_customer(found.sender, found.case)
            ),
            "original_form": original_form or OriginalForm(),
            "original_views": found.original_views.select_related("by").order_by("at"),
            "form": form or IntoCaseForm(initial={"number": number}, user=user),
            **frame(user, tab=TAB),
        },
        status=status,
    )
