"""What buying a lease costs today, and which of its quotes are still valid."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max, OuterRef, Subquery, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.company_day import business_day
from leases import buyout, schedule
from leases.enums import LeaseStatus, LedgerKind
from leases.models import BuyoutQuote, Lease, LedgerEntry, StateRule, Terms
from leases.money import ZERO, cents
from leases.option_clock import OptionClock, option_clock

#: Derives the batch id of the purchase that a quote becomes.
_PURCHASES = uuid.UUID("5d2c3b36-0f5e-4d0a-9a0e-6f2f4f1f7a10")


class QuoteState(TextChoices):
    VALID = "valid", pgettext_lazy("buyout quote", "Valid")
    EXPIRED = "expired", pgettext_lazy("buyout quote", "Expired")
    OVERTAKEN = "overtaken", pgettext_lazy("buyout quote", "Out of date: the balance changed")
    USED = "used", pgettext_lazy("buyout quote", "Used")


_TONES = {
    QuoteState.VALID: "good",
    QuoteState.EXPIRED: "neutral",
    QuoteState.OVERTAKEN: "warn",
    QuoteState.USED: "accent",
}


class PriceToday(NamedTuple):
    quote: BuyoutQuote  # not stored
    option: OptionClock | None  # of the contract, if it has one


class ListedQuote(NamedTuple):
    quote: BuyoutQuote
    state: QuoteState

    @property
    def is_valid(self) -> bool:
        return self.state == QuoteState.VALID

    @property
    def may_be_paid(self) -> bool:
        """Also for an expired quote, if the payment came while it was valid; `buy_out` asks for the
        day.
        """
        return self.state in {QuoteState.VALID, QuoteState.EXPIRED}

    @property
    def tone(self) -> str:
        return _TONES[self.state]


def quote_today(lease: Lease, now: datetime) -> BuyoutQuote:
    """Today's figure, not stored. See `priced_today`."""
    return priced_today(lease, now).quote


def priced_today(lease: Lease, now: datetime) -> PriceToday:
    """Today's figure and the option's last day. Two queries.

    ValidationError if there is none: `not_funded`, `no_terms`, `no_schedule`, `nothing_left`.
    """
    terms = _terms(lease, now)
    today = business_day(now)
    # Every payment of the schedule has its charge, so the ledger brings the schedule along.
    lines = list(lease.ledger.select_related("instalment").order_by("effective_on", "id"))
    agreed = {line.instalment_id: line.instalment for line in lines if line.instalment}
    if not agreed:
        raise ValidationError(
            _("This lease has no payment schedule, so there’s no exact price yet."),
            code="no_schedule",
        )
    standing = schedule.standing(list(agreed.values()), lines, today)
    if standing.balance <= ZERO:
        raise ValidationError(_("Nothing is left to pay on this lease."), code="nothing_left")
    inputs = _inputs(lease, terms, standing, today)
    limits = buyout.Limits(option_days=settings.BUYOUT_OPTION_DAYS)
    ceiling = getattr(terms, "ceiling", None) or ""
    found = buyout.quote(inputs, terms.buyout_rule, ceiling, limits)
    option = option_clock(
        rule=terms.buyout_rule,
        delivered_on=inputs.delivered_on,
        state=inputs.state,
        total=found.total,
        today=today,
        limits=limits,
    )
    ends = [today + timedelta(days=settings.BUYOUT_VALID_DAYS), found.ends_on]
    if standing.next is not None:
        # the day after that it's past due, and the figure changes
        ends.append(standing.next.due_on)
    quote = BuyoutQuote(
        lease=lease,
        as_of=today,
        valid_until=min(day for day in ends if day is not None),
        rule=found.rule,
        is_ceiling=found.is_ceiling,
        inputs=buyout.snapshot(inputs, found) | {"ledger": max(line.pk for line in lines)},
        cash_price=terms.cash_price,
        cost_of_lease=terms.total - terms.cash_price,
        lease_total=terms.total,
        remaining=found.remaining,
        tax=found.tax,
        total=found.total,
        saving=found.saving,
        at=now,
    )
    return PriceToday(quote, option)


def _terms(lease: Lease, now: datetime) -> Terms:
    if lease.status_at(now) != LeaseStatus.FUNDED or lease.delivered_at is None:
        raise ValidationError(
            _("Early purchase is possible once the merchandise has been delivered."),
            code="not_funded",
        )
    ceiling = StateRule.objects.filter(state=OuterRef("state")).values("buyout_ceiling")[:1]
    terms = Terms.objects.filter(lease=lease).annotate(ceiling=Subquery(ceiling)).first()
    if terms is None:
        raise ValidationError(
            _("The contract terms haven’t been entered, so there’s no exact price."),
            code="no_terms",
        )
    return terms


def _inputs(lease: Lease, terms: Terms, standing: schedule.Standing, today: date) -> buyout.Inputs:
    ahead = [row for row in standing.rows if row.due_on >= today]
    return buyout.Inputs(
        cash_price=terms.cash_price,
        total=terms.total,
        payments=terms.payments,
        left=buyout.payments_left(standing.rows, today, payments=terms.payments, total=terms.total),
        instalment=cents(terms.total / terms.payments),
        paid=standing.received,
        past_due=standing.past_due,
        fees=standing.fees,
        future=sum((row.left for row in ahead), Decimal("0.00")),
        option_fee=terms.option_fee,
        rate=terms.discount_rate,
        tax_rate=terms.tax_rate,
        delivered_on=business_day(lease.delivered_at),  # type: ignore[arg-type]  # funded
        today=today,
        state=terms.state,
    )


def purchase_batch(quote: BuyoutQuote) -> uuid.UUID:
    """The same id for the same quote, so that its purchase can be found again."""
    return uuid.uuid5(_PURCHASES, str(quote.pk))


def with_states(lease: Lease, quotes: Iterable[BuyoutQuote], today: date) -> list[ListedQuote]:
    """Two queries, however many quotes."""
    quotes = list(quotes)
    last = lease.ledger.aggregate(last=Max("pk"))["last"] or 0
    batches = {purchase_batch(quote): quote.pk for quote in quotes}
    bought = LedgerEntry.objects.filter(
        lease=lease, batch__in=batches, kind=LedgerKind.PAYMENT, reversed_by=None
    )
    used = {batches[batch] for batch in bought.values_list("batch", flat=True)}
    return [ListedQuote(quote, _state(quote, today, last, used)) for quote in quotes]


def state_of(quote: BuyoutQuote, today: date) -> QuoteState:
    return with_states(quote.lease, [quote], today)[0].state


def is_current(quote: BuyoutQuote, today: date) -> bool:
    """Whether the figure is still the one to pay: in time, and nothing recorded since."""
    return state_of(quote, today) == QuoteState.VALID


def _state(quote: BuyoutQuote, today: date, last: int, used: set[int]) -> QuoteState:
    if quote.pk in used:
        return QuoteState.USED
    if last > quote.inputs["ledger"]:
        return QuoteState.OVERTAKEN
    return QuoteState.EXPIRED if today > quote.valid_until else QuoteState.VALID
