from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.events import Disputed
from cases.events.charges import fees_wait_until
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, made_up
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from common.company_day import business_day
from leases.enums import LedgerKind
from mail.kinds import MailKind, Text
from mail.words import lines


def under_review(
    disputed: Sequence[Disputed], *, pauses_fees: bool, pause_until: date | None
) -> list[str]:
    """The lines that say it, wherever a mail does."""
    head = pgettext("confirmation of a call", "We’re reviewing these transactions:")
    told = [head, *(f"• {each.told()}" for each in disputed)]
    return [*told, fees_wait_until(pause_until)] if pauses_fees else told


@dataclass(frozen=True, kw_only=True)
class ChargesDisputedParams(CaseParams):
    """What a confirmation of a call says of them, when they’re chosen later."""

    disputed: tuple[Disputed, ...]
    pauses_fees: bool = False
    pause_until: date | None = None

    def words(self) -> dict[str, str]:
        told = under_review(
            self.disputed, pauses_fees=self.pauses_fees, pause_until=self.pause_until
        )
        return super().words() | {"disputed": lines(told)}


def _sample(now: datetime) -> ChargesDisputedParams:
    on = business_day(now) - timedelta(days=9)
    amount = Decimal("38.46")
    payment = Disputed(
        charge=1, entry=1, kind=LedgerKind.CHARGE, number=7, on=on, of=amount, amount=amount
    )
    return ChargesDisputedParams(**made_up(now), disputed=(payment,), pauses_fees=True)


CHARGES_DISPUTED = MailKind(
    key="charges_disputed",
    label=_("Transactions under review"),
    params=ChargesDisputedParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "disputed": _("the transactions under review, one per line, and whether late fees wait"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "disputed"),
    kept="case_number",
    through_attorney=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "We’re reviewing transactions in your case {case_number}",
            f"""\
Hello {{first_name}},

{{disputed}}

Once we decide, we’ll write to you with the result of each one. If anything here isn’t right, tell \
us.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="We’re reviewing the transactions you disputed",
        ),
        Language.SPANISH: Text(
            "Estamos revisando movimientos de su caso {case_number}",
            f"""\
Hola, {{first_name}}:

{{disputed}}

Cuando decidamos, le escribiremos qué resultó de cada uno. Si algo no es correcto, díganoslo.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Estamos revisando los movimientos que reclamó",
        ),
    },
)
