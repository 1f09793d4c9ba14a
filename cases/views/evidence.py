from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import BinaryIO, TypeVar

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import anyone_signed_in, signed_in
from cases import actions
from cases.evidence import open_original, open_view
from cases.evidence import thumbnail as small_picture
from cases.models import Evidence

log = logging.getLogger(__name__)
Response = TypeVar("Response", FileResponse, HttpResponse)


@require_safe
@anyone_signed_in
def original(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """The file as it came. Who opens it is recorded."""
    user = signed_in(request)
    found = get_object_or_404(Evidence.objects.visible_to(user), pk=pk)
    answer = _answer(open_original, found.original, found)
    actions.record_view(evidence=found, by=user, now=timezone.now())
    return answer


@require_safe
@anyone_signed_in
def view(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """The cleaned copy that pages show."""
    found = get_object_or_404(Evidence.objects.visible_to(signed_in(request)), pk=pk)
    return _answer(open_view, found.view, found)


@require_safe
@anyone_signed_in
def thumbnail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A photo small enough for a list."""
    photos = Evidence.objects.visible_to(signed_in(request)).filter(width__isnull=False)
    found = get_object_or_404(photos, pk=pk)
    with _open(open_view, found.view, found) as view_copy:
        response = HttpResponse(small_picture(view_copy), content_type="image/jpeg")
    return harmless(response)


def _open(open_file: Callable[..., BinaryIO], name: str, found: Evidence) -> BinaryIO:
    try:
        return open_file(name, root=settings.EVIDENCE_ROOT)
    except OSError as error:
        log.error("evidence_file_missing id=%s error=%s", found.pk, type(error).__name__)
        raise Http404 from error


def _answer(open_file: Callable[..., BinaryIO], name: str, found: Evidence) -> FileResponse:
    file = _open(open_file, name, found)
    response = FileResponse(
        file, as_attachment=True, filename=found.name, content_type=found.content_type
    )
    return harmless(response)


def harmless(response: Response) -> Response:
    # Opened on its own, a file can do nothing at all.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Content-Encoding"] = "identity"  # photos and PDFs are compressed already
    return response
