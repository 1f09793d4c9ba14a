"""What the call bar offers after `>` on a page of a case: what can be done in that case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from cases import lifecycle
from cases.commands import Command
from cases.enums import CaseStatus
from cases.mails.attorneys import reaches_no_one
from cases.models import Case
from cases.queries.merges import merged_into
from cases.queries.numbered import case_numbered

LONGEST_PATH = 200  # characters


class CaseCommand(NamedTuple):
    key: str
    name: str | Promise
    words: str | Promise  # what else people call it
    at: str  # below the page of the case, or the name of a page of its own
    may: Callable[[Case, User], bool]


def _always(_case: Case, _user: User) -> bool:
    return True


def _is_active(case: Case, _user: User) -> bool:
    return case.is_active


def _of_lease(case: Case, _user: User) -> bool:
    return case.lease_id is not None


def _may_resolve(case: Case, user: User) -> bool:
    return CaseStatus.RESOLVED in lifecycle.moves(case.status, supervises=user.supervises)


def _panel(name: str) -> str:
    return f"?open={name}#{name}"


CASE_COMMANDS = (
    CaseCommand(
        "reply", gettext_lazy("Reply to the customer"),
        pgettext_lazy("typed after >", "answer write message email"), "?reply=1#id_body",
        lambda case, _user: not reaches_no_one(case),
    ),
    CaseCommand(
        "note", gettext_lazy("Write a note"),
        pgettext_lazy("typed after >", "internal team"), "#id_body", _always,
    ),
    CaseCommand(
        "status", gettext_lazy("Change the status"),
        pgettext_lazy("typed after >", "waiting open in progress"), "#id_to_status", _always,
    ),
    CaseCommand(
        "assign", gettext_lazy("Assign the case"),
        pgettext_lazy("typed after >", "give take person owner"), _panel("assignment"), _is_active,
    ),
    CaseCommand(
        "follow-ups", gettext_lazy("Follow-ups"),
        pgettext_lazy("typed after >", "schedule call email later"), _panel("follow-ups"), _always,
    ),
    CaseCommand(
        "snooze", gettext_lazy("Snooze the case"),
        pgettext_lazy("typed after >", "put away until bring back"), _panel("snooze"),
        lambda case, _user: case.status in lifecycle.SNOOZABLE,
    ),
    CaseCommand(
        "tags", gettext_lazy("Tag the case"),
        pgettext_lazy("typed after >", "label mark topic tags"), _panel("tags"), _always,
    ),
    CaseCommand(
        "escalate", gettext_lazy("Escalate to a supervisor"),
        pgettext_lazy("typed after >", "manager boss"), _panel("escalation"),
        lambda case, _user: case.status in lifecycle.ESCALATABLE,
    ),
    CaseCommand(
        "resolve", gettext_lazy("Resolve the case"),
        pgettext_lazy("typed after >", "close finish done outcome"), "case_resolution",
        _may_resolve,
    ),
    CaseCommand(
        "reopen", gettext_lazy("Reopen the case"),
        pgettext_lazy("typed after >", "open again back"), _panel("reopen"),
        lambda case, _user: not case.is_active and merged_into(case) is None,
    ),
    CaseCommand(
        "evidence", gettext_lazy("Ask for proof"),
        pgettext_lazy("typed after >", "evidence request photos papers files"),
        _panel("evidence"), _is_active,
    ),
    CaseCommand(
        "agreements", gettext_lazy("Verbal agreements"),
        pgettext_lazy("typed after >", "promise agree"), _panel("agreements"), _always,
    ),
    CaseCommand(
        "outside", gettext_lazy("Outside deadlines"),
        pgettext_lazy("typed after >", "regulator complaint BBB CFPB bureau"), _panel("outside"),
        _always,
    ),
    CaseCommand(
        "flags", gettext_lazy("Flags"),
        pgettext_lazy("typed after >", "attorney law statute legal hold"),
        _panel("flags"), _always,
    ),
    CaseCommand(
        "verification", gettext_lazy("Verify the caller"),
        pgettext_lazy("typed after >", "identity check"), _panel("verification"), _of_lease,
    ),
    CaseCommand(
        "attempts", gettext_lazy("Contact attempts"),
        pgettext_lazy("typed after >", "phone customer"), _panel("attempts"), _always,
    ),
    CaseCommand(
        "refunds", gettext_lazy("Refunds"),
        pgettext_lazy("typed after >", "money back pay"), "case_refunds", _of_lease,
    ),
    CaseCommand(
        "return", gettext_lazy("Return to the store"),
        pgettext_lazy("typed after >", "give back merchandise"), "case_return",
        lambda case, user: _is_active(case, user) and bool(case.lease and case.kind.goes_back),
    ),
    CaseCommand(
        "duplicate", gettext_lazy("This case is a duplicate"),
        pgettext_lazy("typed after >", "merge"), "case_merge",
        lambda case, _user: case.status in lifecycle.MERGEABLE,
    ),
    CaseCommand(
        "contact", gettext_lazy("Correct the contact details"),
        pgettext_lazy("typed after >", "phone email address change"), "case_contact", _always,
    ),
    CaseCommand(
        "references", gettext_lazy("References from the customer"),
        pgettext_lazy("typed after >", "number code letter complaint"),
        _panel("references"), _always,
    ),
)  # fmt: skip


def case_on(path: str, *, user: User) -> Case | None:
    """Whose page this path is; None of any other, and of a case that this person may not see. At
    most one query.
    """
    if not user.works_cases or len(path) > LONGEST_PATH:
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if not (match.url_name or "").startswith("case") or "number" not in match.kwargs:
        return None
    cases = Case.objects.visible_to(user).select_related("kind", "contact", "lease__customer")
    return case_numbered(match.kwargs["number"], cases)


def commands_in(case: Case, *, user: User) -> Iterator[Command]:
    page = reverse("case", args=[case.number])
    for each in CASE_COMMANDS:
        if each.may(case, user):
            is_below = each.at.startswith(("?", "#"))
            address = page + each.at if is_below else reverse(each.at, args=[case.number])
            yield Command(key=f"case-{each.key}", name=each.name, words=each.words, address=address)
