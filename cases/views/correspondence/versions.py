from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import signed_in
from mail.models.versioned_text import VersionedText

Text = TypeVar("Text", bound=VersionedText)


def earlier_version(versions: QuerySet[Text], request: HttpRequest) -> Text | None:
    """The version from `?from=` that an administrator starts with instead of the newest; 404 if
    missing.
    """
    asked = request.GET.get("from", "")
    if not asked or not signed_in(request).is_superuser:
        return None
    if not asked.isdecimal():
        raise Http404
    return get_object_or_404(versions, version=int(asked))
