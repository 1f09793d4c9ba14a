from __future__ import annotations

import uuid
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import anyone_signed_in, signed_in
from cases import actions
from cases.evidence import open_original, open_view
from cases.models import Evidence


@require_safe
@anyone_signed_in
def original(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """The file as it came. Who opens it is recorded."""
    user = signed_in(request)
    found = get_object_or_404(Evidence.objects.visible_to(user), pk=pk)
    actions.record_view(evidence=found, by=user, now=timezone.now())
    return _answer(open_original(found.original, root=settings.EVIDENCE_ROOT), found)


@require_safe
@anyone_signed_in
def view(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """The cleaned copy that pages show."""
    found = get_object_or_404(Evidence.objects.visible_to(signed_in(request)), pk=pk)
    return _answer(open_view(found.view, root=settings.EVIDENCE_ROOT), found)


def _answer(file: BinaryIO, found: Evidence) -> FileResponse:
    response = FileResponse(
        file, as_attachment=True, filename=found.name, content_type=found.content_type
    )
    # Opened on its own, a file can do nothing at all.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
