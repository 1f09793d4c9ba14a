"""An incoming mail becomes an entry of its case, or waits for a person. It's never dropped."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from cases import evidence
from cases.actions.add_customer_message import guess_of
from cases.actions.bounces import came_back
from cases.actions.change import locked_where_it_goes_on
from cases.actions.evidence import kept, kept_original
from cases.actions.mail_words import (
    checked,
    enter,
    is_from_customer,
    is_signed,
    verdict_on,
    without_known,
    words,
)
from cases.enums import Event, InboundSource, InboundState, Visibility
from cases.inbound.match import Match, is_own, is_recent_thread, match, reported
from cases.models import Entry, InboundMail
from cases.queries.case_mails import case_of
from cases.queries.merges import goes_on_in
from mail.enums import ParkReason, SuppressionReason
from mail.inbound.authentication import Verdict
from mail.inbound.classify import machine
from mail.inbound.letter import LONGEST_TEXT, Letter, read_letter
from mail.inbound.people import folded
from mail.inbound.reports import report

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Arrived:
    """`raw` holds only the headers if a mail of `size` bytes was too large to fetch."""

    _: KW_ONLY
    raw: bytes
    source: InboundSource
    now: datetime
    envelope_to: Sequence[str] = ()
    envelope_from: str | None = None  # empty: the null sender
    size: int | None = None


class _Known(Exception):
    """The same mail came in before."""


def receive_mail(arrived: Arrived) -> InboundMail:
    """The row of this mail, however often and in however many ways it comes in.

    Its original is a file before there is a row; message, entry, files and row are one transaction.
    It only raises if the database or the disk is unavailable, or the worker is out of time: then
    the mail has to come again.
    """
    only_head = arrived.size is not None
    letter = read_letter(arrived.raw, only_head=only_head)
    if found := _known(letter):
        _keep_again(found, arrived)
        return found
    try:
        return _received(arrived, letter)
    except (OperationalError, InterfaceError, OSError, SoftTimeLimitExceeded):
        raise
    except Exception as error:  # one strange mail must not stop the others
        if isinstance(error, ValidationError) and error.code == "evidence_not_stored":
            raise  # the disk
        log.exception("inbound_mail_failed error=%s", type(error).__name__)
        with kept_original(arrived.raw) as original, transaction.atomic():
            reason = _why_nobody_wrote_it(arrived, letter) or ParkReason.UNREADABLE
            return _park(arrived, letter, original, reason, Match())


def _known(letter: Letter) -> InboundMail | None:
    return InboundMail.objects.filter(key=letter.key).first()


def _keep_again(mail: InboundMail, arrived: Arrived) -> None:
    """Stores its original again, in case the disk lost it."""
    if evidence.is_stored(mail.original, root=settings.EVIDENCE_ROOT):
        return
    log.warning("inbound_original_kept_again mail=%s", mail.pk)
    with kept_original(arrived.raw) as original, transaction.atomic():
        InboundMail.objects.filter(pk=mail.pk).update(original=original, **_about(arrived))


def _about(arrived: Arrived) -> dict[str, Any]:
    return {
        "size": len(arrived.raw) if arrived.size is None else arrived.size,
        "sha256": hashlib.sha256(arrived.raw).hexdigest(),
    }


def _received(arrived: Arrived, letter: Letter) -> InboundMail:
    try:
        with kept_original(arrived.raw) as original:
            return _entered_or_parked(arrived, letter, original)
    except (_Known, IntegrityError):
        if found := _known(letter):  # it came twice at the same moment
            return found
        raise


def _entered_or_parked(arrived: Arrived, letter: Letter, original: str) -> InboundMail:
    found = match(letter.head, now=arrived.now, envelope_to=arrived.envelope_to)
    reason = _why_parked(arrived, letter, found)
    if reason == ParkReason.BOUNCE:
        return _take_report(arrived, letter, original, found)
    if reason is not None or found.case is None:
        with transaction.atomic():
            return _park(arrived, letter, original, reason or ParkReason.NO_CASE, found)
    about = goes_on_in(found.case)
    uploads, refused = without_known(
        about,
        *checked(letter.body.files),
        visibility=Visibility.PUBLIC,
        now=arrived.now,
    )
    guessed = guess_of(words(letter), about)
    with kept(uploads) as files, transaction.atomic():
        case = locked_where_it_goes_on(about)
        if _known(letter):
            raise _Known
        entry = enter(case, letter, guessed, files, refused, now=arrived.now)
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
    if reason := _why_nobody_wrote_it(arrived, letter):
        return reason
    if not letter.is_whole:
        return ParkReason.UNREADABLE
    if found.is_several:
        return ParkReason.SEVERAL
    if found.case is None or not found.is_proven:
        return ParkReason.NO_CASE
    if not is_from_customer(letter.sender, found.case):
        return ParkReason.STRANGER
    if not is_recent_thread(found, sender=letter.sender, now=arrived.now):
        if found.is_expired:
            return ParkReason.EXPIRED
        if verdict_on(letter) is not Verdict.PASS:
            return ParkReason.UNVERIFIED
    if not (letter.reply.visible or letter.body.files):
        return ParkReason.EMPTY
    since = arrived.now - timedelta(hours=1)
    lately = InboundMail.objects.filter(sender=letter.shown_sender, received_at__gt=since)
    if lately.count() >= settings.INBOUND_PER_HOUR:
        return ParkReason.TOO_MANY
    return None


def _why_nobody_wrote_it(arrived: Arrived, letter: Letter) -> ParkReason | None:
    """Whatever else it is, it isn't the customer's own message and must never be taken for one."""
    if verdict_on(letter) is Verdict.FAIL:
        return ParkReason.STRANGER  # also a report: everyone who got our mail knows its id
    if reason := machine(letter.head, envelope_from=arrived.envelope_from):
        return reason
    return None if is_signed(letter) else ParkReason.STRANGER


def _take_report(arrived: Arrived, letter: Letter, original: str, found: Match) -> InboundMail:
    """Our mail came back: its case says so; a dead address gets no more of them."""
    email = reported(letter.head, letter.body, envelope_to=arrived.envelope_to) or found.answers
    found = Match(case_of(email) if email else None, email)
    to = folded(email.to) if email else ""
    result = report(letter.body, words=letter.text, to=to)
    with transaction.atomic():
        entry = None
        if email and result and result.is_final and result.recipient == to:
            came_back(
                address=email.to,
                reason=SuppressionReason.BOUNCED if result.names_the_address else None,
                error=result.error,
                email=email,
                now=arrived.now,
            )
            told = Entry.objects.filter(event=Event.MAIL_BOUNCED, params__email=str(email.pk))
            entry = told.filter(case=found.case, inbound_mail__isnull=True).first()
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
        **_about(arrived),
        **fields,
    )
