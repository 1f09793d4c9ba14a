"""A case is snoozed until a day, and comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.enums import Event, SnoozeEnd
from cases.events.happening import Happening, Reader
from common.formats import day


@dataclass(frozen=True, kw_only=True)
class Snoozed(Happening):
    event = Event.SNOOZED

    on: date
    on_reply: bool = False
    reason: str

    def told(self, to: Reader) -> str:
        if self.on_reply:
            words = _("Snoozed until %(day)s, or until something comes in: %(reason)s")
        else:
            words = _("Snoozed until %(day)s: %(reason)s")
        return words % {"day": day(self.on), "reason": to.quote(self.reason, "")}


@dataclass(frozen=True, kw_only=True)
class SnoozeEnded(Happening):
    event = Event.SNOOZE_ENDED

    why: SnoozeEnd

    def told(self, to: Reader) -> str:
        return _("Back in the queue: %(why)s") % {"why": self.why.label}
