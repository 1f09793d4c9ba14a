from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from common.company_day import business_day
from common.formats import day, money
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.mails.standing import STANDING_PLACEHOLDERS, StandingParams
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class PaymentHistoryParams(StandingParams):
    since: date
    until: date
    received: Decimal

    def words(self) -> dict[str, str]:
        return super().words() | {
            "since": day(self.since),
            "until": day(self.until),
            "received": money(self.received),
        }


PAYMENT_HISTORY = MailKind(
    key="payment_history",
    label=_("Payment history"),
    params=PaymentHistoryParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "since": _("the first day of the period"),
        "until": _("the last day of the period"),
        "received": _("the total of the payments received"),
        **STANDING_PLACEHOLDERS,
    },
    in_body=("account_number", "since", "until", "received", "arrears"),
    sample=lambda now: PaymentHistoryParams(
        **MADE_UP,
        since=business_day(now) - timedelta(days=140),
        until=business_day(now),
        received=Decimal("769.20"),
        arrears=Decimal("38.46"),
        next_on=business_day(now) + timedelta(days=7),
        next_amount=Decimal("38.46"),
    ),
    texts={
        Language.ENGLISH: Text(
            "Your payment history through {until}",
            f"""\
Hello {{first_name}},

Here’s where your payments stand, from {{since}} through {{until}}:

Payments received: {{received}}
Past due: {{arrears}}
Next payment: {{next_payment}}

{LEASE_EN}

You can see every payment, with its date and amount, on your lease page.

If one of your payments is missing, call us. Have its date, its amount, and the receipt ready. \
We’ll go through every transaction with you.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Su historial de pagos hasta el {until}",
            f"""\
Hola, {{first_name}}:

Así están sus pagos, desde el {{since}} hasta el {{until}}:

Pagos recibidos: {{received}}
Saldo vencido: {{arrears}}
Próximo pago: {{next_payment}}

{LEASE_ES}

Cada pago, con su fecha y su monto, está en la página de su contrato.

Si falta alguno de sus pagos, llámenos. Tenga a la mano la fecha, el monto y el comprobante. \
Revisaremos con usted cada movimiento.

{PORTAL_ES}""",
        ),
    },
)
