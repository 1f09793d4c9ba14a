"""`Idempotency-Key`: the same request sent again gets the same response and changes nothing."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leases.actions import idempotency
from leases.actions.refuse_blocked import keeping_attempts
from leases.api.leases import caller
from leases.api.problems import Problem
from leases.api.refusals import problem_of
from leases.api.values import Answer
from leases.models import ApiKey, IdempotentRequest

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEY = re.compile(r"[!-~]{1,200}")
#: Work that an endpoint leaves for the transaction. It does what waits for other systems before it.
Write = Callable[[], Answer]


def answering(status: int = 200) -> Callable[..., Callable[..., HttpResponse]]:
    """An endpoint that writes: all of it or nothing, and once for each Idempotency-Key."""

    def decorator(endpoint: Callable[..., Write]) -> Callable[..., HttpResponse]:
        @wraps(endpoint)
        def answered(request: HttpRequest, **values: Any) -> HttpResponse:
            request.body  # noqa: B018 - all of it came, or nothing is begun
            key = request.headers.get(HEADER)
            if key is None:
                write = endpoint(request, **values)
                with keeping_attempts(), transaction.atomic():
                    return said(write(), status)
            if not KEY.fullmatch(key):
                raise Problem("idempotency_key")
            return _once(request, key, lambda: endpoint(request, **values), status)

        # Ninja reads it, and would look here for the names in its annotations.
        answered.__signature__ = inspect.signature(endpoint, eval_str=True)  # type: ignore[attr-defined]
        return answered

    return decorator


def said(answer: Answer, status: int = 200) -> HttpResponse:
    return HttpResponse(answer.model_dump_json(by_alias=True), "application/json", status)


def _once(request: HttpRequest, key: str, begin: Callable[[], Write], status: int) -> HttpResponse:
    api_key = caller(request)
    fingerprint = _fingerprint(request)
    claim = idempotency.claim_request(
        api_key=api_key, key=key, fingerprint=fingerprint, now=timezone.now()
    )
    if claim is None:
        return _known(api_key, key, fingerprint)
    try:
        write = begin()
        with keeping_attempts(), transaction.atomic():
            response = said(write(), status)
            _keep(claim, response)
    except Exception as error:
        problem = problem_of(error)
        if problem.kind.status >= 500 or problem.code == "in_flight":
            idempotency.release_request(claim=claim)
            raise problem from error
        response = problem.answer()
        _keep(claim, response)
    return response


def _keep(claim: IdempotentRequest, response: HttpResponse) -> None:
    is_ours = idempotency.answer_request(
        claim=claim,
        status=response.status_code,
        body=response.content.decode(),
        content_type=response["Content-Type"],
    )
    if not is_ours:
        raise _in_flight()


def _known(api_key: ApiKey, key: str, fingerprint: str) -> HttpResponse:
    known = IdempotentRequest.objects.filter(api_key=api_key, key=key).first()
    if known is not None and known.fingerprint != fingerprint:
        raise Problem("idempotency_key_reused")
    if known is None or known.status is None:  # just released, or still being worked on
        raise _in_flight()
    return HttpResponse(known.body, known.content_type, known.status, headers={REPLAYED: "true"})


def _in_flight() -> Problem:
    return Problem("in_flight", headers={"Retry-After": "1"})


def _fingerprint(request: HttpRequest) -> str:
    """Keyed, so that what customers say about themselves can't be found by trying values."""
    asked = f"{request.method} {request.path}\n".encode() + request.body
    return salted_hmac("leases.api.once", asked, algorithm="sha256").hexdigest()
