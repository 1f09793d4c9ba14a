"""A lease is paid off: its letter is ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from common.company_day import business_day
from common.formats import day, money
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP, LeaseParams
from leases.mails.hours import in_their_hours
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.models import PaidOffLetter
from mail.kinds import MailKind, Text
from mail.models import Email


@dataclass(frozen=True, kw_only=True)
class PaidOffParams(LeaseParams):
    paid_on: date
    received: Decimal
    is_purchase: bool = False

    def words(self) -> dict[str, str]:
        return super().words() | {"paid_day": day(self.paid_on), "received": money(self.received)}


def _is_in_force(email: Email, now: datetime) -> bool:
    """A payment may have come back before the mail went out."""
    return PaidOffLetter.objects.in_force().filter(lease__mails__email=email).exists()


PAID_OFF = MailKind(
    key="paid_off",
    label=_("Lease paid off"),
    params=PaidOffParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "paid_day": _("the date of the last payment"),
        "received": _("the total of the payments received"),
    },
    in_body=("account_number", "paid_day", "received"),
    goes_at=in_their_hours,
    is_still_true=_is_in_force,
    sample=lambda now: PaidOffParams(
        **MADE_UP, paid_on=business_day(now), received=Decimal("2000.00")
    ),
    texts={
        Language.ENGLISH: Text(
            "Nothing more to pay on your lease: your letter is ready",
            f"""\
Hello {{first_name}},

You don’t owe us anything more on your lease, and no more payments are due.

Last payment: {{paid_day}}
Payments received: {{received}}

{LEASE_EN}

Your letter is on your lease page, as a PDF in English and Spanish. Keep it, or show it to anyone \
who asks for proof.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Ya no debe nada de su contrato: su carta está lista",
            f"""\
Hola, {{first_name}}:

Ya no nos debe nada de su contrato y no hay más pagos por hacer.

Último pago: {{paid_day}}
Pagos recibidos: {{received}}

{LEASE_ES}

Su carta está en la página de su contrato, en PDF, en español y en inglés. Guárdela o muéstrela a \
quien le pida un comprobante.

{PORTAL_ES}""",
        ),
    },
)
