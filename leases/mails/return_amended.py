"""A part came back before the delivery, or costs less: the contract's amount is lower."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from common.formats import money
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.mails.returns import RETURN, ReturnParams, sample_facts
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class ReturnAmendedParams(ReturnParams):
    price: Decimal
    price_before: Decimal
    lease_total: Decimal | None  # None: no terms have been entered yet

    def words(self) -> dict[str, str]:
        total = self.lease_total
        return super().words() | {
            "price": money(self.price),
            "price_before": money(self.price_before),
            "lease_total": pgettext("total of payments", "not set up yet")
            if total is None
            else money(total),
        }


RETURN_AMENDED = MailKind(
    key="return_amended",
    label=_("Order changed by a return"),
    params=ReturnAmendedParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        **RETURN,
        "price": _("the price of what the customer keeps"),
        "price_before": _("the price before the return"),
        "lease_total": _("the total of all lease payments"),
    },
    in_body=("account_number", "returned_day", "returned_items", "price", "lease_total"),
    sample=lambda now: ReturnAmendedParams(
        **MADE_UP,
        **sample_facts(now),
        price=Decimal("700.00"),
        price_before=Decimal("900.00"),
        lease_total=Decimal("1400.00"),
    ),
    texts={
        Language.ENGLISH: Text(
            "Your order changed: the new price is {price}",
            f"""\
Hello {{first_name}},

We recorded this change to your order on {{returned_day}}:

{{returned_items}}

Your lease continues with what you’re keeping, at the new price:

New price: {{price}}
Previous price: {{price_before}}
Total of all lease payments: {{lease_total}}

{LEASE_EN}

You don’t need to do anything. When the store confirms the delivery, we’ll email you the dates \
and amounts of your payments. If anything here isn’t right, call us or reply to this email.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Su pedido cambió: el precio nuevo es {price}",
            f"""\
Hola, {{first_name}}:

Registramos este cambio en su pedido el {{returned_day}}:

{{returned_items}}

Su contrato sigue con lo que usted conserva, al precio nuevo:

Precio nuevo: {{price}}
Precio anterior: {{price_before}}
Total de todos los pagos del contrato: {{lease_total}}

{LEASE_ES}

No tiene que hacer nada. Cuando la tienda confirme la entrega, le enviaremos por correo las \
fechas y los montos de sus pagos. Si algo no es correcto, llámenos o responda a este correo.

{PORTAL_ES}""",
        ),
    },
)
