"""Follow-ups are planned, moved, canceled and done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.enums import CancelReason, Channel, Event, FollowUpText
from cases.events.happening import Happening, Reader
from common.formats import day


@dataclass(frozen=True, kw_only=True)
class FollowUpSet(Happening):
    event = Event.FOLLOW_UP_SET

    on: date
    channel: str = ""  # older rows have none and are all mails

    def told(self, to: Reader) -> str:
        is_call = self.channel == Channel.PHONE
        told = _("Call scheduled for %(day)s") if is_call else _("Follow-up scheduled for %(day)s")
        return told % {"day": day(self.on)}


@dataclass(frozen=True, kw_only=True)
class FollowUpMoved(Happening):
    event = Event.FOLLOW_UP_MOVED

    on: date
    before: date
    channel: str = ""

    def told(self, to: Reader) -> str:
        return _("Follow-up moved from %(before)s to %(day)s") % {
            "before": day(self.before),
            "day": day(self.on),
        }


@dataclass(frozen=True, kw_only=True)
class FollowUpCancelled(Happening):
    event = Event.FOLLOW_UP_CANCELLED

    on: date
    channel: str = ""
    reason: CancelReason = CancelReason.BY_HAND

    def told(self, to: Reader) -> str:
        if self.reason == CancelReason.BY_HAND:
            return _("Follow-up on %(day)s canceled") % {"day": day(self.on)}
        return _("Follow-up on %(day)s canceled: %(reason)s") % {
            "day": day(self.on),
            "reason": self.reason.label,
        }


@dataclass(frozen=True, kw_only=True)
class FollowUpSent(Happening):
    event = Event.FOLLOW_UP_SENT

    template: FollowUpText = FollowUpText.FOLLOW_UP  # the only one there was at first
    message: str
    language: str = ""

    def told(self, to: Reader) -> str:
        text = to.quote(self.message, self.language) if self.message else self.template.label
        return _("Follow-up: %(message)s") % {"message": text}


@dataclass(frozen=True, kw_only=True)
class FollowUpDone(Happening):
    event = Event.FOLLOW_UP_DONE

    on: date
    channel: str = ""

    def told(self, to: Reader) -> str:
        return _("Follow-up on %(day)s completed by phone") % {"day": day(self.on)}
