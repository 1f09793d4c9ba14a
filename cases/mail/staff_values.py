"""What mails to our own people say; see cases/mail/staff_mail.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cases import numbers
from cases.enums import OutsideBody
from common.formats import day

_COUNTS = (
    "opened", "resolved", "open", "overdue", "escalated", "follow_ups", "uncertain", "parked",
)  # fmt: skip


def for_staff(params: Mapping[str, Any]) -> dict[str, str]:
    """Placeholder → text, in the active language. ValueError for a code nobody knows."""
    found = {"staff_name": str(params["staff_name"])}
    if "outside" in params:
        found |= _outside(params)
    if "week" in params:
        found |= _week(params["week"])
    return found


def _outside(params: Mapping[str, Any]) -> dict[str, str]:
    outside = params["outside"]
    return {
        "outside_body": str(OutsideBody(outside["body"]).label),
        "reference": outside["reference"] or pgettext("reference", "none"),
        "received_day": day(date.fromisoformat(outside["received_on"])),
        "answer_day": day(date.fromisoformat(outside["due_on"])),
        "time_left": _time_left(outside["days_left"]),
        "case_link": f"{settings.BASE_URL}/cases/{params['case_number']}/",
    }


def _time_left(days: int) -> str:
    if days < 0:
        return _("The last day has passed.")
    if days == 0:
        return _("Today is the last day.")
    words = ngettext("%(days)d day is left.", "%(days)d days are left.", days)
    return words % {"days": days}


def _week(week: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(week[name]) for name in _COUNTS} | {
        "since": day(date.fromisoformat(week["since"])),
        "until": day(date.fromisoformat(week["until"])),
        "oldest_es": _oldest(week["oldest_es"]),
        "oldest_en": _oldest(week["oldest_en"]),
        "queue_link": f"{settings.BASE_URL}/cases/",
    }


def _oldest(found: Mapping[str, str] | None) -> str:
    if found is None:
        return pgettext("unanswered case", "none")
    return pgettext("unanswered case", "case %(number)s, since %(day)s") % {
        "number": numbers.grouped(found["number"]),
        "day": day(date.fromisoformat(found["since"])),
    }
