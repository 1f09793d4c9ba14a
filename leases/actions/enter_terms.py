from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.company_day import business_day
from leases.actions.limits import MOST
from leases.actions.move import locked
from leases.actions.start_schedule import start_schedule
from leases.actions.submit_invoice import LATEST_FIRST_DUE
from leases.actions.tell_delivery import tell_payments_set_up
from leases.actions.who import By
from leases.enums import BuyoutRule, Frequency, LeaseStatus
from leases.lifecycle import UNDER_CONTRACT
from leases.models import Lease, Terms
from leases.models.merchant import MOST_TAX
from leases.money import ZERO, is_in_cents
from leases.us_states import validate_state

MOST_PAYMENTS = 999


class AgreedTerms(NamedTuple):
    """The terms as the signed contract states them."""

    cash_price: Decimal
    total: Decimal
    payments: int
    frequency: str
    state: str
    buyout_rule: str
    discount_rate: Decimal | None = None
    option_fee: Decimal = ZERO
    tax_rate: Decimal = ZERO
    first_due_on: date | None = None


@transaction.atomic
def enter_terms(*, lease: Lease, agreed: AgreedTerms, by: By, now: datetime) -> Terms:
    """Records the terms of a contract that has none because no program defines them.

    If it's already delivered, its payments start at once, counted from the delivery, and the
    customer gets them in writing.

    ValidationError: `lease_transition` (no contract), `terms_exist`; by field `amount`,
    `amount_cents`, `total`, `number`, `frequency`, `state`, `buyout_rule`, `discount_rate`,
    `tax_rate`, `first_due_on`.
    """
    lease = locked(lease)
    status = lease.status_at(now)
    if not may_have_terms(status):
        raise ValidationError(
            _("You can’t enter terms while the lease is “%(status)s”: it has no contract."),
            code="lease_transition",
            params={"status": status.label},
        )
    if Terms.objects.filter(lease=lease).exists():
        raise ValidationError(
            _("The terms of this contract are already on record."), code="terms_exist"
        )
    delivered_on = business_day(lease.delivered_at) if lease.delivered_at else None
    faults = dict([*_faults(agreed), *_first_day_faults(agreed, delivered_on, business_day(now))])
    if faults:
        raise ValidationError(faults)
    terms = Terms.objects.create(lease=lease, **agreed._asdict())
    if status == LeaseStatus.FUNDED and delivered_on:
        start_schedule(lease=lease, delivered_on=delivered_on, by=by, now=now)
        tell_payments_set_up(terms, delivered_on, now=now)
    return terms


def may_have_terms(status: LeaseStatus) -> bool:
    return status in UNDER_CONTRACT or status == LeaseStatus.FUNDED


def _faults(agreed: AgreedTerms) -> Iterator[tuple[str, ValidationError]]:
    """Errors by field."""
    for name in ("cash_price", "total", "option_fee"):
        amount: Decimal = getattr(agreed, name)
        if not amount.is_finite() or amount < 0 or (amount == 0 and name != "option_fee"):
            yield name, ValidationError(_("Enter an amount above zero."), code="amount")
        elif amount > (MOST if name != "option_fee" else agreed.cash_price):
            yield name, ValidationError(_("This amount is too large. Check it."), code="amount")
        elif not is_in_cents(amount):
            message = _("Use no more than two decimal places, for example 38.46.")
            yield name, ValidationError(message, code="amount_cents")
        elif name == "total" and amount < agreed.cash_price:
            message = _("The total of payments can’t be less than the cash price.")
            yield name, ValidationError(message, code="total")
    if not 1 <= agreed.payments <= MOST_PAYMENTS:
        yield "payments", ValidationError(_("Enter a whole number from 1 to 999."), code="number")
    for name, values in (("frequency", Frequency.values), ("buyout_rule", BuyoutRule.values)):
        if getattr(agreed, name) not in values:
            yield name, ValidationError(_("This value isn’t accepted."), code=name)
    try:
        validate_state(agreed.state)
    except ValidationError as error:
        yield "state", error
    if agreed.discount_rate is None:
        if agreed.buyout_rule == BuyoutRule.DISCOUNT:
            message = _("Enter the share of the remaining payments due under this rule.")
            yield "discount_rate", ValidationError(message, code="discount_rate")
    elif not _is_rate(agreed.discount_rate, 1, 2):
        yield "discount_rate", _no_rate("discount_rate", 1, 2)
    if not _is_rate(agreed.tax_rate, MOST_TAX, 3):
        yield "tax_rate", _no_rate("tax_rate", MOST_TAX, 3)


def _is_rate(rate: Decimal, most: int, places: int) -> bool:
    return rate.is_finite() and 0 <= rate <= most and round(rate, places) == rate


def _no_rate(name: str, most: int, places: int) -> ValidationError:
    return ValidationError(
        _("Enter a number from 0 to %(most)s with up to %(places)s decimal places."),
        code=name,
        params={"most": most, "places": places},
    )


def _first_day_faults(
    agreed: AgreedTerms, delivered_on: date | None, today: date
) -> Iterator[tuple[str, ValidationError]]:
    """After the delivery, or from today on; not far ahead."""
    first = agreed.first_due_on
    if first is None:
        return
    if first < (today if delivered_on is None else delivered_on + timedelta(days=1)):
        message = (
            _("Enter a first payment date that isn’t in the past.")
            if delivered_on is None
            else _("Enter a first payment date after the delivery.")
        )
        yield "first_due_on", ValidationError(message, code="first_due_on")
    elif first - today > LATEST_FIRST_DUE:
        yield (
            "first_due_on",
            ValidationError(
                _("Enter a first payment date within the next %(days)s days."),
                code="first_due_on",
                params={"days": LATEST_FIRST_DUE.days},
            ),
        )
