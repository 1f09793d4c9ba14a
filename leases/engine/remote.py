"""The engine over HTTP: one POST of JSON and one answer in time, or EngineDown.

It sends the fields of `Application` in camelCase; the limit comes back as text or number:
`{"approvalStatus": "approved", "approvalLimit": "1500.00"}`, statuses by their codes.
"""

from __future__ import annotations

import json
from decimal import Decimal
from http.client import HTTPException
from typing import Any

from common.json_post import AnswerTooLong, post_json
from leases.engine.contract import Application, Decision, EngineDown
from leases.enums import LeaseStatus as S
from leases.money import is_in_cents

ANSWERS = frozenset({S.APPROVED, S.PRE_APPROVED, S.PREQUALIFIED, S.DENIED})
_UNREADABLE = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
MOST_BYTES = 64 * 1024
MOST = Decimal("9999999.99")


def decide(application: Application, *, url: str, token: str, timeout: int) -> Decision:
    """`timeout` in seconds, for each wait and for the whole answer, in case it only trickles in."""
    try:
        return _decision(_post(url, token, _body(application), timeout))
    except (OSError, HTTPException, AnswerTooLong) as error:
        raise EngineDown(type(error).__name__) from error


def _body(application: Application) -> bytes:
    fields = application._asdict()
    fields["data"] = dict(application.data)
    fields["accountNumber"] = fields.pop("account_number")
    return json.dumps(fields).encode()


def _post(url: str, token: str, body: bytes, timeout: int) -> bytes:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = post_json(url, body, seconds=timeout, most_bytes=MOST_BYTES, headers=headers)
    if answer.status != 200:
        raise EngineDown(f"HTTP {answer.status}")
    return answer.body


def _decision(answer: bytes) -> Decision:
    try:
        fields = json.loads(answer, parse_float=Decimal)
        status = S(fields["approvalStatus"])
        limit = _limit(fields.get("approvalLimit"))
    except _UNREADABLE as error:
        raise EngineDown(f"answer unreadable: {type(error).__name__}") from error
    if status not in ANSWERS or (status == S.APPROVED) != (limit is not None):
        raise EngineDown("answer makes no sense")
    return Decision(status, limit)


def _limit(value: Any) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool):
        raise ValueError
    limit = Decimal(value)
    if not (is_in_cents(limit) and 0 < limit <= MOST):
        raise ValueError
    return limit
