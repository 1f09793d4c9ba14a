"""A mail as it would read, before anybody sends it. Nothing here is stored."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

from django.utils import translation

from cases.enums import TemplateKey
from cases.mail.case_mail import case_params
from cases.mail.lease_mail import lease_params
from cases.mail.placeholders import ALLOWED
from cases.mail.return_steps import return_steps_params
from cases.mail.samples import sample
from cases.models import Case
from leases.models import Lease


class About(Enum):
    """What a mail's facts are taken from."""

    CASE = "case"
    LEASE = "lease"
    NOTHING = "nothing"


def about(key: TemplateKey) -> About:
    names = ALLOWED[key]
    if {"case_number", "matter"} & set(names):
        return About.CASE
    return About.LEASE if "account_number" in names else About.NOTHING


def preview_params(
    key: TemplateKey, found: Case | Lease | None, *, language: str, now: datetime
) -> dict[str, Any]:
    """`Email.params` of such a mail: what is real of `found`, the rest made up.

    `found` is what `about` says of this mail.
    """
    with translation.override(language):
        made_up = sample(key, now=now)
    if isinstance(found, Case):
        return case_params(found, **{**made_up, **_beside(key, found)})
    if isinstance(found, Lease):
        return lease_params(found, **made_up)
    return made_up


def _beside(key: TemplateKey, case: Case) -> dict[str, Any]:
    """What some case mails say of the lease, and of who opened the case."""
    lease = case.lease
    facts = {"store": lease.store.name, "time_zone": lease.customer.time_zone}
    if key == TemplateKey.RETURN_STEPS:
        facts |= return_steps_params(lease)
    if key == TemplateKey.CASE_OPENED:
        facts["agent_name"] = case.opened_by.name
    return facts
