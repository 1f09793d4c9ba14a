"""Complaints about sales: stores with their counts, and those of one store."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import signed_in, supervisors_only
from cases.queries.complaints import complaints_by_store, complaints_of
from leases.models import Store


@require_safe
@supervisors_only
def complaints(request: HttpRequest) -> HttpResponse:
    counts = complaints_by_store(timezone.now())
    return render(request, "cases/complaints.html", {"counts": counts})


@require_safe
@supervisors_only
def of_store(request: HttpRequest, store_id: int) -> HttpResponse:
    store = get_object_or_404(Store.objects.select_related("merchant"), pk=store_id)
    page = complaints_of(store, user=signed_in(request), after=request.GET.get("after", ""))
    return render(request, "cases/store_complaints.html", {"store": store, "page": page})
