"""The fields of an event, from a body that anyone may have sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

MOST_BYTES = 16 * 1024  # an event has a few hundred


class BadBody(Exception):
    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.status = code, status


def read_fields(request: HttpRequest) -> Mapping[str, Any]:
    """Each field with its values. BadBody `body_too_large`, `body_incomplete`, `body_malformed`."""
    if _length(request) > MOST_BYTES:
        raise BadBody("body_too_large", 413)
    try:
        if request.content_type == "application/json":
            return _json(request.body)
        return {name: request.POST.getlist(name) for name in request.POST}
    except (BadRequest, OSError) as error:
        raise BadBody(getattr(error, "code", "body_incomplete")) from error
    except (MultiPartParserError, SuspiciousOperation) as error:
        raise BadBody("body_malformed") from error


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadBody("body_malformed") from error
    if not isinstance(fields, dict):
        raise BadBody("body_malformed")
    return fields
