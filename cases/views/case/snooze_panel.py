"""Until when a case can be snoozed, or why it can't be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from cases import actions
from cases.forms.snooze import SnoozeForm
from cases.models import Case
from cases.queries.snooze import snooze_limit
from common.company_day import business_day


def snooze_form(found: Case, now: datetime, *data: Any) -> SnoozeForm:
    return SnoozeForm(*data, case=found, last=snooze_limit(found).on, today=business_day(now))


def snooze_panel(found: Case, *, now: datetime) -> dict[str, Any]:
    try:
        actions.refuse_unsnoozable(found, now)
    except ValidationError as error:
        return {"snoozing": None, "not_snoozed": error}
    return {"snoozing": snooze_form(found, now), "last_day": snooze_limit(found).on}
