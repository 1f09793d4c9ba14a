from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from accounts.enums import Language
from common.company_day import business_day
from common.formats import day
from leases.enums import AutopayChange, PaymentMethod
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP, LeaseParams, payment
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES, WRONG_EN, WRONG_ES
from mail.kinds import MailKind, Text

_CHANGES = {
    AutopayChange.ENROLLED: pgettext_lazy("mail", "Your automatic payments are set up."),
    AutopayChange.METHOD_CHANGED: pgettext_lazy(
        "mail", "We changed the account or card your automatic payments are charged to."
    ),
    AutopayChange.STOPPED: pgettext_lazy(
        "mail", "Your automatic payments are stopped. We won’t make any more automatic charges."
    ),
    AutopayChange.STOP_PAYMENT: pgettext_lazy(
        "mail",
        "You told us that you asked your bank to stop a payment. We won’t make "
        "automatic charges until you tell us the stop payment was removed.",
    ),
    AutopayChange.STOP_LIFTED: pgettext_lazy(
        "mail", "The stop payment was removed. Your automatic payments continue."
    ),
}
_HELD = pgettext_lazy(
    "mail",
    "We saved the account or card for your automatic payments. You asked your bank "
    "to stop a payment, so we won’t charge anything for now. We’ll start again "
    "once you tell us the stop payment was removed.",
)
_REVOKED = pgettext_lazy(
    "mail",
    "You revoked your authorization on %(day)s. Your automatic payments are stopped: we won’t"
    " make any more automatic charges.",
)
#: Changes after which something is charged.
CHARGED = {AutopayChange.ENROLLED, AutopayChange.METHOD_CHANGED, AutopayChange.STOP_LIFTED}


@dataclass(frozen=True, kw_only=True)
class AutopayChangedParams(LeaseParams):
    change: AutopayChange
    method: PaymentMethod
    amount: Decimal
    dates: tuple[date, ...]
    overdraft_warned: bool
    held: bool = False  # a stop payment is in force, so nothing is charged
    last_charge_on: date | None = None
    revoked_on: date | None = None

    def words(self) -> dict[str, str]:
        dates = "\n".join(payment(each, self.amount) for each in self.dates)
        return super().words() | {
            "change": self._change(),
            "method": str(self.method.label),
            "dates": dates or pgettext("next payment", "no payments left"),
            "warning": self._warning(),
            "lead_days": str(settings.AUTOPAY_LEAD_DAYS),
        }

    def _change(self) -> str:
        words = str(_HELD if self.held else _CHANGES[self.change])
        if self.revoked_on:
            words = str(_REVOKED) % {"day": day(self.revoked_on)}
        if self.last_charge_on is None:
            return words
        last = _("One payment, due %(day)s, is already on its way and will still be charged.")
        return f"{words} {last % {'day': day(self.last_charge_on)}}"

    def _warning(self) -> str:
        if self.held or self.change not in CHARGED:
            return _("Please make these payments yourself so they’re all on time.")
        warning = _(
            "Please keep enough money in the account on those days. If you don’t, your "
            "bank may charge you an overdraft fee."
        )
        if not self.overdraft_warned:
            return warning
        told = _("We also told you this when we agreed on these payments.")
        return f"{warning} {told}"


def _sample(now: datetime) -> AutopayChangedParams:
    today = business_day(now)
    return AutopayChangedParams(
        **MADE_UP,
        change=AutopayChange.ENROLLED,
        method=PaymentMethod.BANK,
        amount=Decimal("38.46"),
        dates=(today + timedelta(days=7), today + timedelta(days=14)),
        overdraft_warned=True,
    )


AUTOPAY_CHANGED = MailKind(
    key="autopay_changed",
    label=gettext_lazy("Automatic payments changed"),
    params=AutopayChangedParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "change": gettext_lazy("what changed, as a sentence"),
        "method": gettext_lazy("what payments are charged to"),
        "dates": gettext_lazy("the next payments with date and amount, one per line"),
        "warning": gettext_lazy(
            "the overdraft warning, or that the customer now makes the payments"
        ),
        "lead_days": gettext_lazy("how many business days before a payment to ask for a change"),
    },
    in_body=("account_number", "change", "dates", "warning"),
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "Your automatic payments",
            f"""\
Hello {{first_name}},

{{change}}

{LEASE_EN}
Payment method: {{method}}

Your next payments:
{{dates}}

{{warning}}

To change the bank account or card, or to stop automatic payments, call us at least {{lead_days}} \
business days before a payment. If you call later than that, the change takes effect with the \
following payment.

{WRONG_EN}

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Sus pagos automáticos",
            f"""\
Hola, {{first_name}}:

{{change}}

{LEASE_ES}
Forma de pago: {{method}}

Sus próximos pagos:
{{dates}}

{{warning}}

Para cambiar la cuenta bancaria o la tarjeta, o para detener los pagos automáticos, llámenos por \
lo menos {{lead_days}} días hábiles antes de un pago. Si llama después, el cambio se hará a partir \
del pago siguiente.

{WRONG_ES}

{PORTAL_ES}""",
        ),
    },
)
