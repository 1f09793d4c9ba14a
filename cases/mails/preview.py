"""A mail as it would read, before anyone sends it. Nothing here is stored."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from django.utils import translation

from cases.mails.base import CaseParams
from cases.models import Case
from leases.mails.base import LeaseParams
from leases.models import Lease
from mail.kinds import MailKind, MailParams


class About(Enum):
    """Where a mail's facts come from."""

    CASE = "case"
    LEASE = "lease"
    NOTHING = "nothing"


def about(kind: MailKind[MailParams]) -> About:
    if issubclass(kind.params, CaseParams):
        return About.CASE
    return About.LEASE if issubclass(kind.params, LeaseParams) else About.NOTHING


def preview_said(
    kind: MailKind[MailParams], found: Case | Lease | None, *, language: str, now: datetime
) -> MailParams:
    """What such a mail says: the real facts of `found`, the rest made up.

    `found` is what `about` says of this mail.
    """
    with translation.override(language):
        made_up = kind.sample(now)
    if isinstance(found, Case) and isinstance(made_up, CaseParams):
        return made_up.seen_in(found)
    if isinstance(found, Lease) and isinstance(made_up, LeaseParams):
        return made_up.seen_in(found)
    return made_up
