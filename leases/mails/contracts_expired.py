from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.deadlines import (
    ExpiredParams,
    has_expired,
)
from leases.mails.hours import in_their_hours
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

CONTRACTS_EXPIRED = MailKind(
    key="contracts_expired",
    label=_("Lease agreement expired"),
    params=ExpiredParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "expired_day": _("the date it expired"),
        "expired_at": _("the date and time it expired, on the customer’s clock"),
    },
    in_body=("account_number", "expired_at"),
    at_most_once=True,
    is_still_true=has_expired,
    goes_at=in_their_hours,
    sample=lambda now: ExpiredParams(**MADE_UP, expired_at=now),
    texts={
        Language.ENGLISH: Text(
            "Your lease agreement expired on {expired_day}",
            f"""\
Hello {{first_name}},

You had until {{expired_at}} to sign your lease agreement and receive your item. By then, the \
store hadn’t told us that you had it. So the agreement expired, even if you signed it.

{LEASE_EN}

{AGAIN_EN}

{MISTAKE_EN}

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Su contrato venció el {expired_day}",
            f"""\
Hola, {{first_name}}:

Usted tenía hasta el {{expired_at}} para firmar su contrato y recibir su artículo. A esa hora, la \
tienda todavía no nos había avisado que usted lo tenía. Por eso el contrato venció, aunque ya lo \
hubiera firmado.

{LEASE_ES}

{AGAIN_ES}

{MISTAKE_ES}

{PORTAL_ES}""",
        ),
    },
)
