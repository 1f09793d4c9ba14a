"""Mail through a provider's API: the same outbox, the same table of results."""

from __future__ import annotations

import json
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import reverse

from cases.enums import Event
from cases.models import Case, Entry
from cases.views.provider_views import provider_view
from config import mail_providers
from leases.models import Customer
from mail import outbox
from mail.enums import EmailState, SuppressionReason
from mail.models import Email, MailChannel, SuppressedAddress
from mail.outbound.send import send_mail
from mail.outbound.suppression import suppressed
from tests.mail.conftest import LEASE_MAILS, Clock
from tests.mail.provider_server import DROP, STALL, ProviderServer

pytestmark = pytest.mark.django_db
S = EmailState
SECRET = "hook:s3cret"
SETTINGS = Path(mail_providers.__file__).with_name("settings.py")


@pytest.fixture
def provider(settings: Any) -> Iterator[ProviderServer]:
    server = ProviderServer()
    settings.MAIL_PROVIDER = "postmark"
    settings.ANYMAIL = {
        "POSTMARK_API_URL": server.url,
        "POSTMARK_SERVER_TOKEN": "t0ken",
        "WEBHOOK_SECRET": SECRET,
    }
    yield server
    server.close()


def test_provider_gets_the_mail_as_it_is(
    provider: ProviderServer, open_case: Callable[..., Case], clock: Clock
) -> None:
    case = open_case()
    assert outbox.drain(now=clock).sent == 1
    [taken], mail = provider.taken, Email.objects.get()
    assert taken["To"] == "carla@example.com"
    assert str(case) in taken["Subject"]
    assert "Hola, Carla:" in taken["TextBody"]
    assert "</p>" in taken["HtmlBody"]
    headers = {each["Name"]: each["Value"] for each in taken["Headers"]}
    assert headers["Message-ID"].startswith(f"<{mail.pk}@")
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["In-Reply-To"].startswith(f"<case-{case.number}@")
    assert taken["Metadata"] == {"email": str(mail.pk)}
    assert (mail.state, mail.remote_id) == (S.SENT, "remote-1")


INACTIVE = {
    "ErrorCode": 406,
    "Message": "Found inactive addresses: carla@example.com. Inactive recipients are …",
}
# answer → state of the mail, its error, does the next mail go out in the same drain
TABLE = [
    ((400, {}), S.PENDING, "provider 400", True),
    ((422, INACTIVE), S.FAILED, "rcpt refused", True),
    ((422, {"ErrorCode": 400, "Message": "unknown sender"}), S.PENDING, "provider 422", True),
    ((413, {}), S.FAILED, "provider 413", True),
    ((401, {}), S.PENDING, "provider 401", False),
    ((429, {}), S.PENDING, "provider 429", False),
    ((500, {}), S.PENDING, "provider 500", False),
    ((503, {}), S.PENDING, "provider 503", False),
    ((504, {}), S.PENDING, "provider 504", False),
    ((200, b"what"), S.PENDING, "provider 200", False),
    ((STALL, {}), S.PENDING, "provider no answer", False),
    ((DROP, {}), S.PENDING, "provider no answer", False),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "state", "error", "goes_on"), TABLE)
def test_answer(
    answer: tuple[int, object],
    state: str,
    error: str,
    goes_on: bool,
    provider: ProviderServer,
    post: Callable[..., Email],
    clock: Clock,
    settings: Any,
) -> None:
    if answer[0] == STALL:
        settings.EMAIL_TIMEOUT = 0.3
    first = post()
    second = post(to="dan@example.com", now=clock.move(seconds=1))
    provider.answers.append(answer)
    done = outbox.drain(now=clock)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.error) == (state, error)
    assert second.state == (S.SENT if goes_on else S.PENDING)
    assert bool(done.trouble) is not goes_on
    assert MailChannel.objects.filter(name="postmark").exists() is not goes_on


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((408, {}), S.PENDING),
        ((429, {}), S.PENDING),
        ((503, {}), S.PENDING),
        ((500, {}), S.UNCERTAIN),
        ((502, {}), S.UNCERTAIN),
        ((504, {}), S.UNCERTAIN),
        ((200, b"what"), S.UNCERTAIN),
        ((STALL, {}), S.UNCERTAIN),
        ((DROP, {}), S.UNCERTAIN),
    ],
)
def test_notice_that_may_have_arrived_is_uncertain(
    answer: tuple[int, object],
    state: str,
    provider: ProviderServer,
    post: Callable[..., Email],
    clock: Clock,
    settings: Any,
) -> None:
    if answer[0] == STALL:
        settings.EMAIL_TIMEOUT = 0.3
    mail = post("plan_cancelled", params=LEASE_MAILS["plan_cancelled"])
    provider.answers.append(answer)
    outbox.drain(now=clock)
    mail.refresh_from_db()
    assert mail.state == state


def test_provider_that_is_away_took_nothing(
    provider: ProviderServer, post: Callable[..., Email], clock: Clock
) -> None:
    """Not even a notice becomes uncertain from a connection that was never made."""
    mail = post("plan_cancelled", params=LEASE_MAILS["plan_cancelled"])
    provider.close()
    outbox.drain(now=clock)
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (S.PENDING, "provider no answer")


def tell(event: dict[str, object], secret: str = SECRET) -> int:
    """What the provider reports through its webhook."""
    known = "Basic " + b64encode(secret.encode()).decode()
    return (
        Client(enforce_csrf_checks=True)
        .post(
            reverse("mail_events"),
            json.dumps(event),
            content_type="application/json",
            headers={"Authorization": known},
        )
        .status_code
    )


BOUNCE = {
    "RecordType": "Bounce", "Type": "HardBounce", "TypeCode": 1, "MessageID": "remote-1",
    "Email": "carla@example.com", "BouncedAt": "2026-11-18T16:33:54Z", "Description": "unknown",
}  # fmt: skip


@pytest.fixture
def sent(provider: ProviderServer, open_case: Callable[..., Case], clock: Clock) -> Email:
    open_case()
    send_mail(now=clock)
    return Email.objects.get()


@pytest.mark.parametrize("by", ["metadata", "remote_id"])
def test_bounce_reported_later_is_a_task_for_an_agent(by: str, sent: Email) -> None:
    event = BOUNCE | {"Metadata": {"email": str(sent.pk)}} if by == "metadata" else BOUNCE
    if by == "metadata":
        Email.objects.update(remote_id="")
    assert tell(event) == 200
    sent.refresh_from_db()
    assert (sent.state, sent.error) == (S.FAILED, "provider bounced bounced")
    assert SuppressedAddress.objects.in_force().get().email == sent
    assert Entry.objects.get(event=Event.MAIL_BOUNCED).case == sent.casemail.case


def test_complaint(sent: Email) -> None:
    event = BOUNCE | {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 512}
    assert tell(event) == 200
    assert SuppressedAddress.objects.get().reason == SuppressionReason.COMPLAINED


def test_refusal_that_is_about_us_suppresses_nobody(sent: Email) -> None:
    assert tell(BOUNCE | {"Type": "DMARCPolicy", "TypeCode": 100009}) == 200
    sent.refresh_from_db()
    assert sent.state == S.FAILED
    assert not SuppressedAddress.objects.exists()


def test_report_may_overtake_the_delivery(sent: Email, clock: Clock) -> None:
    owned = {"owner": uuid.uuid4(), "claimed_until": clock.now, "sent_at": None}
    Email.objects.update(state=S.SENDING, **owned)
    assert tell(BOUNCE | {"Metadata": {"email": str(sent.pk)}}) == 200
    assert SuppressedAddress.objects.exists()
    sent.refresh_from_db()
    assert (sent.state, sent.owner) == (S.FAILED, None)


@pytest.mark.parametrize("kind", ["bounce", "complaint"])
def test_mail_of_another_application_of_the_account(
    kind: str, sent: Email, carla: Customer
) -> None:
    """It's ignored, unless it went to one of our people."""
    event = BOUNCE | {"MessageID": "theirs"}
    if kind == "complaint":
        event |= {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 512}
    assert tell(event | {"Email": "stranger@example.net"}) == 200
    assert not SuppressedAddress.objects.exists()
    assert tell(event) == 200
    assert SuppressedAddress.objects.get().address == carla.email


@pytest.mark.parametrize(
    "fields",
    [
        {"Email": "a" * 300 + "@example.com"},
        {"Email": "carla\0@example.com"},
        {"MessageID": "remote\0"},
        {"Metadata": {"email": 7}, "MessageID": "r" * 300},
    ],
)
def test_unreadable_report_is_not_asked_for_again(fields: dict[str, Any], sent: Email) -> None:
    assert tell(BOUNCE | {"Email": "stranger@example.net"} | fields) == 200
    sent.refresh_from_db()
    assert sent.state == S.SENT


def test_late_report_about_the_former_address(sent: Email) -> None:
    """The mail has since gone to the new one."""
    Email.objects.update(to="carla.pena@example.com")
    assert tell(BOUNCE | {"Email": "former@example.com"}) == 200
    sent.refresh_from_db()
    assert sent.state == S.SENT
    assert not SuppressedAddress.objects.exists()


def test_provider_writes_an_address_its_own_way(sent: Email) -> None:
    Email.objects.update(to="ana@münchen.example")
    assert tell(BOUNCE | {"Email": "Ana@xn--mnchen-3ya.example"}) == 200
    sent.refresh_from_db()
    assert sent.state == S.FAILED
    assert suppressed([sent.to])


def test_nothing_follows_from_a_delivery(sent: Email) -> None:
    event = BOUNCE | {"RecordType": "Delivery", "DeliveredAt": "2026-11-18T16:33:54Z"}
    assert tell(event) == 200
    sent.refresh_from_db()
    assert sent.state == S.SENT


def test_only_the_provider_may_tell(sent: Email, settings: Any) -> None:
    assert tell(BOUNCE, "hook:guess") == 400
    settings.ANYMAIL = {}
    assert tell(BOUNCE) == 404
    assert not SuppressedAddress.objects.exists()


def test_provider_may_ask_for_the_address(provider: ProviderServer, settings: Any) -> None:
    address = reverse("mail_events")
    assert Client().head(address).status_code == 200
    assert Client().get(address).status_code == 405
    settings.ANYMAIL = {}
    assert Client().head(address).status_code == 404


@pytest.mark.parametrize(
    ("names", "taught"),
    [
        ({"MAIL_PROVIDER": "pigeon"}, "Known: brevo, mailersend.* by SMTP"),
        ({"MAIL_PROVIDER": "Postmark"}, "ANYMAIL_POSTMARK_SERVER_TOKEN isn’t set"),
        ({"INBOUND_PROVIDER": "pigeon"}, "INBOUND_PROVIDER='pigeon' is unknown"),
        ({"INBOUND_PROVIDER": "postmark"}, "ANYMAIL_WEBHOOK_SECRET isn’t set"),
        (
            {"INBOUND_PROVIDER": "postmark", "ANYMAIL_WEBHOOK_SECRET": "secret"},
            "ANYMAIL_WEBHOOK_SECRET isn’t name:password",
        ),
        (
            {"INBOUND_PROVIDER": "resend", "ANYMAIL_WEBHOOK_SECRET": SECRET},
            "ANYMAIL_RESEND_API_KEY isn’t set, which INBOUND_PROVIDER=resend needs",
        ),
        (
            {
                "MAIL_PROVIDER": "mailersend",
                "ANYMAIL_MAILERSEND_API_TOKEN": "t0ken",
                "ANYMAIL_WEBHOOK_SECRET": SECRET,
            },
            "ANYMAIL_MAILERSEND_SIGNING_SECRET isn’t set, which what it tells at /mail-events/",
        ),
    ],
)
def test_wrong_settings_stop_the_start(
    names: dict[str, str], taught: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=taught):
        run_path(str(SETTINGS))


def test_right_settings_start(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {
        "MAIL_PROVIDER": "Postmark",
        "INBOUND_PROVIDER": "mailgun",
        "ANYMAIL_POSTMARK_SERVER_TOKEN": "t0ken",
        "ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY": "k3y",
        "ANYMAIL_WEBHOOK_SECRET": SECRET,
    }
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    read = run_path(str(SETTINGS))
    assert (read["MAIL_PROVIDER"], read["INBOUND_PROVIDER"]) == ("postmark", "mailgun")
    assert read["ANYMAIL"]["POSTMARK_SERVER_TOKEN"] == "t0ken"


@pytest.mark.parametrize("name", sorted(mail_providers.SENDING))
def test_every_provider_can_be_spoken_to(name: str, settings: Any) -> None:
    """With no more than what the tables name."""
    from mail.outbound.provider import ProviderChannel  # noqa: PLC0415

    settings.ANYMAIL = dict.fromkeys(mail_providers.SENDING[name], "https://x.example")
    way = ProviderChannel(name)
    assert way.open() is None
    way.close()
    for kind, table in (("Tracking", mail_providers.EVENTS), ("Inbound", mail_providers.INBOUND)):
        settings.ANYMAIL = dict.fromkeys(table[name], "k3y") | {"WEBHOOK_SECRET": SECRET}
        view = provider_view(name, kind).as_view()  # type: ignore[arg-type]
        posted = RequestFactory().post("/", {}, content_type="application/json")
        with suppress(SuspiciousOperation):  # anymail's: not signed
            view(posted)
