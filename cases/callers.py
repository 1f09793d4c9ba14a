"""What someone on the telephone may be told, by who they are and whether that was checked. Pure."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cases.enums import CUSTOMERS_SIDE, CallerRelation, Factor

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: One answer may be known to anyone who found an envelope.
LEAST_FACTORS = 2


class Checked(Enum):
    """Today, by our own day."""

    NOT_YET = "not_yet"
    PASSED = "passed"
    FAILED = "failed"


_FAILED = _(
    "Tell them nothing about the account, not even that there is one. Offer to call the number we"
    " have on file."
)
_MAY_BE_TOLD: dict[CallerRelation, dict[Checked, StrPromise]] = {
    CallerRelation.CUSTOMER: {
        Checked.NOT_YET: _("Verify first. Until then, explain only how things work for everyone."),
        Checked.PASSED: _("You can talk about everything in their leases and cases."),
        Checked.FAILED: _FAILED,
    },
    CallerRelation.APPLICANT: {
        Checked.NOT_YET: _("Verify first. Until then, explain only how to apply."),
        Checked.PASSED: _(
            "Tell them the status and what’s missing. The reasons for a denial go out in writing."
        ),
        Checked.FAILED: _FAILED,
    },
    CallerRelation.AUTHORIZED: {
        Checked.NOT_YET: _(
            "Check that the customer’s authorization is on file, then verify the customer’s data."
        ),
        Checked.PASSED: _(
            "Only what the authorization covers. Without one on file, ask the customer to call."
        ),
        Checked.FAILED: _FAILED,
    },
    CallerRelation.ATTORNEY: {
        each: _(
            "Tell them nothing by phone. Ask whom they represent and for a signed letter. A"
            " supervisor answers in writing."
        )
        for each in Checked
    },
    CallerRelation.STORE: {
        each: _(
            "Only the order, the delivery and the return at their own store. Nothing about"
            " payments or personal data."
        )
        for each in Checked
    },
    CallerRelation.OTHER: {
        each: _("Nothing, not even that there’s an account. Take a message.") for each in Checked
    },
}

#: Once their letter is here; being verified as the customer opens nothing to them.
PROVEN_ATTORNEY = _(
    "Only what their client’s letter covers. Promise nothing: a supervisor answers in writing."
)
#: Of an attorney on record. Whoever else calls reads that it isn't about them.
KNOWN_ATTORNEY = _(
    "We have the letter from %(name)s: only what it covers. Promise nothing: a supervisor answers"
    " in writing."
)
AWAITED_ATTORNEY = _(
    "We’re waiting for the letter from %(name)s. Tell them nothing by phone until it’s accepted. A"
    " supervisor answers in writing."
)


#: What the caller’s words are called, by who they are.
SAID: dict[str, StrPromise] = {
    CallerRelation.CUSTOMER: _("What did the customer say?"),
    CallerRelation.APPLICANT: _("What did the applicant say?"),
    CallerRelation.AUTHORIZED: _("What did the authorized person say?"),
    CallerRelation.ATTORNEY: _("What did the attorney say?"),
    CallerRelation.STORE: _("What did the store say?"),
    CallerRelation.OTHER: _("What did the caller say?"),
}


def what_was_said(relation: str) -> StrPromise:
    return SAID.get(relation, SAID[CallerRelation.OTHER])


def may_be_told(relation: str, checked: Checked) -> StrPromise:
    return _MAY_BE_TOLD[CallerRelation(relation)][checked]


def can_be_verified(relation: str) -> bool:
    """Nothing anyone else could show opens a customer's account to them."""
    return relation in CUSTOMERS_SIDE


def speaks_for_themselves(relation: str | None) -> bool:
    """Whether the call is likely in the customer's language: no attorney's or store's is."""
    return not relation or relation in CUSTOMERS_SIDE


def is_enough(factors: frozenset[str]) -> bool:
    """To know who someone is. The digits of the SSN open nothing alone."""
    return len(factors & frozenset(Factor.values)) >= LEAST_FACTORS
