"""What a case of some kinds does besides being a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.enums import Event, OutsideBody
from cases.events.happening import Happening, Reader
from common.formats import day
from leases.enums import PaymentMethod

#: What was charged by it; before it was kept, it’s read from what became of automatic payments.
_FOR = {
    "card": pgettext_lazy("authorization", "for the card"),
    "bank": pgettext_lazy("authorization", "for the bank account"),
    "both": pgettext_lazy("authorization", "for the card and the bank account"),
}
_COVERS = {
    "payments": gettext_lazy("It covers every payment."),
    "one": gettext_lazy("It covers one payment."),
    "leases": gettext_lazy("It covers all of the customer’s leases."),
}
_GO_ON = {
    PaymentMethod.BANK: gettext_lazy("Automatic payments come from the bank account and continue."),
    PaymentMethod.CARD: gettext_lazy("Automatic payments come from the card and continue."),
}
_OTHER = {PaymentMethod.BANK: "card", PaymentMethod.CARD: "bank"}


@dataclass(frozen=True, kw_only=True)
class AutopayRevoked(Happening):
    event = Event.AUTOPAY_REVOKED

    method: PaymentMethod | None = None  # what is charged; None without automatic payments
    stopped_on: date | None = None  # None if nothing was stopped
    last_charge_on: date | None = None  # already on its way
    one_payment: bool = False  # the others go on
    account_number: str = ""  # of another lease than the case’s
    both: bool = False  # card and bank account; since `revoked` is kept, it says so
    # As answered; events from before have none of them.
    revoked: str = ""
    revoked_on: date | None = None
    scope: str = ""

    def told(self, to: Reader) -> str:
        """First what was taken back, as they said it, then what came of it."""
        told = " ".join(filter(None, (self._revoked(), self._covers(to), self._automatic())))
        return f"{self.account_number}: {told}" if self.account_number else told

    def _revoked(self) -> str:
        what = _FOR.get(self.revoked or self._read_from_what_came())
        words = {"what": what, "day": self.revoked_on and day(self.revoked_on)}
        if what and self.revoked_on:
            return _("The authorization %(what)s was revoked on %(day)s.") % words
        if what:
            return _("The authorization %(what)s was revoked.") % words
        if self.revoked_on:
            return _("The authorization was revoked on %(day)s.") % words
        return _("The authorization was revoked.")

    def _read_from_what_came(self) -> str:
        if self.both:
            return "both"
        if self.method is None or self.one_payment:
            return ""
        return str(self.method) if self.stopped_on else _OTHER[self.method]

    def _covers(self, to: Reader) -> str:
        scope = "one" if self.one_payment else self.scope
        if scope == "leases" and to.is_customer:
            return _("It covers all of your leases.")
        return str(_COVERS.get(scope, ""))

    def _automatic(self) -> str:
        if self.method is None:
            return _("There are no automatic payments to stop.")
        if self.one_payment:
            return _("The other automatic payments continue.")
        if self.stopped_on is None:
            return str(_GO_ON[self.method])
        told = _("Automatic payments stopped as of %(day)s.") % {"day": day(self.stopped_on)}
        if self.last_charge_on is None:
            return told
        last = _("The payment on %(day)s is already on its way.")
        return f"{told} {last % {'day': day(self.last_charge_on)}}"


@dataclass(frozen=True, kw_only=True)
class IdentityBlocked(Happening):
    event = Event.IDENTITY_BLOCKED

    name: str

    def told(self, to: Reader) -> str:
        return _("New applications in %(name)s’s name are blocked.") % {"name": self.name}


@dataclass(frozen=True, kw_only=True)
class IdentityUnblocked(Happening):
    event = Event.IDENTITY_UNBLOCKED

    name: str
    reason: str

    def told(self, to: Reader) -> str:
        return _("New applications in %(name)s’s name are allowed again. Reason: %(reason)s") % {
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
