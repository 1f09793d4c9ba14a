"""The terms of a contract were entered after its delivery, so only now are there payments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from leases.mails.base import LEASE_PLACEHOLDERS
from leases.mails.deliveries import DeliveryParams
from leases.mails.delivery_confirmed import DELIVERY_CONFIRMED
from leases.mails.hours import in_their_hours
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from mail.kinds import MailKind, Text

PAYMENTS_SET_UP = MailKind(
    key="payments_set_up",
    label=_("Payment dates set up"),
    params=DeliveryParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "delivered_day": _("the delivery date"),
        "payments": _("the next payment, and what is already due"),
    },
    in_body=("account_number", "payments"),
    goes_at=in_their_hours,
    sample=DELIVERY_CONFIRMED.sample,
    texts={
        Language.ENGLISH: Text(
            "Your payment dates are ready",
            f"""\
Hello {{first_name}},

Your payment dates are ready. They’re based on {{delivered_day}}, the day you received your item.

{LEASE_EN}

{{payments}}

You can see all your payments, with their dates and amounts, on your lease page.

If anything here isn’t right, call us or reply to this email.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Sus fechas de pago están listas",
            f"""\
Hola, {{first_name}}:

Sus fechas de pago están listas. Cuentan desde el {{delivered_day}}, el día en que recibió su \
artículo.

{LEASE_ES}

{{payments}}

Todos sus pagos, con sus fechas y montos, están en la página de su contrato.

Si algo no es correcto, llámenos o responda a este correo.

{PORTAL_ES}""",
        ),
    },
)
