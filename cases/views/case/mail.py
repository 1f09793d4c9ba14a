"""What a mail about a case said, as it was sent."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.shortcuts import render as page
from django.views.decorators.http import require_safe

from accounts.access import case_workers_only, signed_in
from cases.views.case.page import found_case
from mail.models import Email
from mail.outbound.render import words_of


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
        {"case": found, "customer": found.person, "email": email, "words": words_of(email)},
    )
