"""Addresses short enough for a line of an email or to be read aloud: they lead on to the portal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

import cases.converters  # noqa: F401  (the case_number converter)
from accounts.access import customers_only


@require_safe
@customers_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Doesn't tell whether there is such a case: the page it leads to does."""
    return redirect("portal_case", number)


@require_safe
@customers_only
def lease(request: HttpRequest, account_number: str) -> HttpResponse:
    return redirect("portal_lease", account_number)


urlpatterns = [
    path("c/<case_number:number>", case, name="portal_case_short"),
    path("l/<str:account_number>", lease, name="portal_lease_short"),
]
