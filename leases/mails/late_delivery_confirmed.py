"""A delivery that was reported late and approved, in writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Language
from common.company_day import business_day
from common.formats import day, money
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP, LeaseParams
from leases.mails.deliveries import Delivery
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.mails.plan_agreed import PlannedPayment
from mail.kinds import MailKind, Text
from mail.words import turn


@dataclass(frozen=True, kw_only=True)
class LateDeliveryParams(LeaseParams):
    delivery: Delivery

    def words(self) -> dict[str, str]:
        delivery = self.delivery
        found = super().words() | {
            "delivered_day": day(delivery.delivered_on),
            "as_of": day(delivery.as_of),
            "due_total": money(delivery.due_total),
        }
        if delivery.payments is None:
            dates = _("We’re still setting up your payment dates.")
            return found | {"due_payments": dates, "next_payment": dates}
        return found | {
            "due_payments": delivery.due_lines() or _("No payment is due yet."),
            "next_payment": turn(delivery.next_line()),
        }


def _sample(now: datetime) -> LateDeliveryParams:
    def away(days: int) -> date:
        return business_day(now) + timedelta(days=days)

    return LateDeliveryParams(
        **MADE_UP,
        delivery=Delivery(
            delivered_on=away(-16),
            as_of=away(0),
            due_total=Decimal("76.92"),
            payments=(
                PlannedPayment(due_on=away(-9), amount=Decimal("38.46")),
                PlannedPayment(due_on=away(-2), amount=Decimal("38.46")),
            ),
            next_on=away(5),
            next_amount=Decimal("38.46"),
        ),
    )


LATE_DELIVERY_CONFIRMED = MailKind(
    key="late_delivery_confirmed",
    label=gettext_lazy("Late-reported delivery confirmed"),
    params=LateDeliveryParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "delivered_day": gettext_lazy("the delivery date"),
        "as_of": gettext_lazy("the date up to which payments were counted"),
        "due_total": gettext_lazy("the total due by that date"),
        "due_payments": gettext_lazy(
            "each payment due by that date, one per line; or that none is due yet"
        ),
        "next_payment": gettext_lazy("the date and amount of the next payment"),
    },
    in_body=("account_number", "delivered_day", "due_total", "due_payments", "next_payment"),
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "Your delivery is confirmed: {delivered_day}",
            f"""\
Hello {{first_name}},

Your order was delivered on {{delivered_day}}. The store told us late. If we wrote to you that \
your approval or lease agreement had expired, that no longer applies. Your lease is active, and \
your payment dates are based on that delivery.

{LEASE_EN}

Due by {{as_of}}: {{due_total}}
{{due_payments}}

Next payment: {{next_payment}}

There’s no late fee on payments whose due date had already passed when we sent this email. If you \
can’t pay what’s due all at once, call us or reply to this email. We’ll work out a payment plan \
with you. If you received your order on another day, tell us that, too.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Confirmamos su entrega del {delivered_day}",
            f"""\
Hola, {{first_name}}:

Su pedido se entregó el {{delivered_day}}. La tienda nos avisó tarde. Si le escribimos que su \
contrato o su aprobación había vencido, no tome en cuenta ese aviso. Su contrato está activo y \
sus pagos cuentan desde la entrega.

{LEASE_ES}

Por pagar hasta el {{as_of}}: {{due_total}}
{{due_payments}}

Próximo pago: {{next_payment}}

Los pagos cuya fecha ya había pasado cuando le enviamos este correo no tienen ningún cargo por \
mora. Si no puede pagar todo de una vez, o recibió su pedido otro día, llámenos o responda a \
este correo. Acordaremos con usted un plan de pagos.

{PORTAL_ES}""",
        ),
    },
)
