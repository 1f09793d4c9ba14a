"""The team gives a case a tag, and takes it away."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.enums import Event
from cases.events.happening import Happening, Reader


@dataclass(frozen=True, kw_only=True)
class Tagged(Happening):
    event = Event.TAGGED

    name: str
    reason: str = ""  # of many cases at once

    def told(self, to: Reader) -> str:
        told = _("Tag “%(tag)s” added") % {"tag": to.quote(self.name, "")}
        return f"{told}: {to.quote(self.reason, '')}" if self.reason else told


@dataclass(frozen=True, kw_only=True)
class Untagged(Happening):
    event = Event.UNTAGGED

    name: str

    def told(self, to: Reader) -> str:
        return _("Tag “%(tag)s” removed") % {"tag": to.quote(self.name, "")}
