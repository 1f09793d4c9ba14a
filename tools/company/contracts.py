"""The lease side of the demo: programs with their terms, and what was paid so far."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from common.company_day import business_day, company_zone
from leases.actions import InvoiceItem
from leases.actions.payments import record_payment
from leases.enums import BuyoutRule, ExchangePolicy, Frequency, PaymentMethod
from leases.models import Lease, Merchant, Program


class Offer(NamedTuple):
    code: str
    name_en: str
    name_es: str
    terms_en: str
    terms_es: str
    exchange_en: str
    exchange_es: str
    frequencies: tuple[Frequency, ...]
    exchange_policy: ExchangePolicy
    exchange_days: int
    recovery_payments: int
    rescheduling_days: int
    restructuring_payments: int
    discount_rate: Decimal


#: Merchant → the program it leases under.
PROGRAMS = {
    "Mueblería Luna": Offer(
        "hogar", "Home", "Hogar",
        "Twelve months of weekly or biweekly payments. You may buy early at any time.",
        "Doce meses de pagos semanales o cada dos semanas. "
        "Puede comprar antes en cualquier momento.",
        "Within 7 days of delivery, for the same item, in the store of signing.",
        "Dentro de los 7 días de la entrega, por el mismo artículo, en la tienda de la firma.",
        (Frequency.WEEKLY, Frequency.BIWEEKLY), ExchangePolicy.SAME_ITEM, 7, 6, 14, 4,
        Decimal("0.65"),
    ),
    "Lakeside Appliances": Offer(
        "standard", "Standard", "Estándar",
        "Twelve months of payments every two weeks or monthly.",
        "Doce meses de pagos cada dos semanas o mensuales.",
        "Within 14 days of delivery, for any item of the same value.",
        "Dentro de los 14 días de la entrega, por cualquier artículo del mismo valor.",
        (Frequency.BIWEEKLY, Frequency.MONTHLY), ExchangePolicy.SAME_VALUE, 14, 4, 10, 0,
        Decimal("0.75"),
    ),
    "Tires & More": Offer(
        "tires", "Tires", "Llantas",
        "Twelve months of weekly payments. No recovery plans.",
        "Doce meses de pagos semanales. Sin planes de recuperación.",
        "Mounted tires are not exchanged.",
        "Las llantas montadas no se cambian.",
        (Frequency.WEEKLY,), ExchangePolicy.NONE, 0, 0, 7, 0, Decimal("0.75"),
    ),
}  # fmt: skip


def make_program(merchant: Merchant) -> Program:
    offer = PROGRAMS[merchant.name]
    return Program.objects.create(
        merchant=merchant,
        code=offer.code,
        name_en=offer.name_en,
        name_es=offer.name_es,
        terms_en=offer.terms_en,
        terms_es=offer.terms_es,
        exchange_terms_en=offer.exchange_en,
        exchange_terms_es=offer.exchange_es,
        frequencies=list(offer.frequencies),
        exchange_policy=offer.exchange_policy,
        exchange_days=offer.exchange_days,
        recovery_payments=offer.recovery_payments,
        rescheduling_days=offer.rescheduling_days,
        restructuring_payments=offer.restructuring_payments,
        buyout_rule=BuyoutRule.OPTION,
        discount_rate=offer.discount_rate,
        option_fee=Decimal(50),
    )


def invoice_lines(merchandise: str, total: Decimal) -> list[InvoiceItem]:
    delivery = Decimal(49)
    return [
        InvoiceItem(1, "LN-4410", "", merchandise, total - delivery, 1, total - delivery),
        InvoiceItem(2, "", "", "Entrega / Delivery", delivery, 1, delivery),
    ]


def pay(lease: Lease, *, missed: int, now: datetime) -> None:
    """Pays every payment due so far on its day, except the last `missed` ones."""
    today = business_day(now)
    due = [each for each in lease.instalments.all() if each.due_on < today]
    for each in due[: max(0, len(due) - missed)]:
        noon = datetime.combine(each.due_on, time(12), company_zone())
        record_payment(
            lease=lease,
            amount=each.amount,
            on=each.due_on,
            method=PaymentMethod.CARD,
            reference=f"{each.number:03}-{lease.account_number[-4:]}",
            tells_customer=False,
            by=None,
            now=noon + timedelta(hours=1),
        )
