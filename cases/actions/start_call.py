from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import User
from cases import numbers
from cases.models import CallDraft
from common.company_day import business_day
from leases.models import Lease


def start_call(*, by: User, now: datetime, lease: Lease | None = None) -> CallDraft:
    """A call begins: its case number exists from here on, so it can be read aloud.

    Numbers of calls never finished aren't reused; see `discard_call`.
    """
    if not by.works_cases:
        raise PermissionDenied
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_running_number')")
        running = cursor.fetchone()[0]
    year = business_day(now).year
    return CallDraft.objects.create(
        number=numbers.make(year=year, running=running), agent=by, started_at=now, lease=lease
    )


def save_draft(*, draft: CallDraft, typed: dict[str, Any], by: User) -> bool:
    """Saves what was typed so far; False once the call is finished or discarded."""
    unfinished = CallDraft.objects.visible_to(by).unfinished()
    return bool(unfinished.filter(pk=draft.pk).update(typed=typed))
