"""Event rows in words. Stored are a code and parameters; the sentence is made for each reader."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from cases import words
from cases.enums import CaseStatus, Event, Party
from cases.lifecycle import ACTS
from cases.models import Entry
from leases.formats import day


def describe(entry: Entry, *, for_customer: bool) -> str:
    """What happened, in the active language. Customers read plain words, never internal codes."""
    params = entry.params
    match Event(entry.event):
        case Event.OPENED:
            return _("Case opened")
        case Event.STATUS_CHANGED:
            due = day(date.fromisoformat(params["due_on"]))
            to_status = CaseStatus(params["to_status"])
            if for_customer:
                return str(words.status_for_customer(to_status))
            if ACTS[to_status] == Party.NOBODY:
                return _("Status: %(from)s → %(to)s") % {
                    "from": CaseStatus(params["from_status"]).label,
                    "to": to_status.label,
                }
            return _("Status: %(from)s → %(to)s. Next step by %(due)s") % {
                "from": CaseStatus(params["from_status"]).label,
                "to": to_status.label,
                "due": due,
            }
        case Event.DUE_CHANGED:
            return _("Next step by %(due)s") % {"due": day(date.fromisoformat(params["due_on"]))}
        case Event.ASSIGNED:
            if params["to"]:
                return _("Assigned to %(name)s") % {"name": params["to"]}
            return _("Assigned to nobody")
        case Event.ESCALATED:
            return _("Escalated: %(reason)s") % {"reason": params["reason"]}
        case Event.FOLLOW_UP_SET:
            return _("Follow-up set for %(day)s") % {"day": day(date.fromisoformat(params["on"]))}
        case Event.FOLLOW_UP_CANCELLED:
            return _("Follow-up of %(day)s cancelled") % {
                "day": day(date.fromisoformat(params["on"]))
            }
        case Event.FOLLOW_UP_SENT:
            return _("Follow-up: %(message)s") % {"message": params["message"]}
