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

APPROVAL_EXPIRED = MailKind(
    key="approval_expired",
    label=_("Approval expired"),
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
            "Your approval expired on {expired_day}",
            f"""\
Hello {{first_name}},

Your approval was good until {{expired_at}}. By then, the store hadn’t told us that you had your \
item. So the approval expired, and you can’t use it anymore.

{LEASE_EN}

{AGAIN_EN}

{MISTAKE_EN}

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Su aprobación venció el {expired_day}",
            f"""\
Hola, {{first_name}}:

Su aprobación era válida hasta el {{expired_at}}. A esa hora, la tienda todavía no nos había \
avisado que usted tenía su artículo. Por eso la aprobación venció y ya no se puede usar.

{LEASE_ES}

{AGAIN_ES}

{MISTAKE_ES}

{PORTAL_ES}""",
        ),
    },
)
