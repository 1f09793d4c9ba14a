"""What a draft keeps of a call, and what the page begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.enums import Language
from accounts.models import User
from cases.call_texts import SUGGESTED
from cases.callers import speaks_for_themselves
from cases.forms import answers, charge_choice
from cases.forms.call import agreements, checklist
from cases.forms.call.days import days_kept
from cases.forms.caller import CALLER_FIELDS
from cases.forms.contact import CONTACT_FIELDS
from cases.models import CallDraft
from common.company_day import business_day
from leases.models import Lease

#: Everything typed except files, which a browser doesn't give back.
KEPT = (
    "language",
    "contract",
    "searched",
    "lease",
    "kind",
    "channel",
    "summary",
    "reference",
    "visibility",
    "due_on",
    "suggested_due_on",
    "remember_language",
    "suggested_language",
    "asked",
    "untranslated",
    "untranslated_in",
    *CALLER_FIELDS,
    "message",
    "escalation",
    "outcome",
    "told_how",
    "own_address",
    *CONTACT_FIELDS,
    charge_choice.OLDER,
)
#: A field for each line of the checklist, the agreements, the transactions and the questions.
KEPT_PREFIXES = (
    checklist.PREFIX,
    agreements.PREFIX,
    charge_choice.PREFIX,
    answers.PREFIX,
    SUGGESTED,
)
#: Fields and beginnings of fields of a call about which something was said, not only searched.
SAID = (
    "summary", "reference", "message", "escalation", "outcome", "caller_name", "contact_name",
    "contact_phone", "contact_email", "known", "attorney_firm", "attorney_phone", "attorney_email",
)  # fmt: skip
SAID_PREFIXES = (checklist.PREFIX, charge_choice.PREFIX, answers.PREFIX)
SAID_AGREED = ("-what", "-amount")
LINE = re.compile(rf"(?:{'|'.join(KEPT_PREFIXES)})[a-z0-9_-]{{1,40}}")
MOST_LINES = 100


def found_draft(user: User, number: str) -> CallDraft:
    drafts = CallDraft.objects.visible_to(user).select_related(
        "lease__customer", "case", "agent", "discarded_by", "typed_by", "phone_call__agent"
    )
    return get_object_or_404(drafts, number=number)


def typed_in(request: HttpRequest) -> dict[str, Any]:
    lines = [name for name in request.POST if LINE.fullmatch(name)][:MOST_LINES]
    typed = {name: request.POST.get(name, "") for name in (*KEPT, *lines)}
    if "searched" not in request.POST or "find" in request.POST:
        typed["searched"] = typed["contract"]
    typed = {name: value.replace("\x00", "") for name, value in typed.items()}
    return days_kept(typed)


def says_something(typed: Mapping[str, Any]) -> bool:
    """Whether anything of a call would be missed: a name that was searched for wouldn't."""
    filled = [name for name, value in typed.items() if str(value or "").strip()]
    return any(
        name in SAID
        or name.startswith(SAID_PREFIXES)
        or (name.startswith(agreements.PREFIX) and name.endswith(SAID_AGREED))
        for name in filled
    )


def searches_anew(typed: Mapping[str, Any], shown: str | None) -> bool:
    """Whether someone else is meant now than when the lease was chosen. `shown`: the search whose
    leases stand on the page; None if the page doesn't say.
    """
    searched = typed["contract"].strip()
    return bool(searched) and (shown is None or searched != shown.strip())


def unsearched(typed: Mapping[str, Any]) -> str:
    """What was typed to find someone and not looked for: another lease may stand beside it."""
    contract = str(typed.get("contract", "")).strip()
    return contract if contract != str(typed.get("searched", contract)).strip() else ""


def initial_of(draft: CallDraft, user: User, now: datetime) -> dict[str, Any]:
    """What was typed, except for a day that has since passed."""
    if draft.typed:
        typed = dict(draft.typed)
        with suppress(KeyError, ValueError):
            if date.fromisoformat(typed["due_on"]) < business_day(now):
                del typed["due_on"]
        if not draft.lease or typed.get("lease"):
            return typed
        # The call was continued from this lease, after something else was typed.
        return in_customers_language(typed | {"lease": draft.lease.account_number}, draft.lease)
    language = begins_in(user)
    initial: dict[str, Any] = {"language": language, "suggested_language": language}
    if draft.lease:
        initial["lease"] = draft.lease.account_number
    return in_customers_language(initial, draft.lease)


def begins_in(user: User) -> str:
    """The language of a call before anyone is known to call."""
    return user.language or Language.SPANISH.value


def in_customers_language(typed: dict[str, Any], lease: Lease | None) -> dict[str, Any]:
    """A call's language is its customer's until the agent chooses one, or if someone else calls."""
    if lease is None or typed.get("language") != typed.get("suggested_language"):
        return typed
    if not speaks_for_themselves(typed.get("relation")):
        return typed
    language = lease.customer.language
    return typed | {"language": language, "suggested_language": language}
