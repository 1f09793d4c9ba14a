"""Every refusal as problem details (RFC 9457), with a stable code, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/problem+json"
TYPE = "urn:puente:problem:"


class Kind(NamedTuple):
    status: int
    title: str | Promise


#: code → HTTP status and title. A refusal of an action that is not named here answers 422.
KINDS: Mapping[str, Kind] = {
    "bad_request": Kind(400, _("The request cannot be read.")),
    "incomplete_request": Kind(400, _("The request was cut off on its way.")),
    "length_required": Kind(400, _("The request doesn’t say how long it is.")),
    "bad_json": Kind(400, _("The body is not JSON.")),
    "unauthorized": Kind(401, _("A valid key is needed.")),
    "forbidden": Kind(403, _("This key may not do that.")),
    "not_found": Kind(404, _("There is nothing here.")),
    "method_not_allowed": Kind(405, _("This address does not take this method.")),
    "too_large": Kind(413, _("The request is too large.")),
    "unsupported_media_type": Kind(415, _("Send the body as application/json.")),
    "invalid_request": Kind(422, _("Some fields cannot be taken.")),
    "refused": Kind(422, _("The request cannot be carried out.")),
    "rate_limited": Kind(429, _("Too many requests.")),
    "internal": Kind(500, _("Something went wrong on our side.")),
    "engine_down": Kind(503, _("The credit decision engine does not answer.")),
    "unavailable": Kind(503, _("The service is busy. Try again in a moment.")),
    # Idempotency-Key
    "idempotency_key": Kind(422, _("The Idempotency-Key cannot be taken.")),
    "idempotency_key_reused": Kind(422, _("This Idempotency-Key belongs to another request.")),
    "in_flight": Kind(409, _("The same request is still being worked on.")),
    # leases: what the request names
    "unknown_store": Kind(422, _("The store is unknown.")),
    "unknown_program": Kind(422, _("The program is unknown.")),
    "program_required": Kind(422, _("The merchant has several programs: say which one.")),
    # leases: refusals of the actions that are about the status; the others answer as `refused`
    "lease_transition": (_CONFLICT := Kind(409, _("The status of the lease does not allow this."))),
    "superseded": _CONFLICT,
    "needs_approval": _CONFLICT,
    "return_before_signing": _CONFLICT,
    "lease_expired": _CONFLICT,
    "nothing_to_return": _CONFLICT,
    "already_returned": _CONFLICT,
}


class Problem(Exception):
    """A refusal of the API's own."""

    def __init__(
        self,
        code: str,
        detail: str | Promise = "",
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.kind = KINDS.get(code, KINDS["refused"])
        self.detail = detail or self.kind.title
        self.errors = errors
        self.headers = headers or {}
        self.extra = extra

    def answer(self) -> HttpResponse:
        body: dict[str, Any] = {
            "type": TYPE + self.code,
            "title": str(self.kind.title),
            "status": self.kind.status,
            "detail": str(self.detail),
            "code": self.code,
            **self.extra,
        }
        if self.errors:
            body["errors"] = list(self.errors)
        headers = {"Content-Language": get_language(), **self.headers}
        content = json.dumps(body, ensure_ascii=False)
        return HttpResponse(content, CONTENT_TYPE, self.kind.status, headers=headers)
