"""A recorded payment no longer counts: it bounced, or it belonged to another lease."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Language
from common.company_day import business_day
from common.formats import day, money
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.hours import in_their_hours
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.mails.standing import STANDING_PLACEHOLDERS, StandingParams
from mail.kinds import MailKind, Text
from mail.words import large


@dataclass(frozen=True, kw_only=True)
class PaymentReversedParams(StandingParams):
    paid_on: date
    amount: Decimal
    is_purchase: bool = False

    def words(self) -> dict[str, str]:
        return super().words() | {
            "amount": large(money(self.amount)),
            "paid_day": day(self.paid_on),
            "meaning": self._meaning(),
        }

    def _meaning(self) -> str:
        if self.is_purchase:
            return _(
                "You used it to buy your item early. That purchase no longer counts, so your lease \
"
                "payments are due again."
            )
        return _("What it paid for is due again.")


def _sample(now: datetime) -> PaymentReversedParams:
    today = business_day(now)
    return PaymentReversedParams(
        **MADE_UP,
        paid_on=today - timedelta(days=5),
        amount=Decimal("38.46"),
        arrears=Decimal("38.46"),
        next_on=today + timedelta(days=2),
        next_amount=Decimal("38.46"),
    )


PAYMENT_REVERSED = MailKind(
    key="payment_reversed",
    label=gettext_lazy("Payment reversed"),
    params=PaymentReversedParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "amount": gettext_lazy("the amount of the payment"),
        "paid_day": gettext_lazy("the payment date"),
        "meaning": gettext_lazy(
            "what it means: a purchase no longer counts, or the amount is due again"
        ),
        **STANDING_PLACEHOLDERS,
    },
    in_body=("account_number", "amount", "paid_day", "meaning", "arrears", "next_payment"),
    goes_at=in_their_hours,
    at_most_once=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "We reversed a payment of {amount}",
            f"""\
Hello {{first_name}},

We had recorded this payment. We reversed it, and it no longer counts:

Amount: {{amount}}
Payment date: {{paid_day}}

{{meaning}}

{LEASE_EN}

Here’s where your payments stand now:
Past due: {{arrears}}
Next payment: {{next_payment}}

If you made this payment, call us or reply to this email with your receipt. We’ll look into it \
right away. If you can’t pay what’s past due all at once, tell us. We’ll work with you to find a \
solution.

{PORTAL_EN}""",
            headline="We reversed a payment",
        ),
        Language.SPANISH: Text(
            "Anulamos un pago de {amount}",
            f"""\
Hola, {{first_name}}:

Habíamos registrado este pago. Lo anulamos y ya no cuenta:

Monto: {{amount}}
Fecha del pago: {{paid_day}}

{{meaning}}

{LEASE_ES}

Así están sus pagos ahora:
Saldo vencido: {{arrears}}
Próximo pago: {{next_payment}}

Si usted hizo este pago, llámenos o responda a este correo con el comprobante. Lo revisaremos \
enseguida. Si no puede pagar todo el saldo vencido de una vez, avísenos. Buscaremos con usted una \
solución.

{PORTAL_ES}""",
            headline="Anulamos un pago",
        ),
    },
)
