"""The states of requested items, on a case from `locked`: one save of them at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from cases import asked_items
from cases.enums import ItemState
from cases.models import AskedItem, Case, Evidence


def ask(case: Case, slots: Iterable[str], *, now: datetime) -> None:
    """Also again, whatever happened to it before."""
    for slot in slots:
        item, is_new = AskedItem.objects.get_or_create(
            case=case, slot_id=slot, defaults={"asked_at": now, "changed_at": now}
        )
        if not is_new:
            _put(item, ItemState.ASKED, now)


def begin(case: Case, states: Mapping[str, ItemState], *, now: datetime) -> None:
    """Of a new case: what the caller was asked for, and what became of it during the call."""
    AskedItem.objects.bulk_create(
        AskedItem(case=case, slot_id=slot, state=state, asked_at=now, changed_at=now)
        for slot, state in states.items()
    )


def answered(case: Case, slot: str | None) -> AskedItem | None:
    """Which items the files answer: `slot`, "" for none, None if no one said.

    If no one said, it's the only missing item. An item that someone decided about in the meantime
    isn't answered; the files are in the case all the same.
    """
    if slot is None:
        missing = list(AskedItem.objects.filter(case=case).missing()[:2])
        return missing[0] if len(missing) == 1 else None
    return AskedItem.objects.filter(case=case, slot=slot).open().first()


def receive(item: AskedItem, files: Sequence[Evidence], *, now: datetime) -> None:
    item.files.add(*files)
    _put(item, ItemState.RECEIVED, now)


def decide(case: Case, slot: str, state: ItemState, *, now: datetime) -> bool:
    """Accepted, or not needed; False if nothing is open there."""
    item = AskedItem.objects.filter(case=case, slot=slot).open().first()
    if item:
        _put(item, state, now)
    return item is not None


def mark_unreadable_items(
    case: Case, slots: Iterable[str], file: Evidence, *, now: datetime
) -> None:
    """This file can't be read, so its item is requested, even if it never was before."""
    for slot in slots:
        item, is_new = AskedItem.objects.get_or_create(
            case=case,
            slot_id=slot,
            defaults={"asked_at": now, "changed_at": now, "state": ItemState.UNREADABLE},
        )
        item.files.add(file)
        if not is_new:
            _put(item, ItemState.UNREADABLE, now)


def drop_all(case: Case, *, now: datetime) -> None:
    """A case that has ended asks for nothing anymore."""
    still_open = AskedItem.objects.filter(case=case, state__in=asked_items.OPEN)
    still_open.update(state=ItemState.DROPPED, changed_at=now)


def _put(item: AskedItem, state: ItemState, now: datetime) -> None:
    if item.state != state:
        item.state, item.changed_at = state, now
        item.save(update_fields=["state", "changed_at"])
