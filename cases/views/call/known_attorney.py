"""An attorney on record calls: what we have of them is filled in, and if we have their letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cases.enums import CallerRelation, ItemState
from cases.forms.represented import KNOWN_LETTER, OFFERED
from cases.models import CaseFlag
from cases.queries.flags import Flags
from cases.views.call.leases import Leases
from common.formats import phone


def known_attorney(rows: Iterable[CaseFlag], leases: Leases, name: str) -> CaseFlag | None:
    """Of those who speak for the customer: whoever is named, or else was searched for, or else the
    one who is written to. `rows`: the customer's flags.
    """
    attorneys = [each for each in rows if each.is_attorney]
    if name.strip():
        attorneys = [each for each in attorneys if each.is_named(name)]
    elif leases.chosen and (found := leases.attorneys.get(leases.chosen.customer_id)):
        return found
    return Flags(tuple(attorneys)).attorney


def with_known_attorney(typed: dict[str, Any], leases: Leases) -> dict[str, Any]:
    """Fills once what is empty. What was filled in for another attorney, or for none that calls, is
    taken back where no one changed it.
    """
    offered, name = typed.get(OFFERED, ""), typed.get("caller_name", "")
    is_attorney = typed.get("relation") == CallerRelation.ATTORNEY
    if not (is_attorney or offered):
        return typed
    customers = [leases.chosen.customer_id] if leases.chosen and is_attorney else []
    rows = list(CaseFlag.objects.attorneys_of(customers))
    if offered and offered in {str(each.pk) for each in rows}:
        return typed
    if offered:
        typed = _taken_back(typed, offered)
        name = typed["caller_name"]
    flag = known_attorney(rows, leases, name)
    return typed | _filled(typed, flag) if flag else typed


def _filled(typed: Mapping[str, Any], flag: CaseFlag) -> dict[str, Any]:
    known = {each: value for each, value in _values(flag).items() if not typed.get(each)}
    if not flag.awaits_letter and typed.get("attorney_letter") != ItemState.ACCEPTED:
        known["attorney_letter"] = KNOWN_LETTER
    return known | {OFFERED: str(flag.pk)}


def _taken_back(typed: Mapping[str, Any], offered: str) -> dict[str, Any]:
    flag = CaseFlag.objects.filter(pk=int(offered)).first() if offered.isdecimal() else None
    values = _values(flag) if flag else {}
    same = {each: "" for each, value in values.items() if typed.get(each) == value}
    if typed.get("attorney_letter") == KNOWN_LETTER:
        same["attorney_letter"] = ItemState.ASKED.value
    return {**typed, **same, OFFERED: ""}


def _values(flag: CaseFlag) -> dict[str, str]:
    return {
        "caller_name": flag.name,
        "attorney_firm": flag.firm,
        "attorney_phone": phone(flag.phone),
        "attorney_email": flag.email,
        "attorney_language": flag.language,
    }
