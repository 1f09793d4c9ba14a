"""An attorney or a statute is named, or a case is put on legal hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.enums import Event, FlagKind
from cases.events.happening import Happening, Reader


@dataclass(frozen=True, kw_only=True)
class Flagged(Happening):
    event = Event.FLAGGED

    flag: FlagKind
    named: str = ""  # the attorney with their firm, or the statute

    def told(self, to: Reader) -> str:
        if self.flag == FlagKind.ATTORNEY:
            return _("Attorney recorded: %(name)s. Contact goes through the attorney.") % {
                "name": to.quote(self.named, "")
            }
        if self.flag == FlagKind.STATUTE:
            return _("Law cited: %(statute)s. The case is on hold.") % {
                "statute": to.quote(self.named, "")
            }
        return _("Legal hold: nothing in this case is deleted.")


@dataclass(frozen=True, kw_only=True)
class FlagLifted(Happening):
    event = Event.FLAG_LIFTED

    flag: FlagKind
    named: str = ""
    reason: str

    def told(self, to: Reader) -> str:
        if self.named:
            return _("Flag removed: %(flag)s (%(named)s). Reason: %(reason)s") % {
                "flag": self.flag.label,
                "named": to.quote(self.named, ""),
                "reason": to.quote(self.reason, ""),
            }
        return _("Flag removed: %(flag)s. Reason: %(reason)s") % {
            "flag": self.flag.label,
            "reason": to.quote(self.reason, ""),
        }
