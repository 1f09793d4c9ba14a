"""Whether a person wrote this mail to us. Pure.

Automatic mail is kept and never answered: two machines that answer each other never stop.
"""

from __future__ import annotations

import re

from mail.enums import ParkReason
from mail.inbound.charsets import header_text
from mail.inbound.head import Head
from mail.inbound.people import sender

_MACHINES = re.compile(r"(mailer-daemon|postmaster|mail-daemon|maildelivery)@")
_SERVERS = re.compile(
    r"\W*(?:mailer-daemon\b|mail delivery (?:sub)?system\b|internet mail delivery\b)", re.IGNORECASE
)
_AWAY = re.compile(
    r"(?:automatic reply|auto(?:matic)?[- ]?(?:response|reply|responder)"
    r"|(?:respuesta|contestaci[oó]n) autom[aá]tica|auto-?(?:respuesta|contestaci[oó]n))"
    r"(?:\s*$|\s*[:\[(]|\s+[-–—]\s)"
    # People also write that they're out of the office. A machine's subject has nothing else, the
    # subject it answers, or a date.
    r"|(?:out of (?:the )?office|(?:fuera|ausente|ausencia) de (?:la )?oficina)(?: autom[aá]tica?)?"
    r"(?:\s*[.!]?$|\s*[:\[(]|\s+re:|\s+(?:until|till|through|hasta)(?! que\b)[^,;]{1,25}$)",
    re.IGNORECASE,
)


def machine(head: Head, *, envelope_from: str | None = None) -> ParkReason | None:
    """BOUNCE, AUTOMATIC, or None for a person. An empty `envelope_from` is the null sender."""
    content_type = head.first("content-type").lower()
    if content_type.startswith("multipart/report"):
        receipt = "disposition-notification" in content_type
        return ParkReason.AUTOMATIC if receipt else ParkReason.BOUNCE
    if "x-failed-recipients" in head.fields or _is_server(head):
        return ParkReason.BOUNCE  # checked first, because some mark their reports as automatic
    if _is_automatic(head):
        return ParkReason.AUTOMATIC
    path = head.first("return-path").strip()
    return ParkReason.BOUNCE if envelope_from == "" or path == "<>" else None


def _is_server(head: Head) -> bool:
    """Some give a name and no address."""
    return bool(_MACHINES.match(sender(head)) or _SERVERS.match(head.first("from")[:200]))


def _is_automatic(head: Head) -> bool:
    """X-Auto-Response-Suppress asks for silence but doesn't say who wrote: Exchange sets it on
    people's mails too.
    """
    submitted = head.first("auto-submitted").split(";")[0].strip().lower()
    precedence = head.first("precedence").strip().lower()
    subject = header_text(head.first("subject"), longest=250)
    return bool(
        submitted not in {"", "no"}
        or precedence in {"bulk", "junk", "list", "auto_reply"}
        or any(name in head.fields for name in ("x-autoreply", "x-autorespond", "list-id"))
        or _AWAY.match(subject)
    )
