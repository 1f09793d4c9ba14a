from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.enums import Language
from common.company_day import business_day
from common.formats import day, money
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.mails.standing import STANDING_PLACEHOLDERS, StandingParams
from mail.kinds import MailKind, Text
from mail.words import Tone, large, turn


@dataclass(frozen=True, kw_only=True)
class PaymentReceivedParams(StandingParams):
    paid_on: date
    amount: Decimal
    fees: Decimal = Decimal("0.00")  # the part that paid late fees
    fees_removed: Decimal = Decimal("0.00")  # charged although the payment was on time
    is_paid_in_full: bool = False

    def words(self) -> dict[str, str]:
        found = super().words() | {
            "amount": large(money(self.amount)),
            "paid_day": day(self.paid_on),
            "went_to": "\n".join(self._went_to()),
        }
        if self.is_paid_in_full:
            found["next_payment"] = turn(
                pgettext("next payment", "none. Your lease is paid in full."), Tone.GOOD
            )
        return found

    def _went_to(self) -> list[str]:
        lines = []
        if rent := self.amount - self.fees:
            lines.append(_("To your lease payments: %(amount)s") % {"amount": money(rent)})
        if self.fees:
            lines.append(_("To late fees: %(amount)s") % {"amount": money(self.fees)})
        if self.fees_removed:
            words = _("Late fees removed, because this payment was on time: %(amount)s")
            lines.append(words % {"amount": money(self.fees_removed)})
        return lines


def _sample(now: datetime) -> PaymentReceivedParams:
    today = business_day(now)
    return PaymentReceivedParams(
        **MADE_UP,
        paid_on=today,
        amount=Decimal("50.00"),
        fees=Decimal("11.54"),
        arrears=Decimal("0.00"),
        next_on=today + timedelta(days=7),
        next_amount=Decimal("38.46"),
    )


PAYMENT_RECEIVED = MailKind(
    key="payment_received",
    label=gettext_lazy("Payment received"),
    params=PaymentReceivedParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "amount": gettext_lazy("the amount received"),
        "paid_day": gettext_lazy("the payment date"),
        "went_to": gettext_lazy("what the payment covered, one per line"),
        **STANDING_PLACEHOLDERS,
    },
    in_body=("account_number", "amount", "paid_day", "went_to", "arrears", "next_payment"),
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "We received your payment of {amount}",
            f"""\
Hello {{first_name}},

We received your payment. Thank you.

Amount: {{amount}}
Payment date: {{paid_day}}
{{went_to}}

{LEASE_EN}

Here’s where your payments stand:
Past due: {{arrears}}
Next payment: {{next_payment}}

If the amount or the date isn’t right, call us or reply to this email. Have your receipt ready.

{PORTAL_EN}""",
            headline="We received your payment",
        ),
        Language.SPANISH: Text(
            "Recibimos su pago de {amount}",
            f"""\
Hola, {{first_name}}:

Recibimos su pago. Gracias.

Monto: {{amount}}
Fecha del pago: {{paid_day}}
{{went_to}}

{LEASE_ES}

Así están sus pagos:
Saldo vencido: {{arrears}}
Próximo pago: {{next_payment}}

Si el monto o la fecha no son correctos, llámenos o responda a este correo. Tenga a la mano su \
comprobante.

{PORTAL_ES}""",
            headline="Recibimos su pago",
        ),
    },
)
