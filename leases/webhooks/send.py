"""Sends what is due. Any number of senders may run at once.

Threads make the requests, one endpoint each. Only this thread uses the database, and no transaction
is open in the meantime. A slow endpoint only delays itself.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone

from leases.enums import DeliveryError, DeliveryState
from leases.models import WebhookDelivery
from leases.webhooks import backoff, claim, wire
from leases.webhooks.addresses import RefusedError, target
from leases.webhooks.payload import payload
from leases.webhooks.signature import signed_headers
from mail.claims import time_limit

log = logging.getLogger(__name__)

ENDPOINTS_AT_ONCE = 16
#: Less than the worker's time limit for a task.
SECONDS = 60.0
#: The share of a claim's time for all that was claimed together: the results are written before it
#: ends.
SHARE_OF_CLAIM = 0.5
#: After these, nothing else is tried at the endpoint for a while.
_BUSY = {429, 502, 503, 504}
_NO_ANSWER = {
    DeliveryError.TIME_OUT, DeliveryError.CONNECTION, DeliveryError.TLS, DeliveryError.DNS,
    DeliveryError.ADDRESS,
}  # fmt: skip


class EndpointAnswer(NamedTuple):
    status: int | None
    error: str

    @property
    def ends_batch(self) -> bool:
        return self.error in _NO_ANSWER or self.status in _BUSY or self.status == 410


@dataclass
class Sent:
    delivered: int = 0
    later: int = 0
    failed: int = 0
    lost: int = 0  # another sender took it over in the meantime
    swept: int = 0

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in vars(self).items() if value)


Batch = list[WebhookDelivery]


def send_due(
    *,
    now: Callable[[], datetime] = timezone.now,
    seconds: float = SECONDS,
    stop: Callable[[], bool] = lambda: False,
) -> Sent:
    """Runs until nothing is due, or `seconds` or `stop` end it; what was begun is finished."""
    done = Sent(swept=claim.sweep(now=now()))
    until = time.monotonic() + seconds
    talking: dict[Future[list[EndpointAnswer]], Batch] = {}

    def next_batch() -> Batch:
        if len(talking) == ENDPOINTS_AT_ONCE or stop() or time.monotonic() > until:
            return []
        busy = {batch[0].endpoint_id for batch in talking.values()}
        return claim.claim(owner=uuid.uuid4(), busy=busy, now=now())

    with ThreadPoolExecutor(ENDPOINTS_AT_ONCE, thread_name_prefix="webhook") as threads:
        while True:
            while batch := next_batch():
                # Written here, where the database is.
                bodies = [payload(delivery.event) for delivery in batch]
                talking[threads.submit(_talk, batch, bodies, now, stop)] = batch
            if not talking:
                return done
            for future in wait(talking, return_when=FIRST_COMPLETED).done:
                _record_all(talking.pop(future), future.result(), done, now())


def _talk(
    batch: Batch, bodies: list[bytes], now: Callable[[], datetime], stop: Callable[[], bool]
) -> list[EndpointAnswer]:
    """One after the other; stops early if going on makes no sense. Doesn't use the database."""
    answers: list[EndpointAnswer] = []
    deadline = time.monotonic() + time_limit().total_seconds() * SHARE_OF_CLAIM
    for delivery, body in zip(batch, bodies, strict=True):
        seconds = min(wire.SECONDS, deadline - time.monotonic())
        if answers and (answers[-1].ends_batch or seconds < wire.SECONDS or stop()):
            break
        answers.append(_post(delivery, body, now(), seconds))
    return answers


def _post(delivery: WebhookDelivery, body: bytes, now: datetime, seconds: float) -> EndpointAnswer:
    endpoint = delivery.endpoint
    if not endpoint.is_active:
        return EndpointAnswer(None, DeliveryError.OFF)
    try:
        headers = signed_headers(endpoint.secret, str(delivery.pk), now, body)
        status = wire.post(target(endpoint.url), headers, body, seconds=seconds)
    except RefusedError as refused:
        return EndpointAnswer(None, refused.args[0])
    except ValidationError:  # saved under other settings
        return EndpointAnswer(None, DeliveryError.ADDRESS)
    except Exception:  # one message must not stop the others
        log.exception("webhook_fault id=%s", delivery.pk)
        return EndpointAnswer(None, DeliveryError.FAULT)
    if 200 <= status < 300:
        return EndpointAnswer(status, "")
    if 300 <= status < 400:
        return EndpointAnswer(status, DeliveryError.REDIRECT)
    return EndpointAnswer(status, DeliveryError.GONE if status == 410 else DeliveryError.ANSWER)


def _record_all(batch: Batch, answers: list[EndpointAnswer], done: Sent, now: datetime) -> None:
    for delivery, answer in zip(batch, answers, strict=False):
        _record(delivery, answer, done, now)
    for delivery in batch[len(answers) :]:
        claim.release(delivery)
    endpoint, last = batch[0].endpoint, answers[-1]
    if last.status == 410:
        claim.switch_off(endpoint)
        log.warning("webhook_switched_off endpoint=%s", endpoint.pk)
    elif last.ends_batch:
        waited = now - min(delivery.created_at for delivery in batch)
        claim.hold_back(endpoint, now + backoff.pause(waited))
        if waited > backoff.OLDEST:
            done.failed += claim.give_up_old(endpoint, error=last.error, now=now)


def _record(delivery: WebhookDelivery, answer: EndpointAnswer, done: Sent, now: datetime) -> None:
    state = _state_after(delivery, answer, now)
    wait_for = backoff.delay(delivery.attempts)
    if not claim.finish(
        delivery, state, now=now, status=answer.status, error=answer.error, wait=wait_for
    ):
        done.lost += 1
        log.warning("webhook_taken_over id=%s", delivery.pk)
        return
    if state == DeliveryState.DELIVERED:
        done.delivered += 1
        return
    if state == DeliveryState.PENDING:
        done.later += 1
    else:
        done.failed += 1
    log.warning("webhook_not_delivered id=%s state=%s error=%s", delivery.pk, state, answer.error)


def _state_after(delivery: WebhookDelivery, answer: EndpointAnswer, now: datetime) -> DeliveryState:
    if not answer.error:
        return DeliveryState.DELIVERED
    over = (
        answer.error in {DeliveryError.GONE, DeliveryError.OFF}
        or delivery.attempts >= backoff.MOST_ATTEMPTS
        or now - delivery.created_at > backoff.OLDEST
    )
    return DeliveryState.FAILED if over else DeliveryState.PENDING
