"""How fetching from our mailbox goes, and which mails wait for another try."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from mail.models import MailboxState
from mail.queries import inbound_watch
from mail.queries.inbound_watch import Left

#: A second try follows at once: most failures are a server that is restarting.
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=6)


def waiting_mails(*, uid_validity: int) -> dict[int, Left]:
    found = inbound_watch.mailbox_state()
    is_same = found is not None and found.uid_validity == uid_validity
    return inbound_watch.left_mails(found) if found and is_same else {}


@transaction.atomic
def note_round(trouble: str, *, now: datetime) -> None:
    """Records the result of one round; an empty text means it went well."""
    state = _locked()
    if trouble:
        state.failing_since = state.failing_since or now
        state.failures += 1
        state.error = trouble[:200]
    else:
        state.fetched_at, state.failing_since = now, None
        state.failures, state.error = 0, ""
    state.save()


@transaction.atomic
def note_left(
    left: Collection[int], *, unseen: Collection[int], uid_validity: int, now: datetime
) -> None:
    """Records the mails that couldn't be processed. Mails that were processed or are gone are
    dropped.
    """
    state = _locked()
    before = inbound_watch.left_mails(state) if state.uid_validity == uid_validity else {}
    after = {uid: found for uid, found in before.items() if uid in unseen}
    for uid in left:
        times = before[uid].times + 1 if uid in before else 1
        after[uid] = Left(times, now + _wait(times))
    state.uid_validity = uid_validity
    state.left = {str(uid): [each.times, each.again_at.isoformat()] for uid, each in after.items()}
    state.save(update_fields=["uid_validity", "left"])


def _locked() -> MailboxState:
    name = inbound_watch.mailbox_name()
    MailboxState.objects.get_or_create(name=name)
    return MailboxState.objects.select_for_update().get(name=name)


def _wait(times: int) -> timedelta:
    if times == 1:
        return timedelta(0)
    return min(_LONGEST, _FIRST * (1 << min(times - 2, 10)))
