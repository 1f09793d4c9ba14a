from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from leases.actions.move import locked
from leases.models import BuyoutQuote, Lease
from leases.queries.buyout import quote_today


@transaction.atomic
def quote_buyout(*, lease: Lease, by: User | None, now: datetime) -> BuyoutQuote:
    """Stores today's figure. ValidationError: those of `queries.buyout.quote_today`."""
    quote = quote_today(locked(lease), now)
    quote.by = by
    quote.save()
    return quote
