"""Who called, and whether they are who they said."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.enums import CallerRelation, Event, Factor
from cases.events.happening import Happening, Reader


@dataclass(frozen=True, kw_only=True)
class CallerNamed(Happening):
    """Someone other than the customer called."""

    event = Event.CALLER_NAMED

    relation: CallerRelation
    name: str

    def told(self, to: Reader) -> str:
        return _("Caller: %(name)s (%(relation)s)") % {
            "name": self.name,
            "relation": self.relation.label,
        }


@dataclass(frozen=True, kw_only=True)
class CallerVerified(Happening):
    """What was asked, never what was answered."""

    event = Event.CALLER_VERIFIED

    factors: tuple[Factor, ...]
    passed: bool

    def told(self, to: Reader) -> str:
        asked = {"factors": ", ".join(str(each.label) for each in self.factors)}
        if self.passed:
            return _("Identity verified: %(factors)s") % asked
        return _("Identity not verified: %(factors)s") % asked
