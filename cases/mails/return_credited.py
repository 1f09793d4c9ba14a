from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.mails.base import made_up
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from cases.mails.store_returns import STORE_RETURN_PLACEHOLDERS, StoreReturnParams, sample_facts
from common.formats import money
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class ReturnCreditedParams(StoreReturnParams):
    credit: Decimal | None  # None for an exchange
    arrears: Decimal
    balance: Decimal  # of the whole lease, once credited

    def words(self) -> dict[str, str]:
        return super().words() | {
            "result": self._result(),
            "arrears": money(self.arrears),
            "balance": money(self.balance),
        }

    def _result(self) -> str:
        if self.credit is None:
            return pgettext("return", "The store exchanged your item, and your lease goes on.")
        words = pgettext("return", "We took %(amount)s off what you owe on your lease.")
        return words % {"amount": money(self.credit)}


def _sample(now: datetime) -> ReturnCreditedParams:
    return ReturnCreditedParams(
        **made_up(now),
        **sample_facts(now),
        credit=Decimal("500.00"),
        arrears=Decimal("0.00"),
        balance=Decimal("730.80"),
    )


RETURN_CREDITED = MailKind(
    key="return_credited",
    label=_("Return credited"),
    params=ReturnCreditedParams,
    placeholders={
        **STORE_RETURN_PLACEHOLDERS,
        "result": _("what the return changed: the amount taken off, or the exchange"),
        "arrears": _("the amount past due now, fees included"),
        "balance": _("all that is left to pay on the lease"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "returned_day", "result", "arrears", "balance", "due_day"),
    kept="case_number",
    through_attorney=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "Your return is settled: case {case_number}",
            f"""\
Hello {{first_name}},

We settled your return of {{returned_day}}. {{result}}

Past due now: {{arrears}}
Total left to pay on your lease: {{balance}}

If you expected something else, write to us or call us, and we’ll look at it again.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="Your return is settled",
        ),
        Language.SPANISH: Text(
            "Su devolución está resuelta: caso {case_number}",
            f"""\
Hola, {{first_name}}:

Ya resolvimos su devolución del {{returned_day}}. {{result}}

Saldo vencido ahora: {{arrears}}
Total por pagar de su contrato: {{balance}}

Si esperaba otra cosa, escríbanos o llámenos, y lo revisaremos otra vez.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Su devolución está resuelta",
        ),
    },
)
