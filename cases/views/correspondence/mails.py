"""Mails that may have arrived and mails that didn't: what is done about each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, signed_in, supervisors_only
from cases import actions
from cases.models.case import Person
from cases.queries import mails as queries
from cases.queries.case_mails import customers_of
from cases.views.correspondence.frame import frame
from mail.enums import Settlement
from mail.errors import answer_in, in_words
from mail.models import Email
from mail.models.suppressed_address import FRESH
from mail.outbound.render import Rendered, words_of

UNCERTAIN, FAILED = "correspondence_uncertain", "correspondence_failed"
SETTLED = {
    Settlement.ARRIVED: gettext_lazy("Saved: the email was delivered. Nothing more will be sent."),
    Settlement.RESENT: gettext_lazy("The email will be resent."),
    Settlement.DROPPED: gettext_lazy("Saved: the email is no longer needed."),
}


class Line(NamedTuple):
    mail: Email
    why: str | Promise
    answer: str  # the server's
    words: Rendered | None  # None if text and parameters don't fit
    customer: Person | None


class Alike(NamedTuple):
    failure: queries.Failure
    why: str | Promise
    answer: str


@require_safe
@supervisors_only
def uncertain(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    page = queries.undecided(user=user, after=request.GET.get("after", ""))
    context = {"page": page, "lines": _lines(page.rows), **frame(user, tab=UNCERTAIN)}
    return render(request, "correspondence/uncertain.html", context)


@require_POST
@supervisors_only
def settlement(request: HttpRequest, email: UUID) -> HttpResponse:
    user = signed_in(request)
    found = get_object_or_404(Email.objects.visible_to(user), pk=email)
    try:
        decision = Settlement(request.POST.get("settlement", ""))
    except ValueError as error:
        raise Http404 from error
    try:
        actions.settle_email(email=found, settlement=decision, by=user, now=timezone.now())
    except ValidationError as error:
        messages.info(request, error.messages[0])
    else:
        messages.success(request, SETTLED[decision])
    return redirect(UNCERTAIN)


@require_safe
@case_workers_only
def failed(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    page = queries.undelivered(user=user, after=request.GET.get("after", ""))
    context = {"page": page, "lines": _lines(page.rows), **frame(user, tab=FAILED)}
    if user.supervises:
        found = queries.failures(user=user, now=timezone.now())
        context["alike"] = [
            Alike(each, in_words(each.error), answer_in(each.error)) for each in found
        ]
        context["days"] = FRESH.days
    return render(request, "correspondence/failed.html", context)


@require_POST
@case_workers_only
def retry(request: HttpRequest, email: UUID) -> HttpResponse:
    user = signed_in(request)
    found = get_object_or_404(Email.objects.visible_to(user), pk=email)
    try:
        actions.retry_email(email=found, by=user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The email will be resent."))
    return redirect(FAILED)


@require_POST
@supervisors_only
def retry_alike(request: HttpRequest) -> HttpResponse:
    """All that failed recently for one reason."""
    count = actions.retry_failed(
        failure=request.POST.get("failure", "").replace("\0", ""),
        by=signed_in(request),
        now=timezone.now(),
    )
    if count:
        done = ngettext(
            "%(count)d email will be resent.", "%(count)d emails will be resent.", count
        )
        messages.success(request, done % {"count": count})
    else:
        messages.info(request, _("There was nothing left to resend."))
    return redirect(FAILED)


def _lines(mails: Iterable[Email]) -> list[Line]:
    mails = list(mails)
    customers = customers_of(mails)
    return [
        Line(
            mail,
            in_words(mail.error),
            answer_in(mail.error),
            words_of(mail),
            customers.get(mail.pk),
        )
        for mail in mails
    ]
