from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.events import Decided, Disputed
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, bulleted, in_their_own_words, made_up
from cases.mails.phrases import (
    HOW_IT_STANDS_EN,
    HOW_IT_STANDS_ES,
    PORTAL_EN,
    PORTAL_ES,
)
from common.company_day import business_day
from common.formats import money
from leases.enums import ChargeDecision, ChargeReason, LedgerKind
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class ChargesDecidedParams(CaseParams):
    results: tuple[Decided, ...]
    arrears: Decimal  # past due once it was decided, fees included
    message: str
    said_in: str = ""

    def words(self) -> dict[str, str]:
        results = bulleted(each.told() for each in self.results)
        text = f"{results}\n\n{self.message}"
        return super().words() | {
            "results": in_their_own_words(text, self.message, self.said_in),
            "arrears": money(self.arrears),
        }


def _sample(now: datetime) -> ChargesDecidedParams:
    today = business_day(now)
    payment = Disputed(
        charge=1, entry=1, kind=LedgerKind.CHARGE, number=7, on=today - timedelta(days=9),
        of=Decimal("38.46"), amount=Decimal("38.46"),
    )  # fmt: skip
    fee = Disputed(
        charge=2, entry=2, kind=LedgerKind.FEE, number=7, on=today - timedelta(days=5),
        of=Decimal("5.00"), amount=Decimal("5.00"),
    )  # fmt: skip
    return ChargesDecidedParams(
        **made_up(now),
        results=(
            Decided(what=payment, decision=ChargeDecision.REJECTED, reason=ChargeReason.AS_AGREED),
            Decided(what=fee, decision=ChargeDecision.UPHELD, taken_off=Decimal("5.00")),
        ),
        arrears=Decimal("38.46"),
        message=pgettext("sample of a mail", "Thank you for sending us your receipt."),
    )


CHARGES_DECIDED = MailKind(
    key="charges_decided",
    label=_("Disputed transactions decided"),
    params=ChargesDecidedParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "results": _("what came of each transaction, one per line, with the agent’s words below"),
        "arrears": _("the amount past due now, fees included"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "results", "arrears"),
    kept="case_number",
    through_attorney=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "We reviewed the charges you disputed in case {case_number}",
            f"""\
Hello {{first_name}},

Here’s what we decided about each one:

{{results}}

Past due now: {{arrears}}

If you don’t agree, write to us or call us, and a supervisor will look at it again.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="We reviewed the charges you disputed",
        ),
        Language.SPANISH: Text(
            "Revisamos los cargos que reclamó en su caso {case_number}",
            f"""\
Hola, {{first_name}}:

Esto decidimos sobre cada uno:

{{results}}

Saldo vencido ahora: {{arrears}}

Si no está de acuerdo, escríbanos o llámenos, y alguien de supervisión lo revisará otra vez.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Revisamos los cargos que reclamó",
        ),
    },
)
