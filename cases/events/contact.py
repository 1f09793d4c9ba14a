"""How and how often the customer is contacted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.enums import AttemptResult, ContactDetail, Event
from cases.events.happening import Happening, Reader
from common.formats import moment, phone
from leases.availability import Hours
from leases.wish_words import availability_told, wishes_told


@dataclass(frozen=True, kw_only=True)
class WishesChanged(Happening):
    event = Event.WISHES_CHANGED

    no_calls: bool = False
    not_at_work: bool = False
    at_work: bool = False
    channel: str = ""
    days: tuple[str, ...] = ()
    start: str = ""  # as 17:30
    end: str = ""
    asked_by: str = ""

    def told(self, to: Reader) -> str:
        wishes = [
            str(each)
            for each in wishes_told(
                no_calls=self.no_calls,
                not_at_work=self.not_at_work,
                at_work=self.at_work,
                channel=self.channel,
            )
        ]
        if when := self._when():
            wishes.append(when)
        said = "; ".join(wishes) or pgettext("contact wish", "none")
        if self.asked_by:
            return _("Contact preferences, as %(name)s asked: %(wishes)s") % {
                "name": self.asked_by,
                "wishes": said,
            }
        return _("Contact preferences: %(wishes)s") % {"wishes": said}

    def _when(self) -> str:
        hours = None
        if self.start and self.end:
            hours = Hours(time.fromisoformat(self.start), time.fromisoformat(self.end))
        return availability_told(self.days, hours) if self.days or hours else ""


@dataclass(frozen=True, kw_only=True)
class ContactAttempted(Happening):
    event = Event.CONTACT_ATTEMPTED

    result: AttemptResult

    def told(self, to: Reader) -> str:
        return _("Call to the customer: %(result)s") % {"result": str(self.result.label).lower()}


@dataclass(frozen=True, kw_only=True)
class AttemptUndone(Happening):
    event = Event.ATTEMPT_UNDONE

    result: AttemptResult
    at: datetime

    def told(self, to: Reader) -> str:
        return _("Recorded by mistake, doesn’t count: call of %(moment)s, %(result)s") % {
            "moment": moment(self.at),
            "result": str(self.result.label).lower(),
        }


@dataclass(frozen=True, kw_only=True)
class CorrectedDetail:
    """`before` or `after` is empty for what wasn't, or is no longer, known."""

    name: ContactDetail
    before: str
    after: str

    def told(self) -> str:
        none = pgettext("contact detail", "none")
        shown = phone if self.name == ContactDetail.PHONE else str
        return _("%(detail)s from %(before)s to %(after)s") % {
            "detail": self.name.label,
            "before": shown(self.before) if self.before else none,
            "after": shown(self.after) if self.after else none,
        }


@dataclass(frozen=True, kw_only=True)
class ContactCorrected(Happening):
    event = Event.CONTACT_CORRECTED

    details: tuple[CorrectedDetail, ...]

    def told(self, to: Reader) -> str:
        changes = "; ".join(each.told() for each in self.details)
        return _("Contact details corrected: %(changes)s") % {"changes": changes}
