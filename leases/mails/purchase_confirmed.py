from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from common.company_day import business_day
from common.formats import day, money
from leases import quote_words
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP, LeaseParams
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from mail.kinds import MailKind, Text
from mail.words import large


@dataclass(frozen=True, kw_only=True)
class PurchaseConfirmedParams(LeaseParams):
    paid_on: date
    total: Decimal
    tax: Decimal  # included in the total

    def words(self) -> dict[str, str]:
        return super().words() | {
            "paid_day": day(self.paid_on),
            "total": large(money(self.total)),
            "tax": money(self.tax),
            "effect": str(quote_words.effect()),
        }


PURCHASE_CONFIRMED = MailKind(
    key="purchase_confirmed",
    label=_("Early purchase confirmed"),
    params=PurchaseConfirmedParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "paid_day": _("the payment date"),
        "total": _("the early purchase price, sales tax included"),
        "tax": _("the sales tax in it"),
        "effect": _("how buying early affects the payment history"),
    },
    in_body=("account_number", "paid_day", "total", "effect"),
    sample=lambda now: PurchaseConfirmedParams(
        **MADE_UP, paid_on=business_day(now), total=Decimal("615.38"), tax=Decimal("0.00")
    ),
    texts={
        Language.ENGLISH: Text(
            "Your early purchase is complete: we received {total}",
            f"""\
Hello {{first_name}},

You bought your item early. We received your payment, and you don’t owe anything more on this \
lease.

Amount: {{total}}
Sales tax included: {{tax}}
Payment date: {{paid_day}}

{LEASE_EN}

Effect on your payment history:
{{effect}}

Keep this email as proof of your purchase. If anything here isn’t right, call us or reply to this \
email.

{PORTAL_EN}""",
            headline="Your early purchase is complete",
        ),
        Language.SPANISH: Text(
            "Su compra anticipada está completa: recibimos {total}",
            f"""\
Hola, {{first_name}}:

Usted compró su artículo por anticipado. Recibimos su pago y ya no debe nada de este contrato.

Monto: {{total}}
Impuesto sobre las ventas incluido: {{tax}}
Fecha del pago: {{paid_day}}

{LEASE_ES}

Efecto en su historial de pagos:
{{effect}}

Guarde este correo como comprobante de su compra. Si algo no es correcto, llámenos o responda a \
este correo.

{PORTAL_ES}""",
            headline="Su compra anticipada está completa",
        ),
    },
)
