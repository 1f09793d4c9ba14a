from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, resolve_url
from django.views.decorators.http import require_POST, require_safe

from accounts.access import anyone_signed_in, signed_in, staff_only
from accounts.enums import Language
from accounts.forms import LanguageForm
from accounts.sent_forms import repeatable
from common.form_fields import DayField, day_from
from common.formats import day, day_in_words
from common.local_path import local_path
from common.relative_days import Toward


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


@require_safe
@staff_only
def read_date(request: HttpRequest) -> HttpResponse:
    """What was typed into a date field, in words: as the form that it stands in will read it.

    `typed_in`: the language of the page on which it was typed, before it was this one. `toward`:
    where that form looks for a weekday alone.
    """
    text, typed_in = request.GET.get("text", ""), request.GET.get("typed_in", "")
    asked = request.GET.get("toward")
    field = DayField(toward=next((each for each in Toward if each == asked), Toward.NEXT))
    try:
        is_foreign = text.strip() and typed_in in Language.values
        read = day_from(text, typed_in=typed_in, toward=field.toward) if is_foreign else text
        found = field.clean(read)
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=422)
    told = {"iso": found.isoformat(), "short": day(found, short=True), "words": day_in_words(found)}
    return JsonResponse(told)


@anyone_signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The first page for each role."""
    user = signed_in(request)
    if user.is_customer:
        return redirect("portal_home")
    return redirect("queue" if user.works_cases else "leases")
