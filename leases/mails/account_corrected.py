"""A person corrected what a lease owes, without money coming in or going out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Language
from common.company_day import business_day
from common.formats import money
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.hours import in_their_hours
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.mails.standing import STANDING_PLACEHOLDERS, StandingParams
from mail.kinds import MailKind, Text


class Correction(Enum):
    FEE_WAIVED = "fee_waived"
    FEE_REMOVED = "fee_removed"
    FEE_RESTORED = "fee_restored"  # a waiver was reversed
    LOWERED = "lowered"
    RAISED = "raised"


_CORRECTIONS = {
    Correction.FEE_WAIVED: pgettext_lazy("mail", "We waived %(amount)s in late fees."),
    Correction.FEE_REMOVED: pgettext_lazy("mail", "We removed a late fee of %(amount)s."),
    Correction.FEE_RESTORED: pgettext_lazy(
        "mail", "We had waived %(amount)s in late fees. They’re due again."
    ),
    Correction.LOWERED: pgettext_lazy(
        "mail", "We corrected your account. You owe %(amount)s less than before."
    ),
    Correction.RAISED: pgettext_lazy(
        "mail", "We corrected your account. You owe %(amount)s more than before."
    ),
}


@dataclass(frozen=True, kw_only=True)
class AccountCorrectedParams(StandingParams):
    correction: Correction
    amount: Decimal  # above zero

    def words(self) -> dict[str, str]:
        words = str(_CORRECTIONS[self.correction])
        return super().words() | {"correction": words % {"amount": money(self.amount)}}


def _sample(now: datetime) -> AccountCorrectedParams:
    return AccountCorrectedParams(
        **MADE_UP,
        correction=Correction.FEE_WAIVED,
        amount=Decimal("5.00"),
        arrears=Decimal("38.46"),
        next_on=business_day(now) + timedelta(days=2),
        next_amount=Decimal("38.46"),
    )


ACCOUNT_CORRECTED = MailKind(
    key="account_corrected",
    label=_("Account corrected"),
    params=AccountCorrectedParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "correction": _("what was corrected, with the amount, as a sentence"),
        **STANDING_PLACEHOLDERS,
    },
    in_body=("account_number", "correction", "arrears", "next_payment"),
    goes_at=in_their_hours,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "We corrected the balance on your lease",
            f"""\
Hello {{first_name}},

{{correction}}

{LEASE_EN}

Here’s where your payments stand now:
Past due: {{arrears}}
Next payment: {{next_payment}}

If you have a question, or this doesn’t look right, call us or reply to this email.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Corregimos el saldo de su contrato",
            f"""\
Hola, {{first_name}}:

{{correction}}

{LEASE_ES}

Así están sus pagos ahora:
Saldo vencido: {{arrears}}
Próximo pago: {{next_payment}}

Si tiene alguna pregunta o cree que no es correcto, llámenos o responda a este correo.

{PORTAL_ES}""",
        ),
    },
)
