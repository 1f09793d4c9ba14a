"""A case is opened, moved on, or assigned to someone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import kinds, numbers, words
from cases.enums import CaseStatus, Event, Party
from cases.events.happening import Happening, Reader
from cases.lifecycle import ACTS
from common.formats import day


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Happening):
    event = Event.OPENED

    taken_by: str = ""  # who took the call, if someone else wrote it down

    def told(self, to: Reader) -> str:
        if self.taken_by:
            return _("Case opened. %(name)s took the call.") % {"name": self.taken_by}
        return _("Case opened")


@dataclass(frozen=True, kw_only=True)
class CallAdded(Happening):
    """Another call about an open case; its number leads there."""

    event = Event.CALL_ADDED

    number: str
    taken_by: str = ""

    def told(self, to: Reader) -> str:
        said = {"number": numbers.grouped(self.number), "name": self.taken_by}
        if self.taken_by:
            return _("Call %(number)s added. %(name)s took the call.") % said
        return _("Call %(number)s added") % said


#: By ToldHow.
_TOLD = {
    "aloud": gettext_lazy("There’s no email address: it was read aloud during the call."),
    "letter": gettext_lazy("There’s no email address: a letter has to be sent."),
}


@dataclass(frozen=True, kw_only=True)
class StatusChanged(Happening):
    event = Event.STATUS_CHANGED

    from_status: CaseStatus
    to_status: CaseStatus
    due_on: date
    outcome: str = ""  # the key of a CaseOutcome
    told_how: str = ""  # a ToldHow, if no mail says how it ended

    def told(self, to: Reader) -> str:
        if to.is_customer:
            status = words.status_for_customer(self.to_status)
            ended = kinds.outcome_for_customer(self.outcome) if self.outcome else ""
            return f"{status}. {ended}" if ended else status
        said = {"from": self.from_status.label, "to": self.to_status.label}
        if self.outcome:
            ended = _("Status: %(from)s → %(to)s. Outcome: %(outcome)s") % {
                **said,
                "outcome": kinds.outcome_name(self.outcome),
            }
            return f"{ended}. {_TOLD[self.told_how]}" if self.told_how in _TOLD else ended
        if ACTS[self.to_status] == Party.NOBODY:
            return _("Status: %(from)s → %(to)s") % said
        due = day(self.due_on)
        return _("Status: %(from)s → %(to)s. Next step by %(due)s") % {**said, "due": due}


@dataclass(frozen=True, kw_only=True)
class Reopened(Happening):
    """Why: beside the change of status, which the customer reads without it."""

    event = Event.REOPENED

    reason: str

    def told(self, to: Reader) -> str:
        return _("Reopened: %(reason)s") % {"reason": to.quote(self.reason, "")}


@dataclass(frozen=True, kw_only=True)
class DueChanged(Happening):
    event = Event.DUE_CHANGED

    due_on: date
    before: date | None = None

    def told(self, to: Reader) -> str:
        return _("Next step by %(due)s") % {"due": day(self.due_on)}


@dataclass(frozen=True, kw_only=True)
class Assigned(Happening):
    event = Event.ASSIGNED

    to: str  # a name; empty for no one
    reason: str = ""

    def told(self, to: Reader) -> str:
        told = _("Assigned to %(name)s") % {"name": self.to} if self.to else _("Unassigned")
        return f"{told}: {to.quote(self.reason, '')}" if self.reason else told


@dataclass(frozen=True, kw_only=True)
class Escalated(Happening):
    event = Event.ESCALATED

    reason: str

    def told(self, to: Reader) -> str:
        return _("Escalated: %(reason)s") % {"reason": to.quote(self.reason, "")}
