from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from common.company_day import business_day
from common.formats import day, money
from leases import quote_words
from leases.buyout import Inputs, quote, snapshot
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP, LeaseParams
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from mail.kinds import MailKind, Text
from mail.words import large


@dataclass(frozen=True, kw_only=True)
class Quoted:
    rule: str
    is_ceiling: bool = False
    inputs: dict[str, Any]  # as leases.buyout.snapshot writes them
    total: Decimal
    tax: Decimal
    cash_price: Decimal
    cost_of_lease: Decimal
    lease_total: Decimal
    remaining: Decimal
    saving: Decimal
    as_of: date
    valid_until: date


@dataclass(frozen=True, kw_only=True)
class BuyoutQuoteParams(LeaseParams):
    quote: Quoted

    def words(self) -> dict[str, str]:
        quote = self.quote
        how = (quote_words.formula(quote.rule, quote.inputs), quote_words.limit(quote.inputs))
        return super().words() | {
            "total": large(money(quote.total)),
            "tax": money(quote.tax),
            "cash_price": money(quote.cash_price),
            "cost_of_lease": money(quote.cost_of_lease),
            "lease_total": money(quote.lease_total),
            "remaining": money(quote.remaining),
            "saving": money(quote.saving),
            "as_of": day(quote.as_of),
            "valid_until": day(quote.valid_until),
            "formula": "\n".join(line for line in how if line),
            "effect": str(quote_words.effect()),
        }


def _sample(now: datetime) -> BuyoutQuoteParams:
    today = business_day(now)
    priced = Inputs(
        cash_price=Decimal(1000), total=Decimal(2000), payments=52, left=Decimal(32),
        instalment=Decimal("38.46"), paid=Decimal("769.20"), past_due=Decimal(0), fees=Decimal(0),
        future=Decimal("1230.80"), option_fee=Decimal(0), rate=None, tax_rate=Decimal(0),
        delivered_on=today - timedelta(140), today=today, state="NY",
    )  # fmt: skip
    return BuyoutQuoteParams(
        **MADE_UP,
        quote=Quoted(
            rule="ny",
            inputs=snapshot(priced, quote(priced, "ny")),
            total=Decimal("615.38"),
            tax=Decimal("0.00"),
            cash_price=Decimal("1000.00"),
            cost_of_lease=Decimal("1000.00"),
            lease_total=Decimal("2000.00"),
            remaining=Decimal("1230.80"),
            saving=Decimal("615.42"),
            as_of=today,
            valid_until=today + timedelta(days=10),
        ),
    )


BUYOUT_QUOTE = MailKind(
    key="buyout_quote",
    label=_("Early purchase quote"),
    params=BuyoutQuoteParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "total": _("the early purchase price, sales tax included"),
        "tax": _("the sales tax in it"),
        "cash_price": _("the cash price"),
        "cost_of_lease": _("the cost of the lease"),
        "lease_total": _("the total of all lease payments"),
        "remaining": _("what is left to pay if the customer keeps the lease"),
        "saving": _("what the customer saves by buying early"),
        "as_of": _("the date up to which payments were counted"),
        "valid_until": _("the last day the price is good"),
        "formula": _("how the price was calculated, in words"),
        "effect": _("how buying early affects the payment history"),
    },
    in_body=(
        "account_number",
        "total",
        "cash_price",
        "cost_of_lease",
        "lease_total",
        "saving",
        "formula",
        "effect",
        "valid_until",
    ),
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "Your early purchase price: {total}, good until {valid_until}",
            f"""\
Hello {{first_name}},

Here’s the exact price to buy your item early, before the end of your lease:

Early purchase price: {{total}}
Sales tax included: {{tax}}
Good until: {{valid_until}}
Payments counted through: {{as_of}}

{LEASE_EN}

How it compares:
Cash price: {{cash_price}}
Cost of lease: {{cost_of_lease}}
Total of all lease payments: {{lease_total}}
Left to pay if you keep the lease: {{remaining}}
You save if you buy now: {{saving}}

How we calculated it:
{{formula}}

Effect on your payment history:
{{effect}}

If you want to buy, call us by {{valid_until}}. The price changes after that day, or if you make \
another payment. If that happens, ask us for a new quote. If you’d rather keep the lease, you \
don’t need to do anything.

If one of your payments isn’t counted here, call us or reply to this email.

{PORTAL_EN}""",
            headline="Your early purchase price",
        ),
        Language.SPANISH: Text(
            "Su precio de compra anticipada: {total}, válido hasta el {valid_until}",
            f"""\
Hola, {{first_name}}:

Este es el precio exacto para comprar su artículo ahora, antes de que termine el contrato:

Precio de compra anticipada: {{total}}
Impuesto sobre las ventas incluido: {{tax}}
Válido hasta: {{valid_until}}
Pagos contados hasta: {{as_of}}

{LEASE_ES}

Para comparar:
Precio al contado: {{cash_price}}
Costo del contrato: {{cost_of_lease}}
Total de todos los pagos del contrato: {{lease_total}}
Lo que pagaría si sigue con el contrato: {{remaining}}
Lo que ahorra si compra ahora: {{saving}}

Cómo lo calculamos:
{{formula}}

Efecto en su historial de pagos:
{{effect}}

Si quiere comprarlo, llámenos a más tardar el {{valid_until}}. El precio cambia después de ese \
día, y también si hace otro pago. En ese caso, pídanos un precio nuevo. Si prefiere seguir con el \
contrato, no tiene que hacer nada.

Si falta alguno de sus pagos en este cálculo, llámenos o responda a este correo.

{PORTAL_ES}""",
            headline="Su precio de compra anticipada",
        ),
    },
)
