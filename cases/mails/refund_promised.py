from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.mails.base import made_up
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from cases.mails.refunds import REFUND_PLACEHOLDERS, RefundParams
from common.company_day import business_day
from common.formats import day
from leases.enums import PaymentMethod
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class RefundPromisedParams(RefundParams):
    expected_on: date

    def words(self) -> dict[str, str]:
        return super().words() | {"expected_day": day(self.expected_on)}


def _sample(now: datetime) -> RefundPromisedParams:
    return RefundPromisedParams(
        **made_up(now),
        amount=Decimal("38.46"),
        method=PaymentMethod.CHECK,
        expected_on=business_day(now) + timedelta(days=10),
    )


REFUND_PROMISED = MailKind(
    key="refund_promised",
    label=_("Refund promised"),
    params=RefundPromisedParams,
    placeholders={
        **REFUND_PLACEHOLDERS,
        "expected_day": _("the date by which the customer gets it"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "amount", "way", "expected_day"),
    kept="case_number",
    through_attorney=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "You’re getting a refund: case {case_number}",
            f"""\
Hello {{first_name}},

We’re refunding you {{amount}} {{way}}. You’ll have it by {{expected_day}}.

You don’t need to do anything. If it hasn’t arrived by then, write to us or call us. If the amount \
isn’t what you expected, tell us right away.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="You’re getting a refund",
        ),
        Language.SPANISH: Text(
            "Le haremos un reembolso: caso {case_number}",
            f"""\
Hola, {{first_name}}:

Le reembolsaremos {{amount}} {{way}}. Lo tendrá a más tardar el {{expected_day}}.

No tiene que hacer nada. Si para entonces no le ha llegado, escríbanos o llámenos. Si el monto no \
es el que esperaba, avísenos cuanto antes.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Le haremos un reembolso",
        ),
    },
)
