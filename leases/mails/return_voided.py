"""The whole order came back before the delivery: no contract, and the approval is open again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Language
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP, instant
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.mails.returns import RETURN, ReturnParams, sample_facts
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class ReturnVoidedParams(ReturnParams):
    approved_until: datetime | None  # None: it has run out

    def words(self) -> dict[str, str]:
        return super().words() | {"approval": self._approval()}

    def _approval(self) -> str:
        if self.approved_until is None:
            return _("Your approval has expired. You can apply again at the store at any time.")
        words = _(
            "Your approval is good again until %(moment)s. Until then, you can choose "
            "another item at the store."
        )
        return words % {"moment": instant(self.approved_until, self.time_zone)}


RETURN_VOIDED = MailKind(
    key="return_voided",
    label=gettext_lazy("Lease agreement canceled by a return"),
    params=ReturnVoidedParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        **RETURN,
        "approval": gettext_lazy("how long the approval is good again, or that it has expired"),
    },
    in_body=("account_number", "returned_day", "approval"),
    at_most_once=True,
    sample=lambda now: ReturnVoidedParams(
        **MADE_UP, **sample_facts(now), approved_until=now + timedelta(days=60)
    ),
    texts={
        Language.ENGLISH: Text(
            "Your lease agreement is canceled: we recorded your return",
            f"""\
Hello {{first_name}},

We recorded that you returned your whole order on {{returned_day}}:

{{returned_items}}

Your lease agreement is canceled, and you don’t owe any payments on it.

{LEASE_EN}

{{approval}}

If you didn’t return your order, call us or reply to this email.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Su contrato está cancelado: registramos su devolución",
            f"""\
Hola, {{first_name}}:

Registramos que usted devolvió todo su pedido el {{returned_day}}:

{{returned_items}}

Su contrato está cancelado y ya no tiene que hacer ningún pago.

{LEASE_ES}

{{approval}}

Si usted no devolvió su pedido, llámenos o responda a este correo.

{PORTAL_ES}""",
        ),
    },
)
