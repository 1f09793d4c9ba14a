"""Files that belong to rows: stored before the transaction, removed if it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any, NamedTuple, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error, InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.evidence import Inspected, StoredNames, delete, store, store_original
from cases.evidence.errors import in_words, refusal
from cases.models import Case, Entry, Evidence, HeldUpload
from cases.queries.known_files import known_files
from cases.queries.stored_files import in_use


class Upload(NamedTuple):
    """A file that a form has checked."""

    inspected: Inspected
    original: IO[bytes]


Sent = TypeVar("Sent", bound=Upload | HeldUpload)


class Kept(NamedTuple):
    """The values of a row of evidence, and the held upload it takes over, if any."""

    facts: dict[str, Any]
    held: HeldUpload | None = None

    @property
    def name(self) -> str:
        return str(self.facts["name"])


@contextmanager
def kept(uploads: Sequence[Upload | HeldUpload]) -> Iterator[list[Kept]]:
    """Stores the files around a transaction, so that no row lock waits for a disk.

    ValidationError `evidence_not_stored`. If the block fails no file stays behind, unless it's
    unknown whether the transaction succeeded: then there may be a file without a row, but never a
    row without its file.
    """
    done: list[Kept] = []
    root = settings.EVIDENCE_ROOT
    with _taken_back_on_failure() as stored:
        for upload in uploads:
            if isinstance(upload, HeldUpload):
                done.append(Kept(upload.facts, upload))
                continue
            checked = upload.inspected
            names = store(upload.original, checked.view, root=root, sha256=checked.sha256)
            stored += [names.original, names.view]
            done.append(Kept(_facts(checked, names)))
        yield done


@contextmanager
def kept_original(raw: bytes) -> Iterator[str]:
    """The same for a mail as it came in."""
    with _taken_back_on_failure() as stored:
        name = store_original(raw, root=settings.EVIDENCE_ROOT)
        stored.append(name)
        yield name


@contextmanager
def _taken_back_on_failure() -> Iterator[list[str]]:
    stored: list[str] = []
    try:
        yield stored
    except (OperationalError, InterfaceError):
        raise  # if the connection died at COMMIT, the rows may exist: sweep_files will find out
    except BaseException:
        for name in set(stored) - _needed(stored):
            delete(name, root=settings.EVIDENCE_ROOT)
        raise


def _needed(stored: Sequence[str]) -> set[str]:
    """An error may come after the COMMIT as well."""
    try:
        return in_use(stored) if stored else set()
    except Error:
        return set(stored)


def _facts(inspected: Inspected, names: StoredNames) -> dict[str, Any]:
    return {
        "name": inspected.display_name,
        "content_type": inspected.content_type,
        "size": inspected.size,
        "sha256": inspected.sha256,
        "width": inspected.width,
        "height": inspected.height,
        "pages": inspected.pages,
        "original": names.original,
        "view": names.view,
    }


def digest(upload: Upload | HeldUpload) -> str:
    """SHA-256 of what was sent."""
    return upload.sha256 if isinstance(upload, HeldUpload) else upload.inspected.sha256


def without_twins(files: Sequence[Sent]) -> tuple[list[Sent], list[dict[str, Any]]]:
    """The same bytes sent twice at once become one file; the entry mentions the second.

    The first one stays, so that a held upload, which comes first, is taken over and not left
    behind.
    """
    first: dict[str, Sent] = {}
    twins = []
    for file in files:
        if (same := first.setdefault(digest(file), file)) is not file:
            params = {"first": _name(same)}
            twins.append({"name": _name(file), "code": "evidence_twice", "params": params})
    return list(first.values()), twins


def _name(file: Upload | HeldUpload) -> str:
    return file.name if isinstance(file, HeldUpload) else file.inspected.display_name


def refuse_known(
    case: Case, files: Sequence[Kept], *, visibility: str, by: User, now: datetime
) -> None:
    """ValidationErrors `evidence_already_sent`, one for each file that was sent recently.

    So the sender knows which ones to leave out; hold_good_files keeps the others.
    """
    digests = [str(file.facts["sha256"]) for file in files]
    known = known_files(case, digests, visibility=visibility, now=now) if files else {}
    errors = []
    for file in files:
        if same := known.get(str(file.facts["sha256"])):
            own = same.entry.author_id == by.pk
            code = "evidence_already_sent" if own else "evidence_already_there"
            problem = in_words(code, {"at": same.entry.at.isoformat()})
            params = {"name": file.name, "problem": problem, "sha256": same.sha256}
            message = _("“%(name)s”: %(problem)s")
            errors.append(ValidationError(message, "evidence_already_sent", params))
    if errors:
        raise ValidationError(errors)


def attach(entry: Entry, files: Sequence[Kept]) -> list[Evidence]:
    """ValidationError `evidence_gone` if a held upload was dropped or used at the same moment."""
    held = [file.held.pk for file in files if file.held]
    if held and HeldUpload.objects.filter(pk__in=held).delete()[0] != len(held):
        raise refusal("evidence_gone")
    return Evidence.objects.bulk_create(Evidence(entry=entry, **file.facts) for file in files)
