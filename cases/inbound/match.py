"""Which of our mails a mail answers, and which case it's about.

Proof is something only the recipient of our mail can know: the random id of that mail, or the
signed address that replies go to. A number in the subject or in a thread's id proves nothing; it
only suggests a case to the person who looks at a parked mail.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from cases import numbers
from cases.models import Case
from cases.queries.case_mails import case_of
from cases.queries.numbered import case_numbered
from mail import reply_address
from mail.inbound.body import Body
from mail.inbound.charsets import header_text
from mail.inbound.head import Head
from mail.inbound.people import folded, recipients
from mail.models import Email
from mail.outbound.message import host

_ID = re.compile(r"<([^<>\s]{1,250})>")
_MOST = 50
_NUMBER = re.compile(r"\d[\d \xa0]{7,20}\d")  # also as our pages show it
_THREAD = re.compile(r"case-(\d{9,12})@")


@dataclass(frozen=True)
class Match:
    case: Case | None = None
    answers: Email | None = None
    thread: Email | None = None  # our mail that it answers, although about another case
    is_proven: bool = False
    is_several: bool = False  # sent to more than one case; `case` is one of them
    is_expired: bool = False  # by an address that expires


def match(head: Head, *, now: datetime, envelope_to: Sequence[str] = ()) -> Match:
    """The address someone writes to says more than the thread their program puts the mail in."""
    thread = _answered(_ids(head))
    meant = case_of(thread) if thread else None
    signed = _signed([*map(folded, envelope_to), *recipients(head)])
    cases = list(signed)
    if len(cases) > 1:
        return Match(meant if meant in cases else cases[0], thread, thread, is_several=True)
    if cases:
        answers = thread if meant in {None, cases[0]} else None
        expired = signed[cases[0]].has_expired(now)
        return Match(cases[0], answers, thread, is_proven=True, is_expired=expired)
    if meant is not None:
        return Match(meant, thread, thread, is_proven=True)
    return Match(_proposed(head), thread, thread)


def _signed(addresses: Sequence[str]) -> dict[Case, reply_address.Signed]:
    """The cases whose signed addresses it was sent to, with the newest of each."""
    newest: dict[str, reply_address.Signed] = {}
    for found in filter(None, map(reply_address.read, addresses)):
        if found.number not in newest or newest[found.number].made_on < found.made_on:
            newest[found.number] = found
    return {case: each for number, each in newest.items() if (case := _case(number))}


def is_recent_thread(found: Match, *, sender: str, now: datetime) -> bool:
    """It answers a mail that we sent to this very customer recently."""
    thread, case = found.thread, found.case
    meant = case_of(thread) if thread else None
    if thread is None or meant is None or case is None:
        return False
    since = now - timedelta(days=settings.INBOUND_THREAD_DAYS)
    return (
        meant.person == case.person
        and folded(thread.to) == sender
        and (thread.sent_at or thread.created_at) >= since
    )


def reported(head: Head, body: Body, *, envelope_to: Sequence[str] = ()) -> Email | None:
    """Which of our mails a delivery report is about."""
    for address in [*map(folded, envelope_to), *recipients(head)]:
        if (pk := reply_address.read_bounce(address)) and (
            email := _emails().filter(pk=pk).first()
        ):
            return email
    inside = [each.first("message-id") for each in body.about]
    return _answered(_ID.findall(" ".join(inside)[:2000]) + _ids(head))


def is_own(head: Head, sender: str) -> bool:
    """One of our mails came back to us, as it was or as our answer to ourselves."""
    if sender and reply_address.is_own(sender):
        return True
    ids = _ID.findall(head.first("message-id"))
    own = [each for each in ids if each.endswith(f"@{host()}")]
    return bool(own) and _answered(own) is not None


def _ids(head: Head) -> list[str]:
    """What it answers directly first, then the rest of its thread from the newest on."""
    thread = " ".join(head.all("references"))
    found = _ID.findall(" ".join(head.all("in-reply-to"))) + _ID.findall(thread)[::-1]
    return found[:_MOST]


def _answered(ids: Sequence[str]) -> Email | None:
    pks = {each: pk for each in ids if (pk := _uuid(each.partition("@")[0]))}
    remote = {name for each in ids for name in (each, each.partition("@")[0], f"<{each}>")}
    known = Q(pk__in=pks.values()) | (Q(remote_id__in=remote - {""}) & ~Q(remote_id=""))
    found = list(_emails().filter(known)[:_MOST]) if ids else []
    for each in ids:
        for email in found:
            if email.pk == pks.get(each) or email.remote_id.strip("<>") in {
                each,
                each.partition("@")[0],
            }:
                return email
    return None


def _proposed(head: Head) -> Case | None:
    subject = header_text(head.first("subject"), longest=250)
    for number in [*_THREAD.findall(" ".join(_ids(head))), *_NUMBER.findall(subject)]:
        if case := _case(number):
            return case
    return None


def _case(number: str) -> Case | None:
    try:
        number = numbers.parse(number)
    except ValidationError:
        return None
    cases = Case.objects.select_related("lease__customer__user", "contact")
    return case_numbered(number, cases)


def _emails() -> QuerySet[Email]:
    return Email.objects.select_related("template")


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
