"""Checks that every agreement about payments makes first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.account_numbers import names_an_account

LONGEST = 300


def only_case_workers(by: User) -> None:
    if not by.works_cases:
        raise PermissionDenied


def checked_words(text: str, *, required: bool = False) -> str:
    """ValidationError: `reason` (none, or too long), `account_number` (a card's or bank's)."""
    text = text.strip()
    if (required and not text) or len(text) > LONGEST:
        raise ValidationError(
            _("Give a reason in 300 characters or fewer. It’s saved in the history."),
            code="reason",
        )
    return checked_note(text)


def checked_note(text: str) -> str:
    """ValidationError `account_number`: a card's or bank's."""
    text = text.strip()
    if names_an_account(text):
        raise ValidationError(
            _(
                "This looks like a card or bank account number. Please remove it: we never "
                "keep those numbers."
            ),
            code="account_number",
        )
    return text
