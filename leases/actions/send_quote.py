from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.company_day import business_day
from leases.actions.move import locked
from leases.actions.quote_buyout import quote_buyout
from leases.mails.base import lease_facts, lease_mail
from leases.mails.buyout_quote import BUYOUT_QUOTE, BuyoutQuoteParams, Quoted
from leases.models import BuyoutQuote, Lease
from leases.queries.buyout import is_current
from mail.outbound.enqueue import enqueue


@transaction.atomic
def send_quote(*, lease: Lease, by: User, now: datetime) -> tuple[BuyoutQuote, bool]:
    """A quote in writing: the snapshot and its mail in the customer's language.

    If requested twice on a day with nothing changed, it's the same quote: (that quote, False), and
    no second mail. ValidationError: those of `quote_buyout`.
    """
    lease = locked(lease)
    today = business_day(now)
    last = lease.quotes.filter(as_of=today).first()
    if last is not None and is_current(last, today):
        return last, False
    quote = quote_buyout(lease=lease, by=by, now=now)
    said = BuyoutQuoteParams(**lease_facts(lease), quote=_quoted(quote))
    enqueue(lease_mail(BUYOUT_QUOTE, said, lease, key=f"buyout_quote:{quote.pk}"), now=now)
    return quote, True


def _quoted(quote: BuyoutQuote) -> Quoted:
    return Quoted(
        rule=quote.rule,
        is_ceiling=quote.is_ceiling,
        inputs=quote.inputs,
        total=quote.total,
        tax=quote.tax,
        cash_price=quote.cash_price,
        cost_of_lease=quote.cost_of_lease,
        lease_total=quote.lease_total,
        remaining=quote.remaining,
        saving=quote.saving,
        as_of=quote.as_of,
        valid_until=quote.valid_until,
    )
