"""Turns exceptions from anywhere into problems."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import (
    BadRequest,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    ValidationError,
)
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from ninja import errors as ninja
from pydantic.alias_generators import to_camel

from leases.api.fields import fault, pointer
from leases.api.json_body import TooMuchJson
from leases.api.problems import Problem
from leases.engine import EngineDown

log = logging.getLogger(__name__)

BUSY_SECONDS = "5"
MOST_ERRORS = 50  # in one response: a body with more is something else altogether
TOO_MUCH = _(
    "The body has too many fields or is nested too deeply. Send only what the API describes."
)
#: Checked by the actions; in a request they are inside `customer`.
OF_CUSTOMER = frozenset({"name", "email", "phone", "language"})
_PLAIN: tuple[tuple[type[Exception], str], ...] = (
    (ninja.AuthenticationError, "unauthorized"),
    (ninja.HttpError, "bad_json"),  # the only other one of ninja's own
    (Http404, "not_found"),
    (ObjectDoesNotExist, "not_found"),
    (PermissionDenied, "forbidden"),
    (RequestDataTooBig, "too_large"),
    (UnreadablePostError, "bad_request"),
)


def problem_of(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, ninja.ValidationError):
        return _of_fields(error.errors)
    if isinstance(error.__cause__, TooMuchJson):  # ninja's own error hides it
        return Problem("too_large", TOO_MUCH)
    if isinstance(error, ValidationError):
        return _of_action(error)
    for kind, code in _PLAIN:
        if isinstance(error, kind):
            return Problem(code)
    if isinstance(error, BadRequest):  # for the whole site, such as a body that broke off
        return Problem(getattr(error, "code", "bad_request"), str(error))
    if isinstance(error, EngineDown):
        return Problem("engine_down", headers={"Retry-After": BUSY_SECONDS})
    if isinstance(error, OperationalError):  # waited too long for a lock, or the database is down
        log.warning("database_busy error=%s", type(error.__cause__ or error).__name__)
        return Problem("unavailable", headers={"Retry-After": BUSY_SECONDS})
    log.error("api_failed", exc_info=error)
    return Problem("internal")


def answer(request: HttpRequest, error: Any) -> HttpResponse:
    """Ninja's handler for all exceptions."""
    return problem_of(error).answer()


def _of_fields(errors: list[dict[str, Any]]) -> Problem:
    """What a request lacks. An id in the path that can't exist is as missing as any other."""
    if any(each["loc"][0] == "path" for each in errors):
        return Problem("not_found")
    left_out = len(errors) - MOST_ERRORS
    more: dict[str, Any] = {"errorsLeftOut": left_out} if left_out > 0 else {}
    return Problem("invalid_request", errors=[_field(e) for e in errors[:MOST_ERRORS]], **more)


def _field(error: dict[str, Any]) -> dict[str, str]:
    source, *place = error["loc"]
    said = fault(error["type"], error.get("ctx", {}))
    if source == "body":
        # the first element is our code's name for the parameter
        return {"pointer": pointer(place[1:]), **said}
    return {"parameter": str(place[0]), **said}


def _of_action(error: ValidationError) -> Problem:
    """An action's own error in its own words; by field, what a model's check says."""
    if hasattr(error, "error_dict"):
        return Problem("invalid_request", errors=list(_by_field(error)))
    first = error.error_list[0]
    code = str(first.code or "refused")
    return Problem(code, first.messages[0], **_statuses(first))


def _by_field(error: ValidationError) -> Iterator[dict[str, str]]:
    for name, errors in error.error_dict.items():
        place = ["customer", name] if name in OF_CUSTOMER else [to_camel(name)]
        for each in errors:
            yield {
                "pointer": pointer(place),
                "code": str(each.code or "invalid"),
                "detail": str(each.messages[0]),
            }


def _statuses(error: ValidationError) -> dict[str, Any]:
    """Both statuses of a refused change, by the names that are the same in every language."""
    params = error.params or {}
    with translation.override("en"):
        return {name: str(params[name]) for name in ("from", "to") if name in params}
