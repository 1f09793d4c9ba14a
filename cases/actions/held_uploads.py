"""Files that wait for their form: a bad file, a lost connection or another error loses none of
them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import User
from cases.actions.evidence import Upload, kept
from cases.evidence import delete
from cases.evidence.errors import refusal
from cases.models import HeldUpload

HELD_FOR = timedelta(days=2)
MOST_HELD = 40  # for one person, in all forms


def hold_upload(*, upload: Upload, form: str, by: User, now: datetime) -> HeldUpload:
    """Keeps a checked file for the form at this address until the form is sent successfully.

    The same file again, for example after a lost answer, is the one that already waits.
    ValidationError `evidence_not_stored`, or `evidence_too_many` for someone who holds too many.
    """
    same = HeldUpload.objects.filter(holder=by, form=form, sha256=upload.inspected.sha256).first()
    if same:
        return same
    _check_room(by)  # before the disk does any work
    with kept([upload]) as stored, transaction.atomic():
        # One person's files are handled one at a time here; otherwise two at once would both find
        # the last place free.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        _check_room(by)
        return HeldUpload.objects.create(holder=by, form=form, at=now, **stored[0].facts)


def _check_room(by: User) -> None:
    if HeldUpload.objects.filter(holder=by).count() >= MOST_HELD:
        raise refusal("evidence_too_many_held", most=MOST_HELD)


def drop_upload(*, upload: HeldUpload) -> None:
    """The person who uploaded it removes it."""
    _drop([upload])


def sweep_uploads(*, now: datetime) -> int:
    """Files whose form no one sent."""
    return _drop(list(HeldUpload.objects.filter(at__lt=now - HELD_FOR)[:1000]))


def _drop(uploads: list[HeldUpload]) -> int:
    """One that a form has just taken over stays: what deletes the row owns the file."""
    dropped = 0
    for upload in uploads:
        if HeldUpload.objects.filter(pk=upload.pk).delete()[0]:
            dropped += 1
            for name in (upload.original, upload.view):
                delete(name, root=settings.EVIDENCE_ROOT)
    return dropped
