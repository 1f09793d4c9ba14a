"""The OpenAPI document: the endpoints as ninja knows them, and the errors they share."""

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

Send a key with every request. Amounts are dollars, as text with two decimals. Times are in UTC;
dates are dates where the company is. When a request is refused, you get problem details (RFC 9457)
with a stable `code`, in English or Spanish according to `Accept-Language`."""
_TEXT: dict[str, Any] = {"type": "string"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details, RFC 9457.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "Ends with the code."},
        "title": {"type": "string", "description": "The class of problem, the same for a code."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong here, and what to do."},
        "code": {"type": "string", "description": "Never changes. Let programs read this."},
        "from": {"type": "string", "description": "The lease’s status now."},
        "to": {"type": "string", "description": "The status it can’t change to."},
        "errorsLeftOut": {**_COUNT, "description": "How many errors aren’t listed."},
        "errors": {
            "type": "array",
            "maxItems": MOST_ERRORS,
            "items": {
                "type": "object",
                "required": ["code"],
                "properties": {
                    "pointer": {"type": "string", "description": "Where in the body (RFC 6901)."},
                    "parameter": {"type": "string", "description": "Which query parameter."},
                    "code": _TEXT,
                    "detail": _TEXT,
                },
            },
        },
    },
}  # fmt: skip
SCHEMAS = {"Problem": PROBLEM}
RATE = {
    "RateLimit-Limit": {"description": "Requests allowed per minute.", "schema": _COUNT},
    "RateLimit-Remaining": {"description": "Requests left this minute.", "schema": _COUNT},
    "RateLimit-Reset": {"description": "Seconds until the count starts over.", "schema": _COUNT},
}
WAIT = {"Retry-After": {"description": "Seconds to wait.", "schema": _COUNT}}
REPLAY = {
    REPLAYED: {
        "description": "This response was given before to the same request.",
        "schema": {"type": "string", "const": "true"},
    }
}
IDEMPOTENCY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Your own name for this request. Send it again to get the same response.",
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "`en` or `es`. For any other language, the response is in English.",
    "schema": _TEXT,
}
#: Operations that continue with the `applicationId` of a response.
FOLLOWING = ("read_application", "opt_in", "check_return")
FOLLOWING_BY_BODY = ("cart", "sign", "deliver", "return_merchandise")


def document() -> dict[str, Any]:
    """Made from the code alone, so it's the same on every machine."""
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
    """They only repeat the field names in other letters."""
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
