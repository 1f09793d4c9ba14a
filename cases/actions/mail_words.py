"""What a mail says as an entry of its case: whether it's the customer's, its text, its files."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError

from cases import evidence
from cases.actions.add_customer_message import add_words
from cases.actions.evidence import Kept, Upload, without_twins
from cases.enums import Channel
from cases.evidence.errors import refusal
from cases.language import Guess
from cases.models import Case, Entry
from cases.queries.known_files import known_files
from mail.inbound.authentication import Verdict, verdict
from mail.inbound.body import Attachment
from mail.inbound.letter import LONGEST_TEXT, Letter
from mail.inbound.people import folded

#: For all files of one mail: with the rest, less than the worker's time limit for a task.
SECONDS = 40.0


def verdict_on(letter: Letter) -> Verdict:
    """What the servers in front of us found out about its sender."""
    return verdict(letter.head, letter.sender, trusted=settings.INBOUND_AUTHSERV_IDS)


def is_signed(letter: Letter) -> bool:
    """From exactly one sender, whose own domain doesn't deny it."""
    return bool(letter.sender) and verdict_on(letter) is not Verdict.FAIL


def is_from_customer(sender: str, case: Case) -> bool:
    person = case.person
    return bool(person.user and person.user.is_active and sender == folded(person.email))


def checked(attachments: Sequence[Attachment]) -> tuple[list[Upload], list[dict[str, Any]]]:
    """Checks files as a form does, except that a refused one doesn't keep the rest out.

    However many files a mail has, only so many are inspected, all within SECONDS.
    """
    uploads: list[Upload] = []
    refused: list[dict[str, Any]] = []
    until = time.monotonic() + SECONDS
    for number, each in enumerate(attachments):
        try:
            if number >= settings.EVIDENCE_MAX_FILES:
                raise refusal("evidence_too_many", most=settings.EVIDENCE_MAX_FILES)
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
        raise refusal("evidence_unreadable")
    limits = evidence.Limits(file_bytes=settings.EVIDENCE_MAX_BYTES)
    limits = replace(limits, wall_seconds=min(limits.wall_seconds, seconds))
    file = io.BytesIO(attachment.content)
    return Upload(evidence.inspect(file, name=attachment.name, limits=limits), file)


def without_known(
    case: Case,
    uploads: Sequence[Upload],
    refused: Sequence[dict[str, Any]],
    *,
    visibility: str,
    now: datetime,
) -> tuple[list[Upload], list[dict[str, Any]]]:
    """A mail sent again, or the logo at the bottom of each, brings no file twice; the entry says
    so.

    Nor does a mail that holds the same file twice.
    """
    digests = [each.inspected.sha256 for each in uploads]
    known = known_files(case, digests, visibility=visibility, now=now) if uploads else {}
    fresh = [each for each in uploads if each.inspected.sha256 not in known]
    fresh, twins = without_twins(fresh)
    there = [
        {
            "name": each.inspected.display_name,
            "code": "evidence_already_there",
            "params": {"at": known[each.inspected.sha256].entry.at.isoformat()},
        }
        for each in uploads
        if each.inspected.sha256 in known
    ]
    return fresh, [*refused, *there, *twins]


def words(letter: Letter) -> str:
    return letter.reply.visible[:LONGEST_TEXT]


def enter(
    case: Case,
    letter: Letter,
    guessed: Guess,
    files: Sequence[Kept],
    refused: Sequence[dict[str, Any]],
    *,
    now: datetime,
) -> Entry:
    """Adds the customer's message to a case from `locked`, by `is_from_customer`."""
    if (user := case.person.user) is None:
        raise PermissionDenied
    return add_words(
        case,
        body=words(letter),
        guessed=guessed,
        files=files,
        channel=Channel.EMAIL,
        params=mail_params(letter, refused),
        by=user,
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
