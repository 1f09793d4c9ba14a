from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from cases.enums import TemplateKey
from cases.mail.lease_mail import enqueue_lease_mail
from common.company_day import business_day
from leases.actions.move import locked
from leases.actions.quote_buyout import quote_buyout
from leases.models import BuyoutQuote, Lease
from leases.queries.buyout import is_current


@transaction.atomic
def send_quote(*, lease: Lease, by: User, now: datetime) -> tuple[BuyoutQuote, bool]:
    """A quote in writing: the snapshot and its mail in the customer's language.

    Asked for twice on a day, while nothing changed, it is the same quote: (that one, False) and no
    second mail. ValidationError: those of `quote_buyout`.
    """
    lease = locked(lease)
    today = business_day(now)
    last = lease.quotes.filter(as_of=today).first()
    if last is not None and is_current(last, today):
        return last, False
    quote = quote_buyout(lease=lease, by=by, now=now)
    enqueue_lease_mail(
        lease,
        TemplateKey.BUYOUT_QUOTE,
        key=f"buyout_quote:{quote.pk}",
        now=now,
        quote=_params(quote),
    )
    return quote, True


_AMOUNTS = ("total", "tax", "cash_price", "cost_of_lease", "lease_total", "remaining", "saving")


def _params(quote: BuyoutQuote) -> dict[str, Any]:
    return {
        "rule": quote.rule,
        "is_ceiling": quote.is_ceiling,
        "inputs": quote.inputs,
        "as_of": quote.as_of.isoformat(),
        "valid_until": quote.valid_until.isoformat(),
    } | {name: str(getattr(quote, name)) for name in _AMOUNTS}
