"""Numbers and codes that a customer read to us."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.enums import Event
from cases.events.happening import Happening, Reader


@dataclass(frozen=True, kw_only=True)
class ReferenceAdded(Happening):
    event = Event.REFERENCE_ADDED

    reference: str

    def told(self, to: Reader) -> str:
        return _("Reference from the customer: %(reference)s") % {"reference": self.reference}


@dataclass(frozen=True, kw_only=True)
class ReferenceRemoved(Happening):
    event = Event.REFERENCE_REMOVED

    reference: str

    def told(self, to: Reader) -> str:
        return _("Reference removed: %(reference)s") % {"reference": self.reference}
