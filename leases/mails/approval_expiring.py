from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from leases.enums import LeaseStatus
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.deadlines import (
    ExpiringParams,
    before_deadline,
    expires_so,
)
from leases.mails.phrases import AGAIN_EN, AGAIN_ES, LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from mail.kinds import MailKind, Text

APPROVAL_EXPIRING = MailKind(
    key="approval_expiring",
    label=_("Approval about to expire"),
    params=ExpiringParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "expires_day": _("the date it expires"),
        "expires_at": _("the date and time it expires, on the customer’s clock"),
    },
    in_body=("account_number", "expires_at"),
    is_still_true=partial(expires_so, in_statuses={LeaseStatus.APPROVED}),
    goes_at=before_deadline,
    sample=lambda now: ExpiringParams(**MADE_UP, expires_at=now + timedelta(days=10)),
    texts={
        Language.ENGLISH: Text(
            "Your approval is good until {expires_day}",
            f"""\
Hello {{first_name}},

Your approval is good until {{expires_at}}. To use it, choose your item at the store, sign the \
lease agreement, and get the item before then.

{LEASE_EN}

If you don’t have the item by then, the approval expires. {AGAIN_EN}

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Su aprobación es válida hasta el {expires_day}",
            f"""\
Hola, {{first_name}}:

Su aprobación es válida hasta el {{expires_at}}. Para usarla, haga esto antes: elija su artículo \
en la tienda, firme el contrato y reciba el artículo.

{LEASE_ES}

Si para entonces no tiene el artículo, la aprobación vence. {AGAIN_ES}

{PORTAL_ES}""",
        ),
    },
)
