"""Evidence is requested, comes in, and is accepted or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases import kinds
from cases.enums import Event
from cases.events.happening import Happening, Reader
from common.formats import day

#: Keys of EvidenceSlot.
Slots = tuple[str, ...]


def _listed(slots: Slots) -> str:
    return "; ".join(kinds.slot_name(each) for each in slots)


@dataclass(frozen=True, kw_only=True)
class EvidenceRequested(Happening):
    event = Event.EVIDENCE_REQUESTED

    slots: Slots
    wait_until: date | None = None  # the day they were told
    message: str = ""
    language: str = ""

    def told(self, to: Reader) -> str:
        said = {"evidence": _listed(self.slots)}
        told = _("We asked for: %(evidence)s") % said
        if self.wait_until:
            by = said | {"day": day(self.wait_until)}
            told = _("We asked for, by %(day)s: %(evidence)s") % by
        return f"{told}\n\n{to.quote(self.message, self.language)}" if self.message else told


@dataclass(frozen=True, kw_only=True)
class EvidenceSettled(Happening):
    event = Event.EVIDENCE_SETTLED

    slots: Slots
    came: bool = True
    files: tuple[str, ...] = ()  # ids of what was accepted

    def told(self, to: Reader) -> str:
        told = _("Accepted: %(evidence)s") if self.came else _("No longer needed: %(evidence)s")
        return told % {"evidence": _listed(self.slots)}


@dataclass(frozen=True, kw_only=True)
class EvidenceTied(Happening):
    event = Event.EVIDENCE_TIED

    evidence: str  # its id
    name: str
    slots: Slots

    def told(self, to: Reader) -> str:
        return _("“%(name)s” was received as: %(evidence)s") % {
            "name": self.name,
            "evidence": _listed(self.slots),
        }


@dataclass(frozen=True, kw_only=True)
class EvidenceUnreadable(Happening):
    event = Event.EVIDENCE_UNREADABLE

    evidence: str  # its id
    name: str
    reason: str
    language: str = ""
    slots: Slots = ()

    def told(self, to: Reader) -> str:
        return _("“%(name)s” can’t be read: %(reason)s") % {
            "name": self.name,
            "reason": to.quote(self.reason, self.language),
        }


@dataclass(frozen=True, kw_only=True)
class ReturnStepsSent(Happening):
    event = Event.RETURN_STEPS

    def told(self, to: Reader) -> str:
        return _("We sent the return instructions")
