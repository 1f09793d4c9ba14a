"""Who called, and whether they are who they said."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.enums import CallerRelation, Event, Factor
from cases.events.happening import Happening, Reader
from common.formats import phone


@dataclass(frozen=True, kw_only=True)
class CallerNamed(Happening):
    """Someone other than the customer called."""

    event = Event.CALLER_NAMED

    relation: CallerRelation
    name: str
    # An attorney's.
    firm: str = ""
    phone: str = ""
    email: str = ""

    def told(self, to: Reader) -> str:
        named = _("Caller: %(name)s (%(relation)s)") % {
            "name": self.name,
            "relation": self.relation.label,
        }
        return " · ".join(filter(None, (named, self.firm, phone(self.phone), self.email)))


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
