"""A mail that came in becomes an entry of its case, or waits for a person. It is never dropped."""

from __future__ import annotations

import hashlib
import io
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from cases import evidence
from cases.actions.add_customer_message import add_words, language_of
from cases.actions.bounces import bounced
from cases.actions.change import locked
from cases.actions.evidence import Kept, Upload, kept
from cases.enums import (
    Channel,
    Event,
    InboundSource,
    InboundState,
    ParkReason,
    SuppressionReason,
)
from cases.evidence.errors import refuse
from cases.mail.inbound.classify import is_forged, machine, report
from cases.mail.inbound.letter import LONGEST_TEXT, Letter, read_letter
from cases.mail.inbound.match import Match, is_own, match, reported
from cases.mail.inbound.parse import Attachment
from cases.mail.inbound.people import folded
from cases.models import Case, Entry, InboundMail

log = logging.getLogger(__name__)

#: For all files of one mail: with the rest less than the worker's time limit for a task.
SECONDS = 40.0


@dataclass(frozen=True)
class Arrived:
    """`raw` is only the head of a mail of `size` bytes that was too large to take."""

    _: KW_ONLY
    raw: bytes
    source: InboundSource
    now: datetime
    envelope_to: Sequence[str] = ()
    envelope_from: str | None = None  # empty: the null sender
    size: int | None = None


class _Known(Exception):
    """The same mail has come before."""


def receive_mail(arrived: Arrived) -> InboundMail:
    """The row of this mail, however often and by however many ways it comes.

    Its original is a file before there is a row; message, entry, files and row are one
    transaction. Only a database or a disk that is away, or a worker out of time, raises: then it
    has to come again.
    """
    only_head = arrived.size is not None
    letter = read_letter(arrived.raw, only_head=only_head)
    if found := _known(letter):
        return found
    try:
        return _received(arrived, letter)
    except (OperationalError, InterfaceError, OSError, SoftTimeLimitExceeded):
        raise
    except Exception as error:  # one strange mail must not stop the others
        if isinstance(error, ValidationError) and error.code == "evidence_not_stored":
            raise  # the disk
        log.exception("inbound_mail_failed error=%s", type(error).__name__)
        with _stored(arrived) as original, transaction.atomic():
            reason = _nobodys(arrived, letter) or ParkReason.UNREADABLE
            return _park(arrived, letter, original, reason, Match())


def _known(letter: Letter) -> InboundMail | None:
    return InboundMail.objects.filter(key=letter.key).first()


def _received(arrived: Arrived, letter: Letter) -> InboundMail:
    try:
        with _stored(arrived) as original:
            return _sorted(arrived, letter, original)
    except (_Known, IntegrityError):
        if found := _known(letter):  # it came twice at the same moment
            return found
        raise


@contextmanager
def _stored(arrived: Arrived) -> Iterator[str]:
    root = settings.EVIDENCE_ROOT
    name = evidence.store_original(arrived.raw, root=root)
    try:
        yield name
    except BaseException:
        evidence.delete(name, root=root)
        raise


def _sorted(arrived: Arrived, letter: Letter, original: str) -> InboundMail:
    found = match(letter.head, envelope_to=arrived.envelope_to)
    reason = _why_parked(arrived, letter, found)
    if reason == ParkReason.BOUNCE:
        return _take_report(arrived, letter, original, found)
    if reason is not None or found.case is None:
        with transaction.atomic():
            return _park(arrived, letter, original, reason or ParkReason.NO_CASE, found)
    uploads, refused = checked(letter.body.files)
    language = language_of(words(letter), found.case)
    with kept(uploads) as files, transaction.atomic():
        case = locked(found.case)
        if _known(letter):
            raise _Known
        entry = enter(case, letter, language, files, refused, now=arrived.now)
        return _row(
            arrived,
            letter,
            original,
            state=InboundState.ENTERED,
            case=case,
            entry=entry,
            answers=found.answers,
        )


def _why_parked(arrived: Arrived, letter: Letter, found: Match) -> ParkReason | None:
    if is_own(letter.head, letter.sender):
        return ParkReason.OWN
    if reason := _nobodys(arrived, letter):
        return reason
    if not letter.is_whole:
        return ParkReason.UNREADABLE
    if found.case is None or not found.is_proven:
        return ParkReason.NO_CASE
    if not is_from_customer(letter.sender, found.case):
        return ParkReason.STRANGER
    if not (letter.reply.visible or letter.body.files):
        return ParkReason.EMPTY
    since = arrived.now - timedelta(hours=1)
    lately = InboundMail.objects.filter(sender=letter.shown_sender, received_at__gt=since)
    if lately.count() >= settings.INBOUND_PER_HOUR:
        return ParkReason.TOO_MANY
    return None


def _nobodys(arrived: Arrived, letter: Letter) -> ParkReason | None:
    """Whatever else it is: no customer's own words, nor ever to be taken for them."""
    if reason := machine(letter.head, envelope_from=arrived.envelope_from):
        return reason
    return None if is_signed(letter) else ParkReason.STRANGER


def is_signed(letter: Letter) -> bool:
    """From exactly one sender, whose own domain does not deny it."""
    return bool(letter.sender) and not is_forged(letter.head)


def is_from_customer(sender: str, case: Case) -> bool:
    customer = case.lease.customer
    return customer.user.is_active and sender == folded(customer.email)


def checked(attachments: Sequence[Attachment]) -> tuple[list[Upload], list[dict[str, Any]]]:
    """As a form does, only that what is refused keeps nothing else out.

    Of a mail with any number of files at most so many are looked at, all within SECONDS.
    """
    uploads: list[Upload] = []
    refused: list[dict[str, Any]] = []
    until = time.monotonic() + SECONDS
    for number, each in enumerate(attachments):
        try:
            if number >= settings.EVIDENCE_MAX_FILES:
                raise refuse("evidence_too_many", most=settings.EVIDENCE_MAX_FILES)
            uploads.append(_checked(each, seconds=until - time.monotonic()))
        except ValidationError as error:
            if error.code == "evidence_not_stored":
                raise
            code, params = error.code or "evidence_unreadable", dict(error.params or {})
            name = evidence.display_name(each.name)
            refused.append({"name": name, "code": code, "params": params})
    return uploads, refused


def _checked(attachment: Attachment, *, seconds: float) -> Upload:
    if seconds <= 0:
        raise refuse("evidence_unreadable")
    limits = evidence.Limits(file_bytes=settings.EVIDENCE_MAX_BYTES)
    limits = replace(limits, wall_seconds=min(limits.wall_seconds, seconds))
    file = io.BytesIO(attachment.content)
    return Upload(evidence.inspect(file, name=attachment.name, limits=limits), file)


def words(letter: Letter) -> str:
    return letter.reply.visible[:LONGEST_TEXT]


def enter(
    case: Case,
    letter: Letter,
    language: str,
    files: Sequence[Kept],
    refused: Sequence[dict[str, Any]],
    *,
    now: datetime,
) -> Entry:
    """The customer's word on a case from `locked`."""
    return add_words(
        case,
        body=words(letter),
        language=language if words(letter) else "",
        files=files,
        channel=Channel.EMAIL,
        params=mail_params(letter, refused),
        by=case.lease.customer.user,
        now=now,
    )


def mail_params(letter: Letter, refused: Sequence[dict[str, Any]]) -> dict[str, Any]:
    params: dict[str, Any] = {}
    if letter.reply.quoted:
        params["quoted"] = letter.reply.quoted[:LONGEST_TEXT]
    if refused:
        params["refused"] = list(refused)
    if len(letter.reply.visible) > LONGEST_TEXT or len(letter.reply.quoted) > LONGEST_TEXT:
        params["cut"] = True
    return params


def _take_report(arrived: Arrived, letter: Letter, original: str, found: Match) -> InboundMail:
    """A mail of ours came back: its case says so, and its address gets no more of them."""
    email = reported(letter.head, letter.body, envelope_to=arrived.envelope_to) or found.answers
    found = Match(email.case if email else None, email)
    result = report(letter.body)
    with transaction.atomic():
        entry = None
        if email and result and result.is_final and result.recipient == folded(email.to):
            bounced(
                address=email.to,
                reason=SuppressionReason.BOUNCED,
                error=result.error,
                email=email,
                now=arrived.now,
            )
            told = Entry.objects.filter(event=Event.MAIL_BOUNCED, params__email=str(email.pk))
            entry = told.filter(case=email.case, inbound_mail__isnull=True).first()
        if entry is None:
            return _park(arrived, letter, original, ParkReason.BOUNCE, found)
        return _row(
            arrived,
            letter,
            original,
            state=InboundState.ENTERED,
            reason=ParkReason.BOUNCE,
            case=entry.case,
            entry=entry,
            answers=email,
        )


def _park(
    arrived: Arrived, letter: Letter, original: str, reason: ParkReason, found: Match
) -> InboundMail:
    log.info("inbound_mail_parked reason=%s", reason.value)
    return _row(
        arrived,
        letter,
        original,
        state=InboundState.PARKED,
        reason=reason,
        case=found.case,
        answers=found.answers,
    )


def _row(arrived: Arrived, letter: Letter, original: str, **fields: Any) -> InboundMail:
    return InboundMail.objects.create(
        key=letter.key,
        source=arrived.source,
        message_id=letter.message_id,
        sender=letter.shown_sender,
        subject=letter.subject,
        text=letter.text[:LONGEST_TEXT],
        received_at=arrived.now,
        original=original,
        size=len(arrived.raw) if arrived.size is None else arrived.size,
        sha256=hashlib.sha256(arrived.raw).hexdigest(),
        **fields,
    )
