"""Merchandise came back after the delivery: the lease goes on until the return is settled."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from common.company_day import business_day
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.mails.returns import RETURN, DeliveredReturnParams, sample_facts
from leases.mails.standing import STANDING_PLACEHOLDERS
from mail.kinds import MailKind, Text


def _sample(now: datetime) -> DeliveredReturnParams:
    return DeliveredReturnParams(
        **MADE_UP,
        **sample_facts(now),
        arrears=Decimal("0.00"),
        next_on=business_day(now) + timedelta(days=7),
        next_amount=Decimal("38.46"),
    )


RETURN_OPENED = MailKind(
    key="return_opened",
    label=_("Return opened"),
    params=DeliveredReturnParams,
    placeholders={**LEASE_PLACEHOLDERS, **RETURN, **STANDING_PLACEHOLDERS},
    in_body=("account_number", "returned_day", "returned_items", "arrears", "next_payment"),
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "We recorded your return of {returned_day}",
            f"""\
Hello {{first_name}},

We recorded this return of {{returned_day}}:

{{returned_items}}

We’ll check it with the store and write to you when it’s settled. Until then, your lease stays \
active. Please keep making your payments.

{LEASE_EN}

Here’s where your payments stand:
Past due: {{arrears}}
Next payment: {{next_payment}}

Keep the receipt the store gave you. If you didn’t return this, or something is missing from the \
list, call us or reply to this email.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Registramos su devolución del {returned_day}",
            f"""\
Hola, {{first_name}}:

Registramos esta devolución del {{returned_day}}:

{{returned_items}}

La revisaremos con la tienda y le escribiremos cuando esté resuelta. Mientras tanto, su contrato \
sigue activo. Por favor, continúe con sus pagos.

{LEASE_ES}

Así están sus pagos:
Saldo vencido: {{arrears}}
Próximo pago: {{next_payment}}

Guarde el comprobante que le dio la tienda. Si usted no devolvió esto, o si falta algo en la \
lista, llámenos o responda a este correo.

{PORTAL_ES}""",
        ),
    },
)
