from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import BinaryIO, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import anyone_signed_in, case_workers_only, signed_in
from cases import actions
from cases.evidence import FileKind, open_original, open_view, page_picture, view_name
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
    file = _open(open_original, found.original, found)
    answer = _answer(file, found.name, found.content_type)
    actions.record_view(evidence=found, is_download=True, by=user, now=timezone.now())
    return answer


@require_safe
@anyone_signed_in
def view(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """The cleaned copy that pages show. Who of us looks at it is recorded."""
    user = signed_in(request)
    found = get_object_or_404(Evidence.objects.visible_to(user), pk=pk)
    shown = FileKind.JPEG if found.is_image else FileKind.PDF
    file = _open(open_view, found.view, found)
    answer = _answer(file, view_name(found.name, shown.endings[0]), shown.content_type)
    if not user.is_customer:
        actions.record_view(evidence=found, is_download=False, by=user, now=timezone.now())
    return answer


@require_safe
@case_workers_only
def page(request: HttpRequest, pk: uuid.UUID, page: int) -> HttpResponse:
    """A page of a document as a picture. Who looks at it is recorded."""
    user = signed_in(request)
    documents = Evidence.objects.visible_to(user).filter(pages__gte=max(page, 1))
    found = get_object_or_404(documents, pk=pk)
    if not page:
        raise Http404
    try:
        picture = page_picture(found.view, page, root=settings.EVIDENCE_ROOT)
    except ValidationError as error:
        raise Http404 from error
    except OSError as error:
        log.error("evidence_page_not_drawn id=%s error=%s", found.pk, type(error).__name__)
        raise Http404 from error
    actions.record_view(evidence=found, is_download=False, page=page, by=user, now=timezone.now())
    return harmless(HttpResponse(picture, content_type="image/jpeg"))


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


def _answer(file: BinaryIO, name: str, content_type: str) -> FileResponse:
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    return harmless(response)


def harmless(response: Response) -> Response:
    # Opened on its own, a file can do nothing at all.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Content-Encoding"] = "identity"  # photos and PDFs are already compressed
    return response
