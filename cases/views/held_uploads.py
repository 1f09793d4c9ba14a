"""Files that arrive one by one, before their form or after it was refused."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import senders_only, signed_in
from cases import actions
from cases.forms.evidence import UploadForm
from cases.models import HeldUpload
from cases.queries.held_uploads import held_for


@require_http_methods(["GET", "HEAD", "POST"])
@senders_only
def uploads(request: HttpRequest) -> HttpResponse:
    """What waits for a form, or adds one file. 422 says in words why not."""
    user = signed_in(request)
    if request.method != "POST":
        # PostgreSQL refuses to search for NUL
        form = request.GET.get("form", "").replace("\x00", "")
        waiting = held_for(user, form[:250])
        return JsonResponse({"files": [_shown(each) for each in waiting]})
    try:
        actions.count_upload(by=user, now=timezone.now())
    except ValidationError as error:
        return _refused(error)
    sent = UploadForm(request.POST, request.FILES)
    if not sent.is_valid():
        if "evidence" not in sent.errors:
            return HttpResponseBadRequest()
        return _refused(sent.errors.as_data()["evidence"][0])
    files, address = sent.cleaned_data["evidence"], sent.cleaned_data["form"]
    if len(files) != 1 or not address.startswith("/"):
        return HttpResponseBadRequest()
    try:
        held = actions.hold_upload(upload=files[0], form=address, by=user, now=timezone.now())
    except ValidationError as error:
        return _refused(error)
    return JsonResponse(_shown(held), status=201)


@require_POST
@senders_only
def removal(request: HttpRequest, held: UUID) -> HttpResponse:
    upload = get_object_or_404(HeldUpload, pk=held, holder=signed_in(request))
    actions.drop_upload(upload=upload)
    return HttpResponse(status=204)


def _shown(held: HeldUpload) -> dict[str, object]:
    return {"id": str(held.pk), "name": held.name, "size": held.size}


def _refused(error: ValidationError) -> HttpResponse:
    problem = error.params.get("problem") if error.params else None
    said = {"code": error.code, "error": str(problem or error.messages[0])}
    return JsonResponse(said, status=422)
