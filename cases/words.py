"""A case in the customer's words: the same in mails and in the portal, never our codes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.enums import CaseStatus, ItemState, OutsideBody, Party, PromiseOutcome

_STATUS: dict[CaseStatus, str | Promise] = {
    CaseStatus.OPEN: pgettext_lazy("status for the customer", "We received your case"),
    CaseStatus.IN_PROGRESS: pgettext_lazy("status for the customer", "We’re working on it"),
    CaseStatus.WAITING_CUSTOMER: pgettext_lazy(
        "status for the customer", "We’re waiting for something from you"
    ),
    CaseStatus.WAITING_STORE: pgettext_lazy(
        "status for the customer", "We’re waiting for the store"
    ),
    CaseStatus.ESCALATED: pgettext_lazy(
        "status for the customer", "Our supervisors are reviewing it"
    ),
    CaseStatus.RESOLVED: pgettext_lazy("status for the customer", "Resolved"),
    CaseStatus.CLOSED: pgettext_lazy("status for the customer", "Closed"),
}
_WHO_ACTS: dict[Party, str | Promise] = {
    Party.COMPANY: pgettext_lazy("who acts", "We’ll get back to you"),
    Party.CUSTOMER: pgettext_lazy("who acts", "We’re waiting for you"),
    Party.STORE: pgettext_lazy("who acts", "The store needs to respond"),
    Party.NOBODY: pgettext_lazy("who acts", "Nothing else is needed"),
}
_WHO_PROMISED: dict[Party, str | Promise] = {
    Party.COMPANY: pgettext_lazy("who promised", "Our team"),
    Party.CUSTOMER: pgettext_lazy("who promised", "You"),
    Party.STORE: pgettext_lazy("who promised", "The store"),
}
_AGREED_TO: dict[Party, str | Promise] = {
    Party.COMPANY: gettext_lazy("We agreed: %(what)s, by %(day)s"),
    Party.CUSTOMER: gettext_lazy("%(who)s agreed: %(what)s, by %(day)s"),
    Party.STORE: gettext_lazy("The store agreed: %(what)s, by %(day)s"),
}
_OUTCOME = {
    PromiseOutcome.KEPT: pgettext_lazy("verbal agreement", "kept"),
    PromiseOutcome.BROKEN: pgettext_lazy("verbal agreement", "not kept"),
    PromiseOutcome.WITHDRAWN: pgettext_lazy("verbal agreement", "withdrawn"),
}

_ITEM = {
    ItemState.ASKED: pgettext_lazy("item asked for, to the customer", "Pending"),
    ItemState.RECEIVED: pgettext_lazy("item asked for, to the customer", "Received"),
    ItemState.UNREADABLE: pgettext_lazy(
        "item asked for, to the customer", "Can’t be read: send another"
    ),
    ItemState.ACCEPTED: pgettext_lazy("item asked for, to the customer", "Accepted"),
    ItemState.DROPPED: pgettext_lazy("item asked for, to the customer", "No longer needed"),
}

#: Where a row has little room; the others are short anyway.
_IN_LIST = {
    CaseStatus.WAITING_CUSTOMER: pgettext_lazy("case status in a list", "Waiting: customer"),
    CaseStatus.WAITING_STORE: pgettext_lazy("case status in a list", "Waiting: store"),
}
_OUTSIDE_IN_LIST = {
    OutsideBody.CFPB: pgettext_lazy("outside body in a list", "CFPB"),
    OutsideBody.BBB: pgettext_lazy("outside body in a list", "BBB"),
    OutsideBody.ATTORNEY_GENERAL: pgettext_lazy("outside body in a list", "AG"),
    OutsideBody.CREDIT_BUREAU: pgettext_lazy("outside body in a list", "FCRA"),
    OutsideBody.LETTER: pgettext_lazy("outside body in a list", "Letter"),
    OutsideBody.DATA_REQUEST: pgettext_lazy("outside body in a list", "Data"),
}


def status_in_list(status: str) -> str:
    """For staff, short enough for a column."""
    known = CaseStatus(status)
    return str(_IN_LIST.get(known, known.label))


def outside_in_list(body: str) -> str:
    return str(_OUTSIDE_IN_LIST[OutsideBody(body)])


def status_for_customer(status: str) -> str:
    return str(_STATUS[CaseStatus(status)])


def item_for_customer(state: str) -> str:
    return str(_ITEM[ItemState(state)])


def who_acts_for_customer(party: str) -> str:
    return str(_WHO_ACTS[Party(party)])


def who_promised_for_customer(party: str) -> str:
    return str(_WHO_PROMISED[Party(party)])


def agreed_to(party: str, *, for_customer: bool) -> str:
    """Who took on what by when, for either reader; `who`, `what` and `day` are to be filled in."""
    if for_customer and party == Party.CUSTOMER:
        return _("You agreed: %(what)s, by %(day)s")
    return str(_AGREED_TO[Party(party)])


def promise_outcome(outcome: str) -> str:
    """In the middle of a sentence."""
    return str(_OUTCOME[PromiseOutcome(outcome)])
