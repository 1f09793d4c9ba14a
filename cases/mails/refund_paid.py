from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
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
class RefundPaidParams(RefundParams):
    paid_on: date
    reference: str

    def words(self) -> dict[str, str]:
        return super().words() | {"paid_day": day(self.paid_on), "reference": self.reference}


def _sample(now: datetime) -> RefundPaidParams:
    return RefundPaidParams(
        **made_up(now),
        amount=Decimal("38.46"),
        method=PaymentMethod.CHECK,
        paid_on=business_day(now),
        reference="1042",
    )


REFUND_PAID = MailKind(
    key="refund_paid",
    label=_("Refund paid"),
    params=RefundPaidParams,
    placeholders={
        **REFUND_PLACEHOLDERS,
        "paid_day": _("the day it was paid"),
        "reference": _("what shows that it was paid, such as the check number"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "amount", "way", "paid_day", "reference"),
    kept="case_number",
    through_attorney=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "We paid your refund: case {case_number}",
            f"""\
Hello {{first_name}},

We refunded you {{amount}} {{way}} on {{paid_day}}.

Reference: {{reference}}

If it went to your card or bank account, your bank may take a few days to show it. If it doesn’t \
reach you, write to us or call us and mention this reference.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="We paid your refund",
        ),
        Language.SPANISH: Text(
            "Pagamos su reembolso: caso {case_number}",
            f"""\
Hola, {{first_name}}:

Le reembolsamos {{amount}} {{way}} el {{paid_day}}.

Referencia: {{reference}}

Si fue a su tarjeta o a su cuenta bancaria, el banco puede tardar unos días en mostrarlo. Si no le \
llega, escríbanos o llámenos y mencione esta referencia.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Pagamos su reembolso",
        ),
    },
)
