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
    label=_("Lease agreement about to expire"),
    params=ExpiringParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "expires_day": _("the date it expires"),
        "expires_at": _("the date and time it expires, on the customer’s clock"),
    },
    in_body=("account_number", "expires_at"),
    is_still_true=partial(expires_so, in_statuses=UNDER_CONTRACT),
    goes_at=before_deadline,
    sample=lambda now: ExpiringParams(**MADE_UP, expires_at=now + timedelta(days=10)),
    texts={
        Language.ENGLISH: Text(
            "Your item must be delivered by {expires_day}",
            f"""\
Hello {{first_name}},

You have until {{expires_at}} to sign your lease agreement and receive your item.

{LEASE_EN}

If you haven’t signed yet, or you don’t have the item, call the store and agree on a date. \
{MISTAKE_EN}

If the store doesn’t confirm the delivery in time, the agreement expires, even if you signed it. \
{AGAIN_EN}

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Su artículo debe entregarse a más tardar el {expires_day}",
            f"""\
Hola, {{first_name}}:

Tiene hasta el {{expires_at}} para firmar su contrato y recibir su artículo.

{LEASE_ES}

Si todavía no ha firmado, o no tiene el artículo, llame a la tienda y acuerde una fecha. \
{MISTAKE_ES}

Si la tienda no confirma la entrega a tiempo, el contrato vence, aunque usted lo haya firmado. \
{AGAIN_ES}

{PORTAL_ES}""",
        ),
    },
)
