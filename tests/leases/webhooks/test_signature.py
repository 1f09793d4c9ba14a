"""Messages are signed by the Standard Webhooks conventions."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from leases.enums import LeaseStatus
from leases.models import Customer, Lease, StatusEvent
from leases.webhooks.payload import payload
from leases.webhooks.signature import new_secret, signature, signed_headers

# The worked example that the conventions publish with their libraries.
EXAMPLE = {
    "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "message_id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "timestamp": 1614265330,
    "body": b'{"test": 2432232314}',
}


def test_the_published_example() -> None:
    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signature(**EXAMPLE) == expected  # type: ignore[arg-type]


def test_headers_are_verified_by_somebody_elses_code(now: datetime) -> None:
    secret, body = new_secret(), "{“ñ”}".encode()
    headers = signed_headers(secret, "abc", now, body)
    assert headers["webhook-timestamp"] == str(int(now.timestamp()))
    key = base64.b64decode(secret.split("_")[1])
    assert len(key) == 32
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"


def test_secrets_differ() -> None:
    assert len({new_secret() for _ in range(50)}) == 50


def told(event: StatusEvent) -> dict[str, Any]:
    return json.loads(payload(event))  # type: ignore[no-any-return]


def test_the_message_has_api_names_and_nobodys_name(lease: Lease, now: datetime) -> None:
    event = lease.status_events.get()
    with override("es"):
        message = told(event)
    assert message == {
        "type": "lease.status_changed",
        "timestamp": "2026-11-18T16:00:00.000Z",
        "data": {
            "applicationId": str(lease.application_id),
            "accountNumber": "104477312",
            "approvalStatus": "Approved",
            "previousStatus": None,
            "rule": "application",
            "approvalLimit": "1500.00",
            "occurredAt": "2026-11-18T16:00:00.000Z",
            "happenedAt": "2026-11-18T16:00:00.000Z",
        },
    }
    assert now == datetime(2026, 11, 18, 16, tzinfo=UTC)


def test_a_denial_has_no_limit(make_lease: Callable[..., Lease], carla: Customer) -> None:
    lease = make_lease(carla, decision=LeaseStatus.DENIED)
    data = told(lease.status_events.get())["data"]
    assert (data["approvalStatus"], data["approvalLimit"]) == ("Denied", None)


def test_the_example_for_merchants_knows_ours_from_others(lease: Lease) -> None:
    text = (settings.BASE_DIR / "docs/api/webhooks.md").read_text()
    names: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", text, re.S)[0], names)
    is_from_puente = names["is_from_puente"]
    secret, body = new_secret(), payload(lease.status_events.get())
    headers = signed_headers(secret, "abc", timezone.now(), body)
    assert is_from_puente(secret, headers, body)
    assert not is_from_puente(new_secret(), headers, body)
    assert not is_from_puente(secret, headers, body + b" ")
    assert not is_from_puente(secret, headers | {"webhook-id": "abd"}, body)
    old = signed_headers(secret, "abc", timezone.now() - timedelta(minutes=6), body)
    assert not is_from_puente(secret, old, body)
