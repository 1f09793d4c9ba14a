"""Whether a caller knows the last four digits of the SSN, where the application asked for it."""

from __future__ import annotations

import re
from typing import NamedTuple

from accounts.keyed_digests import can_match, matches
from leases.models import Lease, SsnDigest

DIGITS = re.compile(r"[0-9]{4}")
ALL_DIGITS = tuple(f"{number:04}" for number in range(10_000))


class KeptDigits(NamedTuple):
    digest: str
    row: str


def row_of(lease: Lease) -> str:
    """What a digest is bound to."""
    return row_named(lease.account_number)


def row_named(account_number: str) -> str:
    return f"ssn:{account_number}"


def kept_digits(lease: Lease) -> KeptDigits | None:
    found = SsnDigest.objects.filter(pk=lease.pk).first()
    return KeptDigits(found.digest, row_of(lease)) if found else None


def has_ssn_digits(lease: Lease) -> bool:
    """And they can still be compared: without its key a digest would call every answer wrong."""
    found = SsnDigest.objects.filter(pk=lease.pk).first()
    return found is not None and can_match(found.digest)


def ssn_digits_match(lease: Lease, digits: str) -> bool:
    found = SsnDigest.objects.filter(pk=lease.pk).first()
    if found is None or not DIGITS.fullmatch(digits):
        return False
    return matches(digits, found.digest, row=row_of(lease))
