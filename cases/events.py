"""Event rows in words. Stored are a code and parameters; the sentence is made for each reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases import words
from cases.enums import (
    CancelReason,
    CaseStatus,
    Channel,
    Event,
    Outcome,
    OutsideBody,
    Party,
    Slot,
    SuppressionReason,
    TemplateKey,
)
from cases.lifecycle import ACTS
from cases.models import Entry
from common.formats import day, money
from leases.enums import PlanKind

#: Lines of a plan in the timeline; the whole of it is on the lease's page and in the mail.
SHOWN = 8


#: Words somebody wrote, and their language or "" where nobody knows it; as they go into a sentence.
Quote = Callable[[str, str], str]


def _plain(words: str, language: str) -> str:
    return words


def describe(entry: Entry, *, for_customer: bool, quote: Quote = _plain) -> str:
    """What happened, in the active language. Customers read plain words, never internal codes."""
    params = entry.params
    language = params.get("language", "")
    match Event(entry.event):
        case Event.OPENED:
            if taken_by := params.get("taken_by"):
                return _("Case opened. %(name)s took the call.") % {"name": taken_by}
            return _("Case opened")
        case Event.STATUS_CHANGED:
            due = day(date.fromisoformat(params["due_on"]))
            to_status = CaseStatus(params["to_status"])
            if for_customer:
                return _with_outcome(words.status_for_customer(to_status), params)
            if outcome := params.get("outcome"):
                return _("Status: %(from)s → %(to)s. Outcome: %(outcome)s") % {
                    "from": CaseStatus(params["from_status"]).label,
                    "to": to_status.label,
                    "outcome": Outcome(outcome).label,
                }
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
        case Event.FOLLOW_UP_SET | Event.FOLLOW_UP_CANCELLED | Event.FOLLOW_UP_MOVED:
            return _planned(Event(entry.event), params)
        case Event.FOLLOW_UP_SENT:
            message = params["message"]
            text = quote(message, language) if message else TemplateKey(params["template"]).label
            return _("Follow-up: %(message)s") % {"message": text}
        case Event.PLAN_AGREED:
            return _plan(params)
        case Event.PLAN_CANCELLED:
            kind = PlanKind(params["kind"]).label
            if for_customer:
                return _("%(plan)s: no longer in force") % {"plan": kind}
            return _("%(plan)s cancelled: %(reason)s") % {"plan": kind, "reason": params["reason"]}
        case Event.FOLLOW_UP_DONE:
            return _("Follow-up of %(day)s done by phone") % {"day": _day(params["on"])}
        case Event.MAIL_BOUNCED:
            mail = {"mail": TemplateKey(params["template"]).label}
            if params.get("reason") == SuppressionReason.COMPLAINED:
                return _("The e-mail “%(mail)s” was reported as unwanted") % mail
            if params.get("reason") == "":
                return _("The e-mail “%(mail)s” came back and did not arrive") % mail
            return _("The e-mail “%(mail)s” came back: the address takes no mail") % mail
        case Event.EVIDENCE_REQUESTED:
            asked = "; ".join(str(Slot(each).label) for each in params["slots"])
            told = _("We asked for: %(evidence)s") % {"evidence": asked}
            message = params.get("message")
            return f"{told}\n\n{quote(message, language)}" if message else told
        case Event.EVIDENCE_SETTLED:
            settled = "; ".join(str(Slot(each).label) for each in params["slots"])
            if not params.get("came", True):
                return _("No longer needed: %(evidence)s") % {"evidence": settled}
            return _("Accepted: %(evidence)s") % {"evidence": settled}
        case Event.EVIDENCE_TIED:
            tied = "; ".join(str(Slot(each).label) for each in params["slots"])
            return _("“%(name)s” received as: %(evidence)s") % {
                "name": params["name"],
                "evidence": tied,
            }
        case Event.EVIDENCE_UNREADABLE:
            return _("“%(name)s” cannot be read: %(reason)s") % {
                "name": params["name"],
                "reason": quote(params["reason"], language),
            }
        case Event.RETURN_STEPS:
            return _("We sent the steps of a return")
        case Event.PROMISE_MADE | Event.PROMISE_ACKNOWLEDGED | Event.PROMISE_SETTLED:
            return _promise(Event(entry.event), params, for_customer, quote)
        case Event.OUTSIDE_OPENED:
            return _("%(body)s: answer by %(day)s") % {
                "body": OutsideBody(params["body"]).label,
                "day": _day(params["due_on"]),
            }
        case Event.OUTSIDE_ANSWERED:
            return _("%(body)s: answered on %(day)s") % {
                "body": OutsideBody(params["body"]).label,
                "day": _day(params["answered_on"]),
            }


def _with_outcome(status: str, params: dict[str, Any]) -> str:
    if not params.get("outcome"):
        return status
    return f"{status}. {words.outcome_for_customer(params['outcome'])}"


def _planned(event: Event, params: dict[str, Any]) -> str:
    """A call is named; older rows are all of mails."""
    is_call = params.get("channel") == Channel.PHONE
    on = _day(params["on"])
    if event == Event.FOLLOW_UP_SET:
        return (_("Call planned for %(day)s") if is_call else _("Follow-up set for %(day)s")) % {
            "day": on
        }
    if event == Event.FOLLOW_UP_MOVED:
        return _("Follow-up moved from %(before)s to %(day)s") % {
            "before": _day(params["before"]),
            "day": on,
        }
    reason = params.get("reason", CancelReason.BY_HAND)
    if reason == CancelReason.BY_HAND:
        return _("Follow-up of %(day)s cancelled") % {"day": on}
    return _("Follow-up of %(day)s cancelled: %(reason)s") % {
        "day": on,
        "reason": CancelReason(reason).label,
    }


def _promise(event: Event, params: dict[str, Any], for_customer: bool, quote: Quote) -> str:
    what, language = params["what"], params.get("language", "")
    if event == Event.PROMISE_MADE:
        if not what.endswith(".."):
            what = what.removesuffix(".")  # the sentence goes on
        what = quote(what, language)
        who = words.promised_by(params["party"], for_customer=for_customer)
        day, amount = _day(params["due_on"]), params["amount"]
        if amount:
            what = f"{what} ({_money(amount)})"
        return _("Agreed (%(who)s): %(what)s, by %(day)s") % {
            "who": who,
            "what": what,
            "day": day,
        }
    what = quote(what, language)
    if event == Event.PROMISE_ACKNOWLEDGED:
        return _("Agreement acknowledged: %(what)s") % {"what": what}
    outcome = words.promise_outcome(params["outcome"])
    if reason := params.get("reason"):
        return _("Agreement “%(what)s”: %(outcome)s. %(reason)s") % {
            "what": what,
            "outcome": outcome,
            "reason": quote(reason, params.get("reason_language", "")),
        }
    return _("Agreement “%(what)s”: %(outcome)s") % {"what": what, "outcome": outcome}


def _plan(params: dict[str, Any]) -> str:
    """What was agreed, with every amount and day: the spoken word that is confirmed in writing."""
    paid = [
        _("%(amount)s on %(day)s") % {"amount": _money(each["amount"]), "day": _day(each["due_on"])}
        for each in params["promises"]
    ]
    moved = [
        _("payment %(number)s from %(before)s to %(after)s, %(amount)s")
        % {
            "number": each["number"],
            "before": _day(each["from"]),
            "after": _day(each["to"]),
            "amount": _money(each["amount"]),
        }
        for each in params["moves"]
        if each["from"] != each["to"]
    ]
    changed = [
        _("payment %(number)s on %(day)s: %(amount)s")
        % {
            "number": each["number"],
            "day": _day(each["to"]),
            "amount": _money(each["amount"]),
        }
        for each in params["moves"]
        if each["from"] == each["to"]
    ]
    agreed = paid + moved + changed
    shown = agreed[:SHOWN] + (["…"] if len(agreed) > SHOWN else [])
    return f"{PlanKind(params['kind']).label}: {'; '.join(shown)}"


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _money(text: str) -> str:
    return money(Decimal(text))
