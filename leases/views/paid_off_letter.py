from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from leases.documents.paid_off_letter import paid_off_letter_pdf
from leases.models import PaidOffLetter
from leases.views.frame import lease_frame


@require_safe
@lease_readers_only
def pdf(request: HttpRequest, account_number: str) -> HttpResponse:
    """404 while something is owed."""
    lease, _context = lease_frame(request, account_number, "lease_statement", now=timezone.now())
    letters = PaidOffLetter.objects.visible_to(signed_in(request)).in_force()
    letter = get_object_or_404(letters.filter(lease=lease))
    return paid_off_letter_pdf(letter, request.GET.get("language", "")).download()
