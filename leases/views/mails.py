"""The mails about a lease, and what each of them said."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from leases.queries.mails import mails_about, mails_of
from leases.views.frame import lease_frame
from mail.outbound.render import words_of

PAGE = "lease_mails"


@require_safe
@lease_readers_only
def mails(request: HttpRequest, account_number: str) -> HttpResponse:
    lease, context = lease_frame(request, account_number, PAGE)
    context["page"] = mails_of(lease, user=signed_in(request), after=request.GET.get("after", ""))
    return render(request, "leases/mails.html", context)


@require_safe
@lease_readers_only
def mail(request: HttpRequest, account_number: str, mail_id: UUID) -> HttpResponse:
    lease, context = lease_frame(request, account_number, PAGE)
    email = get_object_or_404(mails_about(lease, user=signed_in(request)), pk=mail_id)
    context |= {"email": email, "words": words_of(email)}
    return render(request, "leases/mail.html", context)
