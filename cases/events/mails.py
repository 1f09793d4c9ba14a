from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.enums import Event
from cases.events.happening import Happening, Reader
from mail.enums import SuppressionReason
from mail.kinds import label_of


@dataclass(frozen=True, kw_only=True)
class MailBounced(Happening):
    event = Event.MAIL_BOUNCED

    template: str  # the mail's kind
    email: str  # its id
    #: Why the address can't receive email; empty if it can. Older rows don't say.
    reason: str | None = None

    def told(self, to: Reader) -> str:
        mail = {"mail": label_of(self.template)}
        if self.reason == SuppressionReason.COMPLAINED:
            return _("The email “%(mail)s” was reported as spam") % mail
        if self.reason == "":
            return _("The email “%(mail)s” bounced and wasn’t delivered") % mail
        return _("The email “%(mail)s” bounced: the address can’t receive email") % mail
