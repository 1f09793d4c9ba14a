"""Files beside rows: stored before the transaction, taken back if it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, NamedTuple

from django.conf import settings

from cases.evidence import Inspected, StoredNames, delete, store
from cases.models import Entry, Evidence


class Upload(NamedTuple):
    """A file a form has checked."""

    inspected: Inspected
    original: IO[bytes]


class Kept(NamedTuple):
    inspected: Inspected
    names: StoredNames


@contextmanager
def kept(uploads: Sequence[Upload]) -> Iterator[list[Kept]]:
    """Store the files around a transaction, so that no row waits for a disk.

    ValidationError `evidence_not_stored`. If the block fails no file stays behind; if the process
    dies in between, a file without a row may, never a row without its file.
    """
    done: list[Kept] = []
    root = settings.EVIDENCE_ROOT
    try:
        for upload in uploads:
            checked = upload.inspected
            names = store(upload.original, checked.view, root=root, sha256=checked.sha256)
            done.append(Kept(checked, names))
        yield done
    except BaseException:
        for one in done:
            delete(one.names.original, root=root)
            delete(one.names.view, root=root)
        raise


def attach(entry: Entry, files: Sequence[Kept]) -> None:
    Evidence.objects.bulk_create(
        Evidence(
            entry=entry,
            name=inspected.display_name,
            content_type=inspected.content_type,
            size=inspected.size,
            sha256=inspected.sha256,
            width=inspected.width,
            height=inspected.height,
            pages=inspected.pages,
            original=names.original,
            view=names.view,
        )
        for inspected, names in files
    )
