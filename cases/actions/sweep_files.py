from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.conf import settings

from cases.evidence import delete, stored_before
from cases.queries.flags import holds
from cases.queries.stored_files import in_use

#: No transaction is open that long: the row of a younger file may still come.
AGE = timedelta(days=1)
_AT_ONCE = 1000


class Swept(NamedTuple):
    files: int
    size: int  # bytes
    held: int = 0  # cases whose hold kept them


def sweep_files(*, delete_them: bool, now: datetime, despite_holds: bool = False) -> Swept:
    """Files that a crash, or a connection lost at COMMIT, left under EVIDENCE_ROOT without
    a row.

    No row says which case they were for: while any case is on hold, they stay unless someone who
    knows says otherwise.
    """
    held = 0 if despite_holds or not delete_them else holds()
    delete_them = delete_them and not held
    root = settings.EVIDENCE_ROOT
    files = size = 0
    found = stored_before(root=root, before=(now - AGE).timestamp())
    while batch := dict(islice(found, _AT_ONCE)):
        for name in batch.keys() - in_use(batch):
            if not delete_them or delete(name, root=root):
                files += 1
                size += batch[name]
    return Swept(files, size, held)
