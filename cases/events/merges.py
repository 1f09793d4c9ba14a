"""A duplicate becomes part of the case that goes on. Both cases say so."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases import numbers
from cases.enums import Event
from cases.events.happening import Happening, Reader


@dataclass(frozen=True, kw_only=True)
class Merged(Happening):
    event = Event.MERGED

    number: str  # of the other case
    goes_on: bool  # this one does

    def told(self, to: Reader) -> str:
        said = {"number": numbers.grouped(self.number)}
        if self.goes_on:
            return _("Case %(number)s is now part of this one") % said
        return _("This case is now part of case %(number)s") % said


@dataclass(frozen=True, kw_only=True)
class MergeUndone(Happening):
    event = Event.MERGE_UNDONE

    number: str
    goes_on: bool

    def told(self, to: Reader) -> str:
        said = {"number": numbers.grouped(self.number)}
        if self.goes_on:
            return _("Case %(number)s is a case of its own again") % said
        return _("This case is no longer part of case %(number)s") % said
