"""Codes of `Email.params` worded for the reader; call it under the recipient's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import pgettext

from cases import lifecycle, numbers, words
from cases.enums import CaseStatus, Kind, Party
from cases.mail.lease_values import about_the_lease
from cases.mail.record_values import about_the_record
from cases.mail.staff_values import for_staff
from common.formats import day

_AS_THEY_ARE = ("customer_name", "agent_name", "author_name", "message", "code", "minutes", "link")


def portal_link(number: str) -> str:
    return f"{settings.BASE_URL}/portal/cases/{number}/"


def values(params: Mapping[str, Any]) -> dict[str, str]:
    """Placeholder → text, for what `params` holds. ValueError for a code nobody knows."""
    found = {name: str(params[name]) for name in _AS_THEY_ARE if name in params}
    found["company"] = settings.COMPANY_NAME
    if "changed_on" in params:
        found["changed_day"] = day(date.fromisoformat(params["changed_on"]))
    if "case_number" in params:
        found |= _about_the_case(params)
    if "account_number" in params:
        found |= about_the_lease(params)
    found |= about_the_record(params)
    if "staff_name" in params:
        found |= for_staff(params)
    return found


def _about_the_case(params: Mapping[str, Any]) -> dict[str, str]:
    acts = Party(params.get("acts") or lifecycle.ACTS[CaseStatus(params["status"])])
    return {
        "case_number": numbers.grouped(params["case_number"]),
        "kind": str(Kind(params["kind"]).label),
        "status": words.status_for_customer(params["status"]),
        "who_acts": words.who_acts_for_customer(acts),
        "due_day": _due_day(params, acts),
        "portal_link": portal_link(params["case_number"]),
    }


def _due_day(params: Mapping[str, Any], acts: Party) -> str:
    if acts == Party.NOBODY:
        return pgettext("day by which somebody acts", "no date is pending")
    if params.get("overdue"):
        return pgettext("day by which somebody acts", "we’ll tell you the new date")
    due = day(date.fromisoformat(params["due_on"]))
    if params.get("agreed"):
        return pgettext("day by which somebody acts", "%(day)s, as we agreed") % {"day": due}
    return due
