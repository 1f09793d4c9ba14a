"""Which lease a case is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.enums import Event
from cases.events.happening import Happening, Reader


@dataclass(frozen=True, kw_only=True)
class LeaseAttached(Happening):
    event = Event.LEASE_ATTACHED

    account_number: str

    def told(self, to: Reader) -> str:
        return _("Lease %(number)s attached") % {"number": self.account_number}


@dataclass(frozen=True, kw_only=True)
class LeaseDetached(Happening):
    event = Event.LEASE_DETACHED

    account_number: str
    autopay_stopped: bool = False  # by this case, while it was attached

    def told(self, to: Reader) -> str:
        told = _("Lease %(number)s detached") % {"number": self.account_number}
        if not self.autopay_stopped:
            return told
        stopped = _(
            "The automatic payments that this case stopped stay stopped until they’re set up again."
        )
        return f"{told}. {stopped}"
