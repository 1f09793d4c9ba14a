from __future__ import annotations

from collections.abc import Mapping

from accounts.keyed_digests import keyed_digest
from leases.models import Lease, SsnDigest
from leases.queries.ssn_digits import DIGITS, row_of

#: How merchants’ systems call it among an application’s data.
NAMES = ("ssnLast4", "ssn")


def keep_ssn_digits(*, lease: Lease, data: Mapping[str, str]) -> bool:
    """Keeps a digest of the last four digits if the application's data has them; nothing else of
    the number.
    """
    digits = digits_in(data)
    if not digits:
        return False
    digest = keyed_digest(digits, row=row_of(lease))
    SsnDigest.objects.update_or_create(lease=lease, defaults={"digest": digest})
    return True


def digits_in(data: Mapping[str, str]) -> str:
    """The last four of an application's data; empty if it has none."""
    return next(filter(None, (_last_four(data.get(name, "")) for name in NAMES)), "")


def _last_four(text: str) -> str:
    last = "".join(filter(str.isdecimal, text))[-4:]
    return last if DIGITS.fullmatch(last) else ""
