from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import anyone_signed_in, signed_in
from accounts.drafts import (
    LONGEST_FORM,
    LONGEST_NAME,
    LONGEST_TOKEN,
    Typed,
    drafts_of,
    fingerprint,
    read_seen,
    save_draft,
    texts_beside,
)
from accounts.models import Draft

MOST_FORMS = 100  # on one page


@require_http_methods(["GET", "HEAD", "POST"])
@anyone_signed_in
def drafts(request: HttpRequest) -> HttpResponse:
    """Return the unsent text of a page's forms, or save it."""
    return _keep(request) if request.method == "POST" else _kept(request)


def _kept(request: HttpRequest) -> HttpResponse:
    forms = [each for each in request.GET.getlist("form")[:MOST_FORMS] if "\x00" not in each]
    found = drafts_of(signed_in(request), forms)
    return JsonResponse({form: _told(each) for form, each in found.items()})


def _told(draft: Draft) -> dict[str, object]:
    own = _text(draft.typed) | {"token": draft.token, "spent": draft.spent}
    return own | {"others": list(map(_text, texts_beside(draft)))}


def _text(typed: Typed) -> dict[str, object]:
    """With what the page says it by, once it has taken it."""
    return {"typed": typed, "key": fingerprint(typed)}


def _keep(request: HttpRequest) -> HttpResponse:
    """204 if saved, 200 with the words of other windows if there are any, 409 if the form was sent
    in the meantime.
    """
    form, token = request.POST.get("form", ""), request.POST.get("token", "")
    typed = _typed(request.POST.get("typed", ""))
    named = form.startswith("/") and len(form) <= LONGEST_FORM and 0 < len(token) <= LONGEST_TOKEN
    if typed is None or not named or "\x00" in form + token:
        return HttpResponseBadRequest()
    try:
        saved = save_draft(
            form=form,
            typed=typed,
            token=token,
            by=signed_in(request),
            now=timezone.now(),
            seen=read_seen(request.POST.get("seen", "")),
        )
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=422)
    if saved.others:
        return JsonResponse({"others": list(map(_text, saved.others))})
    return HttpResponse(status=204 if saved.is_kept else 409)


def _typed(text: str) -> Typed | None:
    """Names with lists of texts; None for anything else."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not all(map(_is_field, found.items())):
        return None
    return {_kept_text(name): list(map(_kept_text, found[name])) for name in found}


def _kept_text(text: str) -> str:
    """Without characters that PostgreSQL can't store."""
    return text.replace("\x00", "").encode(errors="replace").decode()


def _is_field(field: tuple[str, Any]) -> bool:
    name, values = field
    return (
        len(name) <= LONGEST_NAME
        and isinstance(values, list)
        and all(isinstance(value, str) for value in values)
    )
