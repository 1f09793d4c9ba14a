"""A return was settled. The outcome is an internal note; the customer is told what they owe now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from common.company_day import business_day
from common.formats import money
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.hours import in_their_hours
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.mails.returns import RETURN, DeliveredReturnParams, sample_facts
from leases.mails.standing import STANDING_PLACEHOLDERS
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class ReturnClosedParams(DeliveredReturnParams):
    balance: Decimal

    def words(self) -> dict[str, str]:
        return super().words() | {"balance": money(self.balance)}


def _sample(now: datetime) -> ReturnClosedParams:
    return ReturnClosedParams(
        **MADE_UP,
        **sample_facts(now),
        arrears=Decimal("0.00"),
        next_on=business_day(now) + timedelta(days=7),
        next_amount=Decimal("38.46"),
        balance=Decimal("1230.80"),
    )


RETURN_CLOSED = MailKind(
    key="return_closed",
    label=_("Return closed"),
    params=ReturnClosedParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        **RETURN,
        **STANDING_PLACEHOLDERS,
        "balance": _("all that is left to pay on the lease"),
    },
    in_body=("account_number", "returned_day", "arrears", "next_payment", "balance"),
    goes_at=in_their_hours,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "We finished checking your return of {returned_day}",
            f"""\
Hello {{first_name}},

We finished checking this return of {{returned_day}}:

{{returned_items}}

{LEASE_EN}

This is what you owe now:
Past due: {{arrears}}
Next payment: {{next_payment}}
Total left to pay on your lease: {{balance}}

If you were expecting a credit or an exchange and something is missing, call us or reply to this \
email. We’ll explain how your return was settled.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Terminamos de revisar su devolución del {returned_day}",
            f"""\
Hola, {{first_name}}:

Terminamos de revisar esta devolución del {{returned_day}}:

{{returned_items}}

{LEASE_ES}

Esto es lo que debe ahora:
Saldo vencido: {{arrears}}
Próximo pago: {{next_payment}}
Total por pagar de su contrato: {{balance}}

Si esperaba un crédito o un cambio y le falta algo, llámenos o responda a este correo. Le \
explicaremos cómo se resolvió su devolución.

{PORTAL_ES}""",
        ),
    },
)
