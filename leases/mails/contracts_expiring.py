from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from leases.lifecycle import UNDER_CONTRACT
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.deadlines import (
    ExpiringParams,
    before_deadline,
    expires_so,
)
from leases.mails.phrases import (
    AGAIN_EN,
    AGAIN_ES,
    LEASE_EN,
    LEASE_ES,
    MISTAKE_EN,
    MISTAKE_ES,
    PORTAL_EN,
    PORTAL_ES,
)
from mail.kinds import MailKind, Text

CONTRACTS_EXPIRING = MailKind(
    key="contracts_expiring",
    label=_("Contract about to expire"),
    params=ExpiringParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "expires_day": _("the day on which it expires"),
        "expires_at": _("the day and time at which it expires, on the customer’s clock"),
    },
    in_body=("account_number", "expires_at"),
    is_still_true=partial(expires_so, in_statuses=UNDER_CONTRACT),
    goes_at=before_deadline,
    sample=lambda now: ExpiringParams(**MADE_UP, expires_at=now + timedelta(days=10)),
    texts={
        Language.ENGLISH: Text(
            "Your item must be delivered by {expires_day}",
            f"""\
Hello, {{customer_name}}:

Your lease agreement stays open until {{expires_at}}. Before then it must be signed and the item \
delivered.

{LEASE_EN}

If the signature or the delivery is still missing, please call the store and agree on a day. \
{MISTAKE_EN}

If the delivery is not confirmed in time, the contract expires, signed or not. {AGAIN_EN}

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Su artículo debe entregarse a más tardar el {expires_day}",
            f"""\
Hola, {{customer_name}}:

Su contrato sigue abierto hasta el {{expires_at}}. Para entonces debe estar firmado y el artículo, \
entregado.

{LEASE_ES}

Si todavía falta la firma o la entrega, llame a la tienda y acuerde un día. {MISTAKE_ES}

Si la entrega no se confirma a tiempo, el contrato vence, aunque esté firmado. {AGAIN_ES}

{PORTAL_ES}""",
        ),
    },
)
