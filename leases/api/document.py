"""The OpenAPI document: what ninja knows of the endpoints, and how all of them refuse."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from leases.api.api import api
from leases.api.once import HEADER, KEY, REPLAYED
from leases.api.problems import CONTENT_TYPE, KINDS
from leases.api.refusals import MOST_ERRORS

ROOT = "api/v1"
ABOUT = """\
Puente's API for the systems of partner merchants.

Each request carries a key. Amounts are dollars as text with two decimals, times are UTC, days are
days where the company is. Refusals are problem details (RFC 9457) with a stable `code`, worded in
English or Spanish by `Accept-Language`."""
_TEXT: dict[str, Any] = {"type": "string"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details, RFC 9457.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "With the code at its end."},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "code": {"type": "string", "description": "Stable; for programs."},
        "from": {"type": "string", "description": "The status the lease has."},
        "to": {"type": "string", "description": "The status it cannot get."},
        "errorsLeftOut": {**_COUNT, "description": "Errors beyond the fifty that are listed."},
        "errors": {
            "type": "array",
            "maxItems": MOST_ERRORS,
            "items": {
                "type": "object",
                "required": ["code"],
                "properties": {
                    "pointer": {"type": "string", "description": "Into the body, RFC 6901."},
                    "parameter": {"type": "string", "description": "In the query."},
                    "code": _TEXT,
                    "detail": _TEXT,
                },
            },
        },
    },
}  # fmt: skip
SCHEMAS = {"Problem": PROBLEM}
RATE = {
    "RateLimit-Limit": {"description": "Requests a minute.", "schema": _COUNT},
    "RateLimit-Remaining": {"description": "Left of them.", "schema": _COUNT},
    "RateLimit-Reset": {"description": "Seconds until the next minute.", "schema": _COUNT},
}
WAIT = {"Retry-After": {"description": "Seconds.", "schema": _COUNT}}
REPLAY = {
    REPLAYED: {
        "description": "This is the answer the request was given before.",
        "schema": {"type": "string", "const": "true"},
    }
}
IDEMPOTENCY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Your own name for this request. Sent again, it gets the same answer.",
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "`en` or `es`; whatever else is asked for is answered in English.",
    "schema": _TEXT,
}
#: Operations that go on with the `applicationId` of an answer.
FOLLOWING = ("read_application", "opt_in", "check_return")
FOLLOWING_BY_BODY = ("cart", "sign", "deliver", "return_merchandise")


def document() -> dict[str, Any]:
    """Made from the code alone: the same on every machine."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT + "/")))
    _drop_titles(made)
    made["info"]["description"] = ABOUT
    made["servers"] = [{"url": "/"}]
    made["components"]["schemas"].update(SCHEMAS)
    made["components"]["responses"] = {
        str(status): _refusal(status) for status in sorted({kind.status for kind in KINDS.values()})
    }
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            _complete(operation, method, has_lease="Id}" in path or method == "get")
    return made


def _drop_titles(part: Any) -> None:
    """The names of fields once more, in other letters."""
    if isinstance(part, list):
        for each in part:
            _drop_titles(each)
    if isinstance(part, dict):
        if isinstance(part.get("title"), str) and {"type", "anyOf", "$ref"} & part.keys():
            del part["title"]
        for each in part.values():
            _drop_titles(each)


def _complete(operation: dict[str, Any], method: str, *, has_lease: bool) -> None:
    writes = method == "post"
    refusals = {401, 429, 500, 503}
    if has_lease or operation["operationId"] != "apply":
        refusals.add(404)
    if writes:
        refusals |= {400, 409, 413, 415, 422}
        operation["parameters"].append(IDEMPOTENCY)
    elif any(each["in"] == "query" for each in operation["parameters"]):
        refusals.add(422)
    operation["parameters"].append(LANGUAGE)
    for response in operation["responses"].values():
        response["headers"] = RATE | (REPLAY if writes else {})
        if writes and operation["operationId"] != "return_merchandise":
            response["links"] = _links()
    for status in sorted(refusals):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/{status}"}


def _refusal(status: int) -> dict[str, Any]:
    codes = [code for code, kind in KINDS.items() if kind.status == status]
    headers = RATE if status not in {401, 405} else {}
    if status in {409, 429, 503}:
        headers = headers | WAIT
    if status == 401:
        headers = headers | {"WWW-Authenticate": {"schema": _TEXT}}
    return {
        "description": "Codes: " + ", ".join(f"`{code}`" for code in codes) + ".",
        "headers": headers,
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _links() -> dict[str, Any]:
    named = "$response.body#/applicationId"
    links: dict[str, Any] = {
        name: {"operationId": name, "parameters": {"applicationId": named}} for name in FOLLOWING
    }
    for name in FOLLOWING_BY_BODY:
        links[name] = {"operationId": name, "requestBody": {"applicationId": named}}
    return links


@cache
def as_text() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
