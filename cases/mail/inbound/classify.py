"""Was this written by a person for us? Pure.

What machines write is kept and never answered: two machines that answer each other never stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cases.enums import ParkReason
from cases.mail.inbound.charsets import header_text
from cases.mail.inbound.parse import Body, Head
from cases.mail.inbound.people import folded, sender

_MACHINES = re.compile(r"(mailer-daemon|postmaster|mail-daemon|maildelivery)@")
_AWAY = re.compile(
    r"(?:out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:response|reply|responder)"
    r"|respuesta autom[aá]tica|autorespuesta|auto-respuesta|contestaci[oó]n autom[aá]tica"
    r"|fuera de (?:la )?oficina|ausente de la oficina|ausencia de la oficina)\b",
    re.IGNORECASE,
)
#: RFC 3463: it is wrong (5.1) or closed (5.2.1). Not: it is full (5.2.2), we are not wanted (5.7),
#: our own address is wrong (5.1.7, 5.1.8).
_OF_THE_ADDRESS = re.compile(r"5\.(?:1\.(?![78]$)\d{1,3}|2\.1)")
_STATUS = re.compile(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_VAGUE = {"5.0.0", "5.1.0"}  # some servers say this of everything
_NOBODY = re.compile(
    r"\b(?:(?:unknown|no such) (?:user|recipient|mailbox|address|person)"
    r"|(?:user|recipient|mailbox|address|account)\b.{0,40}?"
    r"\b(?:unknown|not found|unavailable|disabled|invalid|does(?: not|n['’]t) exist))\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^([A-Za-z-]{1,40}):[ \t]*([^\n]{0,500})", re.MULTILINE)


def machine(head: Head, *, envelope_from: str | None = None) -> ParkReason | None:
    """BOUNCE, AUTOMATIC or None for a person. `envelope_from` empty: the null sender."""
    content_type = head.first("content-type").lower()
    if content_type.startswith("multipart/report"):
        receipt = "disposition-notification" in content_type
        return ParkReason.AUTOMATIC if receipt else ParkReason.BOUNCE
    if _is_automatic(head):
        return ParkReason.AUTOMATIC
    path = head.first("return-path").strip()
    if envelope_from == "" or path == "<>" or _MACHINES.match(sender(head)):
        return ParkReason.BOUNCE
    return None


def _is_automatic(head: Head) -> bool:
    submitted = head.first("auto-submitted").split(";")[0].strip().lower()
    precedence = head.first("precedence").strip().lower()
    subject = header_text(head.first("subject"), longest=250)
    return bool(
        submitted not in {"", "no"}
        or head.first("x-auto-response-suppress").strip().lower() not in {"", "none"}
        or precedence in {"bulk", "junk", "list", "auto_reply"}
        or any(name in head.fields for name in ("x-autoreply", "x-autorespond", "list-id"))
        or _AWAY.match(subject)
    )


def is_forged(head: Head) -> bool:
    """Some host on the way found that its domain did not send it.

    Anybody can write this header, so that it says "pass" counts for nothing; nobody who forges a
    sender writes "fail".
    """
    results = " ".join(head.all("authentication-results")).lower()
    return re.search(r"\bdmarc\s*=\s*fail\b", results) is not None


@dataclass(frozen=True)
class Report:
    """What a server says became of a mail of ours."""

    recipient: str
    is_final: bool
    names_the_address: bool  # no mail reaches it, not only this one
    error: str


def report(body: Body) -> Report | None:
    """The first recipient of a delivery report (RFC 3464): we send to one at a time."""
    for text in body.reports:
        fields = {name.lower(): value.strip() for name, value in reversed(_FIELD.findall(text))}
        to = fields.get("original-recipient") or fields.get("final-recipient", "")
        if not to:
            continue
        status, said = fields.get("status", ""), fields.get("diagnostic-code", "")
        return Report(
            recipient=folded(to.partition(";")[2] or to),
            is_final=fields.get("action", "").lower() == "failed" and status.startswith("5"),
            names_the_address=_names_the_address(status.split()[0] if status else "", said),
            error=f"{status} {said}".strip()[:200],
        )
    return None


def _names_the_address(status: str, said: str) -> bool:
    if status in _VAGUE:
        exact = [each for each in _STATUS.findall(said) if each not in _VAGUE]
        if not exact:
            return _NOBODY.search(said) is not None
        status = exact[0]
    return _OF_THE_ADDRESS.fullmatch(status) is not None
