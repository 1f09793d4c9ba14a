"""A mail provider's API through django-anymail, as a way out like SMTP.

A missing answer is judged the same way: before the request was sent, nothing was sent; after it, no
one knows.
"""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from anymail.exceptions import (
    AnymailAPIError,
    AnymailError,
    AnymailRecipientsRefused,
)
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string
from requests.exceptions import ConnectTimeout, RequestException
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError

from mail.answers import NO_ANSWER, Answer, Outcome
from mail.models import Email
from mail.outbound.message import message

#: A key in the mail's metadata, which providers send back with their reports.
EMAIL = "email"
_STAGE = "provider"
_OURS = (
    "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress",
    "Content-Language",
)  # fmt: skip


class ProviderChannel:
    def __init__(self, name: str) -> None:
        self.name = name
        self._backend: Any = None

    def open(self) -> Answer | None:
        """The connection is opened with the first mail."""
        if self._backend is None:
            self._backend = import_string(f"anymail.backends.{self.name}.EmailBackend")()
            self._backend.open()
        return None

    def prepare(self, mail: Email) -> EmailMultiAlternatives:
        """The same mail as over SMTP, in separate fields."""
        made = message_from_bytes(message(mail), _class=EmailMessage, policy=default)
        plain, html = (made.get_body([each]) for each in ("plain", "html"))
        letter = EmailMultiAlternatives(
            subject=made["Subject"],
            body=plain.get_content() if plain else "",
            from_email=made["From"],
            to=[made["To"]],
            reply_to=[made["Reply-To"]] if made["Reply-To"] else None,
            headers={name: made[name] for name in _OURS if made[name]},
        )
        letter.attach_alternative(html.get_content() if html else "", "text/html")
        letter.metadata = {EMAIL: str(mail.pk)}  # type: ignore[attr-defined]
        return letter

    def deliver(
        self, prepared: EmailMultiAlternatives, *, seconds: float, hold: Callable[[], bool]
    ) -> Answer:
        self._backend.timeout = min(seconds, settings.EMAIL_TIMEOUT)
        try:
            self._backend.send_messages([prepared])
        except AnymailRecipientsRefused:
            return Answer(Outcome.NEVER, "rcpt", why="refused")
        except AnymailAPIError as error:
            return judge_failure(error)
        except AnymailError as error:  # before the request: this mail can't be expressed
            return Answer(Outcome.NEVER, "render", why=type(error).__name__)
        told = prepared.anymail_status.message_id  # type: ignore[attr-defined]
        return Answer(Outcome.SENT, remote_id=told if isinstance(told, str) else "")

    def close(self) -> None:
        if self._backend is not None:
            self._backend.close()


def judge_failure(error: AnymailAPIError) -> Answer:
    """Judges an HTTP answer."""
    code = error.status_code
    if code is None:
        outcome = Outcome.AWAY if _never_left(error) else Outcome.UNKNOWN
        return Answer(outcome, _STAGE, why=NO_ANSWER)
    if code in {401, 402, 403}:
        return Answer(Outcome.REFUSING, _STAGE, code)
    if code in {408, 429, 503}:  # these mean that nothing was done
        return Answer(Outcome.AWAY, _STAGE, code)
    if code < 300 or code >= 500:  # accepted with an answer we can't read, or lost behind the door
        return Answer(Outcome.UNKNOWN, _STAGE, code)
    if code == 413:
        return Answer(Outcome.NEVER, _STAGE, code)
    # Often the fault of our account's settings, not of the mail: it stays, and fails after days.
    return Answer(Outcome.LATER, _STAGE, code)


def _never_left(error: BaseException | None) -> bool:
    """No connection was made, so nothing was sent."""
    seen: BaseException | None = error
    for _ in range(10):
        if isinstance(seen, ConnectTimeout | NewConnectionError | NameResolutionError):
            return True
        if not isinstance(seen, RequestException | HTTPError | AnymailError):
            return False
        reason = getattr(seen, "reason", None)
        inner = next((each for each in seen.args if isinstance(each, HTTPError)), None)
        seen = reason if isinstance(reason, HTTPError) else inner or seen.__cause__
    return False
