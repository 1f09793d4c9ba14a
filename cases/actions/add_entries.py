"""Where every line of a timeline is written, and announced once it's committed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction

from cases import live
from cases.models import Entry


def add_entry(**values: Any) -> Entry:
    entry = Entry.objects.create(**values)
    _announce([entry])
    return entry


def add_entries(entries: Iterable[Entry]) -> list[Entry]:
    """In one statement."""
    added = Entry.objects.bulk_create(entries)
    _announce(added)
    return added


def _announce(entries: Iterable[Entry]) -> None:
    keys: dict[int, list[int]] = defaultdict(list)
    for entry in entries:
        keys[entry.case_id].append(entry.pk)
    if keys:
        transaction.on_commit(partial(live.announce, keys), robust=True)
