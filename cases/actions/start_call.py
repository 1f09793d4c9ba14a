from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from cases import numbers
from cases.call_texts import about_whom
from cases.models import CallDraft
from cases.queries.calls import SHIFT
from common.company_day import business_day
from leases.models import Lease

#: One that nobody has written in for this long isn't the one on the line, either: its number would
#: be read to another caller.
LEFT_ALONE = timedelta(minutes=30)


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


@transaction.atomic
def continue_or_start_call(
    *, by: User, now: datetime, lease: Lease | None = None, searched: str = ""
) -> tuple[CallDraft, bool]:
    """The newest call that this person began in this shift and hasn't finished; otherwise a new
    one. True if it's new.

    `lease`, `searched`: a call about another lease, or with someone else, is another call. So is
    one after a call that was left alone, unless it's about the same.
    """
    # Two presses at once take turns, so that one of them finds the call of the other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = CallDraft.objects.visible_to(by).unfinished()
    mine = mine.filter(agent=by, started_at__gt=now - SHIFT)
    written = Greatest("started_at", Coalesce("typed_at", "started_at"))
    draft = mine.order_by(written.desc(), "-pk").first()
    if draft is None or not _goes_on(draft, lease, searched, now):
        return start_call(by=by, now=now, lease=lease), True
    if lease and draft.lease is None:
        draft.lease = lease
        draft.save(update_fields=["lease"])
    return draft, False


def _goes_on(draft: CallDraft, lease: Lease | None, searched: str, now: datetime) -> bool:
    if lease and draft.lease_id == lease.pk:
        return True
    if searched and draft.typed.get("contract") == searched:
        return True
    if now - (draft.typed_at or draft.started_at) >= LEFT_ALONE:
        return False
    if lease:
        return _may_be_about(draft, lease)
    return not searched or _is_about_no_one(draft)


def _is_about_no_one(draft: CallDraft) -> bool:
    return not (draft.lease_id or about_whom(draft.typed))


def _may_be_about(draft: CallDraft, lease: Lease) -> bool:
    if draft.lease_id:
        return bool(draft.lease_id == lease.pk)
    chosen = draft.typed.get("lease") or ""
    return not draft.typed.get("why") and chosen in {"", lease.account_number}
