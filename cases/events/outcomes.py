"""What a case of some kinds does besides being a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.enums import Event, OutsideBody
from cases.events.happening import Happening, Reader
from common.formats import day
from leases.enums import PaymentMethod

_STOPPED = {
    PaymentMethod.BANK: gettext_lazy(
        "Authorization for the bank account taken back. Automatic payments stopped as of %(day)s."
    ),
    PaymentMethod.CARD: gettext_lazy(
        "Authorization for the card taken back. Automatic payments stopped as of %(day)s."
    ),
}
_GO_ON = {
    PaymentMethod.BANK: gettext_lazy(
        "Authorization for the card taken back. Automatic payments come from the bank account and"
        " continue."
    ),
    PaymentMethod.CARD: gettext_lazy(
        "Authorization for the bank account taken back. Automatic payments come from the card and"
        " continue."
    ),
}
_ONE_PAYMENT = gettext_lazy(
    "Authorization taken back for one payment. The other automatic payments continue."
)


@dataclass(frozen=True, kw_only=True)
class AutopayRevoked(Happening):
    event = Event.AUTOPAY_REVOKED

    method: PaymentMethod | None = None  # what is charged; None without automatic payments
    stopped_on: date | None = None  # None if nothing was stopped
    last_charge_on: date | None = None  # already on its way
    one_payment: bool = False  # the others go on
    account_number: str = ""  # of another lease than the case’s

    def told(self, to: Reader) -> str:
        if self.method is None:
            return _("Authorization taken back. There are no automatic payments to stop.")
        if self.stopped_on is None:
            return str(_ONE_PAYMENT if self.one_payment else _GO_ON[self.method])
        told = _STOPPED[self.method] % {"day": day(self.stopped_on)}
        if self.account_number:
            told = f"{self.account_number}: {told}"
        if self.last_charge_on is None:
            return told
        last = _("The payment on %(day)s is already on its way.")
        return f"{told} {last % {'day': day(self.last_charge_on)}}"


@dataclass(frozen=True, kw_only=True)
class IdentityBlocked(Happening):
    event = Event.IDENTITY_BLOCKED

    name: str

    def told(self, to: Reader) -> str:
        return _("New applications of %(name)s are blocked.") % {"name": self.name}


@dataclass(frozen=True, kw_only=True)
class IdentityUnblocked(Happening):
    event = Event.IDENTITY_UNBLOCKED

    name: str
    reason: str

    def told(self, to: Reader) -> str:
        return _("New applications of %(name)s are allowed again. Reason: %(reason)s") % {
            "name": self.name,
            "reason": to.quote(self.reason, ""),
        }


@dataclass(frozen=True, kw_only=True)
class OutsideExtended(Happening):
    event = Event.OUTSIDE_EXTENDED

    body: OutsideBody
    received_on: date  # when more information arrived
    due_on: date

    def told(self, to: Reader) -> str:
        return _("%(body)s: more information arrived on %(received)s, respond by %(day)s") % {
            "body": self.body.label,
            "received": day(self.received_on),
            "day": day(self.due_on),
        }
