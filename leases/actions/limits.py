from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leases.enums import LeaseStatus
from leases.lifecycle import EXPIRING
from leases.money import is_in_cents

MOST = Decimal("9999999.99")  # the largest amount the column holds


def check_limit(decision: LeaseStatus, limit: Decimal | None) -> None:
    """ValidationError: `lease_limit` (an approval without a limit, or a limit without an approval),
    `approval_limit` (not above zero, parts of a cent, too large).
    """
    if (decision in EXPIRING) != (limit is not None):
        raise ValidationError(
            _("An approval needs a limit. No other answer can have one."), code="lease_limit"
        )
    if limit is not None and not (is_in_cents(limit) and 0 < limit <= MOST):
        raise ValidationError(
            _("Enter an approval limit above zero with up to two decimal places."),
            code="approval_limit",
        )
