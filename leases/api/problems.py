"""Every error as problem details (RFC 9457), with a stable code, in the reader's language."""

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
    """`title` names the class of problem, always the same for a code; `detail` says what to do.

    An action's own words are its detail; its code is not named here and answers as `refused`.
    """

    status: int
    title: str | Promise
    detail: str | Promise


_CONFLICT = Kind(
    409,
    _("Lease status conflict"),
    _("The status of the lease doesn’t allow this. Read the lease to see what it allows now."),
)
#: code → HTTP status and words. An action's error that isn't listed here answers 422.
KINDS: Mapping[str, Kind] = {
    "bad_request": Kind(
        400,
        _("Bad request"),
        _("We can’t read the request. Check its address, its headers, and its body."),
    ),
    "incomplete_request": Kind(
        400,
        _("Incomplete request"),
        _("Part of the request didn’t arrive. Nothing was saved. Send it again."),
    ),
    "length_required": Kind(400, _("Length required"), _("Send the body with its Content-Length.")),
    "bad_json": Kind(
        400, _("Invalid JSON"), _("The body isn’t valid JSON. Send one JSON object in UTF-8.")
    ),
    "unauthorized": Kind(
        401,
        _("Valid API key required"),
        _("Send an active key as a bearer token in the Authorization header."),
    ),
    "forbidden": Kind(
        403, _("Not allowed"), _("This key doesn’t have permission to make this request.")
    ),
    "not_found": Kind(
        404,
        _("Not found"),
        _("Nothing exists at this address that this key can see. Check the address and the IDs."),
    ),
    "method_not_allowed": Kind(
        405,
        _("Method not allowed"),
        _("This address doesn’t accept this method. Use one named in the Allow header."),
    ),
    "too_large": Kind(
        413, _("Request too large"), _("The request is larger than we accept. Send less at a time.")
    ),
    "unsupported_media_type": Kind(
        415, _("Unsupported media type"), _("Send the body as application/json.")
    ),
    "invalid_request": Kind(
        422, _("Some fields are invalid"), _("Fix the fields listed in errors and try again.")
    ),
    "refused": Kind(
        422,
        _("Request refused"),
        _("This request can’t be carried out for the lease in its current state."),
    ),
    "rate_limited": Kind(
        429,
        _("Too many requests"),
        _("You’ve reached the limit. Try again after the seconds in the Retry-After header."),
    ),
    "internal": Kind(
        500,
        _("Internal error"),
        _("Something went wrong on our side. Try again with the same Idempotency-Key."),
    ),
    "engine_down": Kind(
        503,
        _("Decision system unavailable"),
        _("The credit decision system isn’t responding, and nothing has changed. Try again later."),
    ),
    "unavailable": Kind(
        503, _("Service busy"), _("We can’t handle the request right now. Try again in a moment.")
    ),
    # Idempotency-Key
    "idempotency_key": Kind(
        422, _("Invalid Idempotency-Key"), _("Use 1 to 200 visible ASCII characters.")
    ),
    "idempotency_key_reused": Kind(
        422,
        _("Idempotency-Key already used"),
        _("You sent this key with a different request. Use a new key for each request."),
    ),
    "in_flight": Kind(
        409,
        _("Request in progress"),
        _("We’re still working on the same request. Wait a moment, and then send it again."),
    ),
    # leases: what the request names
    "unknown_store": Kind(
        422,
        _("Unknown store"),
        _("This key has no store with this storeId. Check the store’s code."),
    ),
    "unknown_program": Kind(
        422,
        _("Unknown program"),
        _("The merchant has no active program with this programCode. Check the program’s code."),
    ),
    "program_required": Kind(
        422,
        _("Program required"),
        _("The merchant has several programs. Send the code of one as programCode."),
    ),
    # leases: errors of actions that are about the status; the others answer as `refused`
    "lease_transition": _CONFLICT,
    "superseded": _CONFLICT,
    "needs_approval": _CONFLICT,
    "return_before_signing": _CONFLICT,
    "lease_expired": _CONFLICT,
    "nothing_to_return": _CONFLICT,
    "already_returned": _CONFLICT,
}


class Problem(Exception):
    """An error of the API itself."""

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
        self.detail = detail or self.kind.detail
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
