"""A delivery that the store confirmed before its deadline, on the day or some days later."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from common.company_day import business_day
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.deliveries import Delivery, DeliveryParams
from leases.mails.hours import in_their_hours
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from mail.kinds import MailKind, Text


def _sample(now: datetime) -> DeliveryParams:
    today = business_day(now)
    return DeliveryParams(
        **MADE_UP,
        delivery=Delivery(
            delivered_on=today,
            as_of=today,
            due_total=Decimal("0.00"),
            payments=(),
            next_on=today + timedelta(days=7),
            next_amount=Decimal("38.46"),
        ),
    )


DELIVERY_CONFIRMED = MailKind(
    key="delivery_confirmed",
    label=_("Delivery confirmed"),
    params=DeliveryParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "delivered_day": _("the delivery date"),
        "payments": _(
            "the next payment, and what is already due if the store told us days later; or "
            "that the dates aren’t set up yet"
        ),
    },
    in_body=("account_number", "delivered_day", "payments"),
    goes_at=in_their_hours,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "Your delivery is confirmed: your lease is active",
            f"""\
Hello {{first_name}},

The store confirmed that you received your item on {{delivered_day}}. Your lease is now active, \
and your payment dates are based on that day.

{LEASE_EN}

{{payments}}

If you don’t have the item, or you received it on another day, call us or reply to this email. If \
you can’t make a payment, tell us before its due date. We’ll work with you to find a solution.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Confirmamos su entrega: su contrato está activo",
            f"""\
Hola, {{first_name}}:

La tienda nos confirmó que usted recibió su artículo el {{delivered_day}}. Su contrato ya está \
activo y sus pagos cuentan desde ese día.

{LEASE_ES}

{{payments}}

Si no tiene el artículo, o lo recibió otro día, llámenos o responda a este correo. Si no va a \
poder hacer un pago, avísenos antes de su fecha. Buscaremos con usted una solución.

{PORTAL_ES}""",
        ),
    },
)
