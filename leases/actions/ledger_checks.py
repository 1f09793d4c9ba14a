"""Checks that everything written to the ledger makes first."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leases.actions.agreement_checks import checked_words
from leases.models import Lease
from leases.money import is_in_cents

#: The largest amount that the ledger's columns hold.
MOST = Decimal("9999999.99")


def checked_amount(amount: Decimal) -> Decimal:
    """ValidationError: `amount` (not above zero, or beyond any lease), `amount_cents`."""
    if not amount.is_finite() or amount <= 0:
        raise ValidationError(_("Enter an amount above zero."), code="amount")
    if not is_in_cents(amount):
        raise ValidationError(
            _("Use no more than two decimal places, for example 38.46."), code="amount_cents"
        )
    if amount > MOST:
        raise ValidationError(_("This amount is too high. Please check it."), code="amount")
    return amount


def has_schedule(lease: Lease) -> None:
    if not lease.instalments.exists():
        raise ValidationError(
            _("This lease has no payment schedule yet. It starts with the delivery."),
            code="no_schedule",
        )


def checked_reason(reason: str) -> str:
    """ValidationError: `reason` (none, or too long), `account_number` (a card's or bank's)."""
    return checked_words(reason, required=True)


def checked_reference(reference: str) -> str:
    """ValidationError: `account_number`, because what is written here stays for good."""
    return checked_words(reference)
