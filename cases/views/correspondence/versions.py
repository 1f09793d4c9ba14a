from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import signed_in
from mail.models.versioned_text import VersionedText

Text = TypeVar("Text", bound=VersionedText)


def earlier_version(versions: QuerySet[Text], request: HttpRequest) -> Text | None:
    """What an administrator begins with instead of the newest, from `?from=`; 404 if not there."""
    asked = request.GET.get("from", "")
    if not asked or not signed_in(request).is_superuser:
        return None
    if not asked.isdecimal():
        raise Http404
    return get_object_or_404(versions, version=int(asked))
