"""What a mail about a case said, as it was sent."""

from __future__ import annotations

import logging
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.shortcuts import render as page
from django.views.decorators.http import require_safe

from accounts.access import case_workers_only, signed_in
from cases.views.case.page import found_case
from mail.models import Email
from mail.outbound.render import Rendered, render

log = logging.getLogger(__name__)


@require_safe
@case_workers_only
def mail(request: HttpRequest, number: str, mail_id: UUID) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    mails = Email.objects.visible_to(user).select_related("template", "settled_by", "casemail")
    email = get_object_or_404(mails, casemail__case=found, pk=mail_id)
    return page(
        request,
        "cases/mail.html",
        {"case": found, "customer": found.lease.customer, "email": email, "words": _words(email)},
    )


def _words(email: Email) -> Rendered | None:
    """From the version of the text it was written with; None where they do not fit any more."""
    try:
        return render(email)
    except Exception as error:
        log.warning("mail_not_shown id=%s error=%s", email.pk, type(error).__name__)
        return None
