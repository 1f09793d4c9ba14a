from __future__ import annotations

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, resolve_url
from django.views.decorators.http import require_POST

from accounts.access import anyone_signed_in, signed_in
from accounts.forms import LanguageForm
from accounts.sent_forms import repeatable
from common.local_path import local_path


@repeatable
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the interface's language and return to the same page."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    chosen = form.cleaned_data["language"]
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    # Not redirect(), which treats a word as a view's name.
    response = HttpResponseRedirect(
        local_path(request, form.cleaned_data["next"]) or resolve_url("home")
    )
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
    )
    return response


@anyone_signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The first page for each role."""
    user = signed_in(request)
    if user.is_customer:
        return redirect("portal_home")
    return redirect("queue" if user.works_cases else "leases")
