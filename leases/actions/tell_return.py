"""Tells the customer in writing what a return means, in its transaction."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from common.company_day import business_day
from leases.enums import LeaseStatus, ReturnOutcome
from leases.mails.base import lease_facts, lease_mail
from leases.mails.return_amended import RETURN_AMENDED, ReturnAmendedParams
from leases.mails.return_closed import RETURN_CLOSED, ReturnClosedParams
from leases.mails.return_opened import RETURN_OPENED
from leases.mails.return_voided import RETURN_VOIDED, ReturnVoidedParams
from leases.mails.returns import DeliveredReturnParams, ReturnedLine, ReturnFacts
from leases.mails.standing import facts_of, standing_facts
from leases.models import InvoiceLine, Lease, MerchandiseReturn, Terms
from leases.money import ZERO
from leases.queries.ledger import standing_of
from mail.kinds import MailKind, MailParams
from mail.outbound.enqueue import enqueue


def tell_return(
    row: MerchandiseReturn, lease: Lease, *, price_before: Decimal | None, now: datetime
) -> None:
    """`price_before` is the invoice's earlier total; `lease` is as the return left it."""
    match ReturnOutcome(row.outcome):
        case ReturnOutcome.OPENED:
            _tell(RETURN_OPENED, _opened(row, lease, now), row, lease, now)
        case ReturnOutcome.AMENDED:
            _tell(RETURN_AMENDED, _amended(row, lease, price_before), row, lease, now)
        case ReturnOutcome.VOIDED:
            _tell(RETURN_VOIDED, _voided(row, lease, now), row, lease, now)


def tell_closing(row: MerchandiseReturn, *, now: datetime) -> None:
    lease = row.lease
    owed = standing_of(lease, business_day(now))
    said = ReturnClosedParams(
        **lease_facts(lease), **_facts(row), **facts_of(owed), balance=max(owed.balance, ZERO)
    )
    _tell(RETURN_CLOSED, said, row, lease, now)


def _tell(
    kind: MailKind[MailParams],
    said: MailParams,
    row: MerchandiseReturn,
    lease: Lease,
    now: datetime,
) -> None:
    enqueue(lease_mail(kind, said, lease, key=f"{kind.key}:{row.pk}"), now=now)


def _opened(row: MerchandiseReturn, lease: Lease, now: datetime) -> DeliveredReturnParams:
    standing = standing_facts(lease, business_day(now))
    return DeliveredReturnParams(**lease_facts(lease), **_facts(row), **standing)


def _amended(row: MerchandiseReturn, lease: Lease, before: Decimal | None) -> ReturnAmendedParams:
    price = lease.invoice_total or ZERO
    return ReturnAmendedParams(
        **lease_facts(lease),
        **_facts(row),
        price=price,
        price_before=price if before is None else before,
        lease_total=Terms.objects.filter(lease=lease).values_list("total", flat=True).first(),
    )


def _voided(row: MerchandiseReturn, lease: Lease, now: datetime) -> ReturnVoidedParams:
    is_open = lease.status_at(now) == LeaseStatus.APPROVED
    return ReturnVoidedParams(
        **lease_facts(lease),
        **_facts(row),
        approved_until=lease.expires_at if is_open else None,
    )


def _facts(row: MerchandiseReturn) -> ReturnFacts:
    """With the names that the invoices give the lines."""
    sold = InvoiceLine.objects.filter(invoice__lease=row.lease_id).order_by("pk")
    names = {line.line_number: line.description or line.sku for line in sold}
    return {
        "returned_on": row.returned_on,
        "items": tuple(
            ReturnedLine(
                number=item["line_number"],
                name=names.get(item["line_number"]) or item.get("sku") or "",
                quantity=item["quantity"],
                # the new price of what stays; what came back needs none
                price=_price(item["price_each"]) if not item["quantity"] else None,
            )
            for item in row.items
        ),
    }


def _price(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
