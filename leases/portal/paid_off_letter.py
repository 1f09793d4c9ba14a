from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.views.decorators.http import require_safe

from accounts.access import customers_only, signed_in
from leases.documents.paid_off_letter import paid_off_letter_pdf
from leases.models import PaidOffLetter


@require_safe
@customers_only
def letter(request: HttpRequest, account_number: str) -> HttpResponse:
    """The customer's own, in the language asked for, otherwise the page's."""
    letters = PaidOffLetter.objects.visible_to(signed_in(request)).in_force()
    found = get_object_or_404(
        letters.select_related("lease__customer", "lease__store__merchant"),
        lease__account_number=account_number,
    )
    language = request.GET.get("language", "") or translation.get_language()[:2]
    return paid_off_letter_pdf(found, language).download()
