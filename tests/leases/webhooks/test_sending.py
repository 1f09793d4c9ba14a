"""Messages arrive, again if necessary, and one merchant's trouble isn't another's."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from config.celery import app
from leases import tasks
from leases.enums import DeliveryError, DeliveryState
from leases.models import Lease, Store, WebhookDelivery, WebhookEndpoint
from leases.webhooks import backoff, claim, wire
from leases.webhooks.addresses import Target
from leases.webhooks.send import Sent, send_due
from mail.claims import time_limit
from tests.leases.webhooks.listener import DRIP, DROP, FLOOD, HANG, Listener, answer
from tests.leases.webhooks.outbox_rows import add_delivery
from tests.patience import PATIENCE

MakeEndpoint = Callable[..., WebhookEndpoint]
S = DeliveryState
MINUTE = timedelta(minutes=1)


@pytest.fixture
def delivery(endpoint: WebhookEndpoint, lease: Lease) -> WebhookDelivery:
    return WebhookDelivery.objects.get()


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "SECONDS", 20.0)


@pytest.fixture
def impatient_with_silence(
    listener: Listener, unhurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And with nothing else: on a busy machine, an answer takes its time."""
    post = wire.post

    def timed(to: Target, *args: Any, seconds: float) -> int:
        is_silent = to.port == listener.port and listener.answers[:1] in ([HANG], [DRIP])
        return post(to, *args, seconds=0.3 if is_silent else seconds)

    monkeypatch.setattr(wire, "post", timed)


def send(at: datetime) -> Sent:
    return send_due(now=lambda: at)


def ended(delivery: WebhookDelivery) -> tuple[str, int | None, str]:
    delivery.refresh_from_db()
    assert delivery.owner is None
    return delivery.state, delivery.response_status, delivery.error


def test_it_is_delivered_signed(
    delivery: WebhookDelivery, listener: Listener, now: datetime
) -> None:
    listener.answers = [answer(204)]
    assert send(now) == Sent(delivered=1)
    assert ended(delivery) == (S.DELIVERED, 204, "")
    assert (delivery.attempts, delivery.delivered_at) == (1, now)
    (request,) = listener.requests
    assert request.line == "POST /puente?a=1 HTTP/1.1"
    assert request.headers["host"] == f"127.0.0.1:{listener.port}"
    assert request.headers["content-type"] == "application/json; charset=utf-8"
    assert json.loads(request.body)["data"]["accountNumber"] == "104477312"
    headers = request.headers
    assert headers["webhook-id"] == str(delivery.pk)
    assert headers["webhook-timestamp"] == str(int(now.timestamp()))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + request.body
    key = base64.b64decode(delivery.endpoint.secret.removeprefix("whsec_"))
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()
    assert send(now) == Sent()
    assert len(listener.requests) == 1


def test_an_error_is_tried_again_under_the_same_id(
    delivery: WebhookDelivery, listener: Listener, now: datetime
) -> None:
    listener.answers = [answer(500)]
    assert send(now) == Sent(later=1)
    assert ended(delivery) == (S.PENDING, 500, DeliveryError.ANSWER)
    assert now <= delivery.next_attempt_at <= now + backoff.FIRST
    assert send(now + MINUTE) == Sent(delivered=1)
    assert ended(delivery) == (S.DELIVERED, 200, "")
    first, second = listener.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert first.body == second.body


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        (answer(400), 400, DeliveryError.ANSWER),
        (answer(503), 503, DeliveryError.ANSWER),
        (answer(302, "Location: http://169.254.169.254/"), 302, DeliveryError.REDIRECT),
        (b"SSH-2.0-OpenSSH_9.9\r\n", None, DeliveryError.NOT_HTTP),
        (DROP, None, DeliveryError.NOT_HTTP),
        (FLOOD, None, DeliveryError.NOT_HTTP),
        (HANG, None, DeliveryError.TIME_OUT),
        (DRIP, None, DeliveryError.TIME_OUT),
    ],
)
def test_whatever_it_answers(
    words: bytes, status: int | None, error: str, delivery: WebhookDelivery, listener: Listener,
    impatient_with_silence: None, now: datetime,
) -> None:  # fmt: skip
    listener.answers = [words]
    began = time.monotonic()
    assert send(now) == Sent(later=1)
    assert time.monotonic() - began < PATIENCE / 2  # and not until the other side gives up
    assert ended(delivery) == (S.PENDING, status, error)
    assert listener.connections == 1


def test_interim_answers_and_huge_ones_count_by_their_status(
    delivery: WebhookDelivery, listener: Listener, now: datetime
) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    listener.answers = [hints + b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 50_000_000]
    assert send(now) == Sent(delivered=1)


def test_a_redirect_leads_nowhere(
    delivery: WebhookDelivery, listener: Listener, now: datetime
) -> None:
    other = Listener()
    listener.answers = [answer(307, f"Location: {other.url()}")]
    send(now)
    assert ended(delivery) == (S.PENDING, 307, DeliveryError.REDIRECT)
    other.close()
    assert other.connections == 0


def test_a_closed_port(delivery: WebhookDelivery, listener: Listener, now: datetime) -> None:
    listener.close()
    assert send(now) == Sent(later=1)
    assert ended(delivery) == (S.PENDING, None, DeliveryError.CONNECTION)


def test_a_private_address_is_refused_as_it_is_sent(
    make_endpoint: MakeEndpoint, make_lease: Callable[..., Lease], carla: Any, now: datetime
) -> None:
    """Saved when its name still led elsewhere."""
    inside = Listener()
    make_endpoint(inside.url())
    make_lease(carla)
    assert send(now) == Sent(later=1)
    assert ended(WebhookDelivery.objects.get()) == (S.PENDING, None, DeliveryError.ADDRESS)
    inside.close()
    assert inside.connections == 0


def test_gone_switches_the_endpoint_off(
    delivery: WebhookDelivery, endpoint: WebhookEndpoint, listener: Listener, now: datetime
) -> None:
    waiting = add_delivery(delivery, now)
    listener.answers = [answer(410)]
    assert send(now) == Sent(failed=2)
    assert ended(delivery) == (S.FAILED, 410, DeliveryError.GONE)
    assert ended(waiting) == (S.FAILED, None, DeliveryError.OFF)
    endpoint.refresh_from_db()
    assert not endpoint.is_active
    assert listener.connections == 1


def test_it_is_given_up_after_the_last_attempt(
    delivery: WebhookDelivery, listener: Listener, now: datetime
) -> None:
    listener.answers = [answer(500)] * 20
    at, attempts = now, 0
    while send(at) != Sent():
        attempts += 1
        at += backoff.LONGEST
        if attempts < backoff.MOST_ATTEMPTS:
            WebhookDelivery.objects.update(created_at=at)  # so that it is not given up for its age
    assert attempts == backoff.MOST_ATTEMPTS == len(listener.requests)
    assert ended(delivery) == (S.FAILED, 500, DeliveryError.ANSWER)


def test_what_waited_for_days_is_given_up_together(
    delivery: WebhookDelivery, listener: Listener, now: datetime
) -> None:
    others = [add_delivery(delivery, now) for _ in range(15)]
    listener.close()
    assert send(now + backoff.OLDEST - MINUTE) == Sent(later=1)
    assert send(now + backoff.OLDEST + 30 * MINUTE) == Sent(failed=16)
    assert {ended(each)[0] for each in (delivery, *others)} == {S.FAILED}


def test_pauses_grow_to_hours_and_days() -> None:
    bounds = [backoff.delay(number, draw=1) for number in range(1, backoff.MOST_ATTEMPTS + 1)]
    assert bounds == sorted(bounds)
    assert (bounds[0], bounds[-1]) == (backoff.FIRST, timedelta(hours=24))
    assert timedelta(days=5) < sum(bounds[:-1], timedelta()) < timedelta(days=6)
    assert all(timedelta(0) <= backoff.delay(3) <= bounds[2] for _ in range(100))
    assert backoff.pause(timedelta(0), draw=1) == backoff.SHORTEST_PAUSE
    assert backoff.pause(timedelta(days=9), draw=0) == backoff.LONGEST_PAUSE / 2


# --- one merchant's trouble ----------------------------------------------------------------------


def test_a_hanging_endpoint_is_left_alone_and_holds_up_nobody(
    delivery: WebhookDelivery, endpoint: WebhookEndpoint, listener: Listener,
    make_endpoint: MakeEndpoint, impatient_with_silence: None, now: datetime,
) -> None:  # fmt: skip
    quick = Listener()
    other = make_endpoint(quick.url())
    for _ in range(30):
        add_delivery(delivery, now)
        add_delivery(delivery, now, endpoint=other)
    listener.answers = [HANG] * 40
    began = time.monotonic()
    assert send(now) == Sent(delivered=30, later=1)
    assert time.monotonic() - began < PATIENCE / 2
    quick.close()
    assert (len(quick.requests), listener.connections) == (30, 1)
    untouched = WebhookDelivery.objects.filter(endpoint=endpoint, attempts=0, state=S.PENDING)
    assert untouched.count() == 30
    endpoint.refresh_from_db()
    assert endpoint.paused_until is not None
    assert now < endpoint.paused_until <= now + backoff.SHORTEST_PAUSE
    assert send(now) == Sent()
    listener.answers = []
    assert send(now + MINUTE) == Sent(delivered=31)


def test_an_error_of_one_message_does_not_stop_the_others(
    delivery: WebhookDelivery, listener: Listener, now: datetime
) -> None:
    add_delivery(delivery, now)
    listener.answers = [answer(500)]
    assert send(now) == Sent(delivered=1, later=1)


def test_an_endpoint_that_cannot_be_signed_for_stops_nobody(
    delivery: WebhookDelivery, make_endpoint: MakeEndpoint, listener: Listener, now: datetime
) -> None:
    broken = make_endpoint(listener.url("/2"))
    WebhookEndpoint.objects.filter(pk=broken.pk).update(secret="whsec_?")
    fault = add_delivery(delivery, now, endpoint=broken)
    assert send(now) == Sent(delivered=1, later=1)
    assert ended(fault) == (S.PENDING, None, DeliveryError.FAULT)


# --- who died, and who comes after ----------------------------------------------------------------


def test_what_a_sender_left_behind_is_sent_again(
    delivery: WebhookDelivery, listener: Listener, now: datetime
) -> None:
    (died,) = claim.claim(owner=uuid.uuid4(), busy=[], now=now)
    assert send(now + time_limit()) == Sent()
    later = now + time_limit() + timedelta(seconds=1)
    assert send(later) == Sent(delivered=1, swept=1)
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.state) == (2, S.DELIVERED)
    # The first one was only slow: it finds the message taken over and changes nothing.
    assert not claim.finish(
        died, S.FAILED, now=later, status=500, error="answer", wait=timedelta(0)
    )
    claim.release(died)
    assert ended(delivery) == (S.DELIVERED, 200, "")


def test_what_died_with_its_last_attempt_is_given_up(
    delivery: WebhookDelivery, listener: Listener, now: datetime
) -> None:
    WebhookDelivery.objects.update(attempts=backoff.MOST_ATTEMPTS - 1)
    claim.claim(owner=uuid.uuid4(), busy=[], now=now)
    assert send(now + time_limit() + timedelta(seconds=1)) == Sent(swept=1)
    assert ended(delivery) == (S.FAILED, None, DeliveryError.INTERRUPTED)


def test_stopping_gives_back_what_was_not_begun(
    delivery: WebhookDelivery, listener: Listener, now: datetime
) -> None:
    second = add_delivery(delivery, now, created_at=now + MINUTE)  # the oldest one goes first

    def stop() -> bool:
        return bool(listener.requests)

    assert send_due(now=lambda: now, stop=stop) == Sent(delivered=1)
    second.refresh_from_db()
    assert (second.state, second.attempts, second.owner) == (S.PENDING, 0, None)


def test_no_transaction_is_open_meanwhile(
    delivery: WebhookDelivery, listener: Listener, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths: list[int] = []
    outside = len(connection.savepoint_ids)
    ours = claim.finish

    def finish(*args: Any, **fields: Any) -> bool:
        depths.append(len(connection.savepoint_ids))
        return ours(*args, **fields)

    monkeypatch.setattr(claim, "finish", finish)
    send(now)
    assert depths == [outside]


def test_the_beat_sends(delivery: WebhookDelivery, listener: Listener, now: datetime) -> None:
    WebhookDelivery.objects.update(next_attempt_at=now - timedelta(days=400), created_at=now)
    assert app.conf.beat_schedule["send-webhooks"]["task"] == tasks.send_webhooks.name
    tasks.send_webhooks()
    assert ended(delivery)[0] == S.DELIVERED


# --- TLS ------------------------------------------------------------------------------------------


@pytest.fixture
def certificates(tmp_path: Any) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's, for the name hooks.luna.example, and a client's that trusts it."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hooks.luna.example")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        # On any day: OpenSSL uses the machine's own clock, not the suite's.
        .not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.luna.example")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "certificate.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))


def test_a_certificate_nobody_vouches_for(
    certificates: Any, make_endpoint: MakeEndpoint, private_allowed: None,
    make_lease: Callable[..., Lease], carla: Any, now: datetime,
) -> None:  # fmt: skip
    server = Listener(certificates[0])
    make_endpoint(server.url())
    make_lease(carla)
    assert send(now) == Sent(later=1)
    server.close()
    assert ended(WebhookDelivery.objects.get()) == (S.PENDING, None, DeliveryError.TLS)
    assert server.requests == []


@pytest.mark.parametrize(
    ("host", "result"), [("hooks.luna.example", ""), ("other.luna.example", DeliveryError.TLS)]
)
def test_the_address_that_was_checked_is_used_under_the_name(
    host: str, result: str, certificates: Any, make_endpoint: MakeEndpoint, private_allowed: None,
    make_lease: Callable[..., Lease], carla: Any, now: datetime, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The name is looked up once; a second, different answer is never asked for."""
    import socket  # noqa: PLC0415

    asked: list[str] = []
    system = socket.getaddrinfo

    def look_up(name: str, *args: Any, **fields: Any) -> Any:
        if name.endswith(".example"):
            asked.append(name)
            name = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return system(name, *args, **fields)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(wire, "_tls", lambda: certificates[1])
    server = Listener(certificates[0])
    make_endpoint(server.url(host=host))
    make_lease(carla)
    send(now)
    server.close()
    assert ended(WebhookDelivery.objects.get())[2] == result
    assert asked == [host]
    hosts = [request.headers["host"] for request in server.requests]
    assert hosts == ([] if result else [f"{host}:{server.port}"])


def test_claims_are_read_from_their_indexes(delivery: WebhookDelivery, luna: Store) -> None:
    """With many rows behind; see webhook_waiting in the model."""
    done = [
        WebhookDelivery(
            endpoint=delivery.endpoint, event=delivery.event, replay_of=delivery,
            state=S.DELIVERED, next_attempt_at=delivery.next_attempt_at,
            created_at=delivery.created_at,
        )
        for _ in range(3000)
    ]  # fmt: skip
    WebhookDelivery.objects.bulk_create(done)
    values = {
        "now": delivery.created_at, "busy": [], "size": 10, "owner": uuid.uuid4(),
        "until": delivery.created_at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE leases_webhookdelivery")
        cursor.execute("EXPLAIN " + claim._CLAIM, values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "webhook_waiting" in plan
    assert "Seq Scan on leases_webhookdelivery" not in plan
