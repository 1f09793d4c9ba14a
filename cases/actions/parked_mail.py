"""What someone decides about a mail that didn't find its case by itself.

Only once; only a dismissed mail can still go into a case.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.add_customer_message import guess_of, source_of
from cases.actions.add_entries import add_entry
from cases.actions.change import locked_where_it_goes_on, touch, wake_on_reply
from cases.actions.evidence import Kept, attach, kept
from cases.actions.mail_words import (
    checked,
    enter,
    is_from_customer,
    is_signed,
    mail_params,
    without_known,
    words,
)
from cases.enums import Channel, EntryKind, InboundState, SnoozeEnd, Visibility
from cases.evidence import open_original
from cases.language import Guess
from cases.models import Case, Entry, InboundMail
from cases.queries.merges import goes_on_in
from mail.enums import ParkReason
from mail.inbound.classify import machine
from mail.inbound.letter import LONGEST_TEXT, Letter, read_letter
from mail.inbound.quoting import Reply

log = logging.getLogger(__name__)

#: The customer's own words, even though the mail didn't prove which case they're about.
_THEIRS = frozenset(
    {
        ParkReason.NO_CASE,
        ParkReason.SEVERAL,
        ParkReason.UNVERIFIED,
        ParkReason.EXPIRED,
        ParkReason.TOO_MANY,
        ParkReason.EMPTY,
        ParkReason.UNREADABLE,
    }
)


def may_be_theirs(mail: InboundMail) -> bool:
    """Whether in a case of its sender it would be the customer's public message.

    Otherwise, and in any other case, it's an internal note.
    """
    if mail.reason not in _THEIRS:
        return False
    try:
        return _is_from_a_person(_letter(mail), mail)
    except ValidationError:
        return False


def _is_from_a_person(letter: Letter, mail: InboundMail) -> bool:
    """Whether it's from the person the row shows, and says something that can be shown."""
    return (
        mail.reason in _THEIRS
        and letter.is_whole
        and letter.sender == mail.sender  # the row also shows what can't be trusted
        and is_signed(letter)
        and machine(letter.head) is None
        and bool(letter.text or letter.body.files)
    )


def _letter(mail: InboundMail) -> Letter:
    """If nothing in it is new, all of its text goes into the case."""
    try:
        with open_original(mail.original, root=settings.EVIDENCE_ROOT) as original:
            letter = read_letter(original.read())
    except OSError as error:
        log.error("inbound_original_missing id=%s error=%s", mail.pk, type(error).__name__)
        raise ValidationError(
            _("The original email can’t be opened. Tell an administrator."),
            code="mail_original_missing",
        ) from error
    if letter.reply.visible or letter.body.files:
        return letter
    return replace(letter, reply=Reply(letter.text, ""))


def put_into_case(*, mail: InboundMail, case: Case, by: User, now: datetime) -> Entry:
    """As an entry of `case`: the customer's own, or an internal note that names the sender.

    ValidationError `mail_decided` if someone was faster; `mail_original_missing`,
    `evidence_not_stored`.
    """
    if not by.works_cases:
        raise PermissionDenied
    letter, case = _letter(mail), goes_on_in(case)
    uploads, refused = without_known(
        case, *checked(letter.body.files), visibility=Visibility.PUBLIC, now=now
    )
    body = _body(mail, letter)
    guessed = guess_of(body, case)
    with kept(uploads) as files, transaction.atomic():
        case = locked_where_it_goes_on(case)  # the case first, as everywhere
        mail = _undecided(mail, InboundState.PARKED, InboundState.DISMISSED)
        if _is_from_a_person(letter, mail) and is_from_customer(mail.sender, case):
            entry = enter(case, letter, guessed, files, refused, now=now)
        else:
            entry = _note(case, mail, body, guessed, files, mail_params(letter, refused), by, now)
        mail.state, mail.case, mail.entry = InboundState.ENTERED, case, entry
        _decide(mail, by, now)
    return entry


@transaction.atomic
def dismiss_mail(*, mail: InboundMail, by: User, now: datetime) -> None:
    """Nothing needs to be done. The original stays. ValidationError `mail_decided`."""
    if not by.works_cases:
        raise PermissionDenied
    mail = _undecided(mail, InboundState.PARKED)
    mail.state = InboundState.DISMISSED
    _decide(mail, by, now)


def _undecided(mail: InboundMail, *states: InboundState) -> InboundMail:
    mail = InboundMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state not in states:
        raise ValidationError(
            _("Someone else already decided what to do with this email."), code="mail_decided"
        )
    return mail


def _decide(mail: InboundMail, by: User, now: datetime) -> None:
    mail.decided_by, mail.decided_at = by, now
    mail.save(update_fields=["state", "case", "entry", "decided_by", "decided_at"])


def _body(mail: InboundMail, letter: Letter) -> str:
    return (words(letter) or letter.text or mail.subject or mail.sender or "…")[:LONGEST_TEXT]


def _note(
    case: Case,
    mail: InboundMail,
    body: str,
    guessed: Guess,
    files: Sequence[Kept],
    params: dict[str, Any],
    by: User,
    now: datetime,
) -> Entry:
    """Only we read it, and it says whose words these are."""
    entry = add_entry(
        case=case,
        kind=EntryKind.NOTE,
        visibility=Visibility.INTERNAL,
        author=by,
        channel=Channel.EMAIL,
        language=guessed.language,
        language_source=source_of(guessed),
        body=body,
        params=params | {"from": mail.sender, "subject": mail.subject},
        at=now,
    )
    attach(entry, files)
    touch(case, now=now)
    wake_on_reply(case, SnoozeEnd.MAIL_CAME, by=by, now=now)
    return entry
