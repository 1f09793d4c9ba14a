"""Forms by their key: the same form sent twice is one message, one payment, one case.

A key is claimed before the work, in its own statement, and answered after it. A process that dies
in between leaves a claim without an answer. No one can tell whether it wrote anything, so the
person is asked to look, and nothing is repeated automatically.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import SentForm, User

FIELD = "form_key"
#: Fields that no one typed.
UNTYPED = frozenset({FIELD, "csrfmiddlewaretoken", "draft", "draft_seen", "begun_in"})
#: How long a second one waits for the first one's answer.
PATIENCE = 10.0  # seconds
LOOK = 0.1
#: Longer than any request takes: the process of an older unanswered claim is gone.
AT_WORK = timedelta(minutes=5)
KEPT = timedelta(days=3)
LONGEST_PATH = 500

View = TypeVar("View", bound=Callable[..., Any])


def repeatable(view: View) -> View:
    """For forms that may be sent twice, such as saving a draft; they need no key."""
    view.is_repeatable = True  # type: ignore[attr-defined]
    return view


def new_key(user: User) -> uuid.UUID:
    """Eight random bytes and a keyed hash of them and their reader: no one else's form has it."""
    chance = os.urandom(8)
    return uuid.UUID(bytes=chance + _whose(chance, user))


def is_key_of(user: User, key: uuid.UUID) -> bool:
    """Whether the form was on a page of this person. Others can't make such a key."""
    return constant_time_compare(key.bytes[8:], _whose(key.bytes[:8], user))


def _whose(chance: bytes, user: User) -> bytes:
    said = f"{user.pk} {chance.hex()}"
    return salted_hmac("accounts.sent_forms.key", said, algorithm="sha256").digest()[:8]


def key_of(request: HttpRequest) -> uuid.UUID | None:
    """Also None if the path is longer than our longest, which is what the column holds."""
    if len(request.path) > LONGEST_PATH or "\x00" in request.path:
        return None
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def form_fingerprint(request: HttpRequest) -> str:
    """A keyed hash of everything typed and chosen: no one can find the words by guessing."""
    typed = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    files = [
        (name, each.name, _digest(each))
        for name in sorted(request.FILES)
        for each in request.FILES.getlist(name)
    ]
    content = repr(([each for each in typed if each[0] not in UNTYPED], files))
    return salted_hmac("accounts.sent_forms", content, algorithm="sha256").hexdigest()


def _digest(file: Any) -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def claim_form(
    *, user: User, path: str, key: uuid.UUID, fingerprint: str, now: datetime
) -> tuple[SentForm, bool]:
    """The form's row, and whether this is the first time it was sent."""
    return SentForm.objects.get_or_create(
        user=user, path=path, key=key, defaults={"fingerprint": fingerprint, "sent_at": now}
    )


def answered_form(form: SentForm, *, now: datetime) -> SentForm | None:
    """The row once the first one is answered, or after a while. None if released."""
    is_at_work = now - form.sent_at < AT_WORK
    deadline = time.monotonic() + (PATIENCE if is_at_work else 0)
    found: SentForm | None = form
    while found and not found.location and time.monotonic() < deadline:
        time.sleep(LOOK)
        found = SentForm.objects.filter(pk=form.pk).first()
    return found


def answer_form(*, form: SentForm, location: str) -> None:
    SentForm.objects.filter(pk=form.pk).update(location=location)


def release_form(*, form: SentForm) -> None:
    """The form was refused; corrected, it may use the same key."""
    SentForm.objects.filter(pk=form.pk).delete()


def forget_sent_forms(*, now: datetime) -> int:
    """Delete those too old to be sent again, and return how many."""
    return SentForm.objects.filter(sent_at__lte=now - KEPT).delete()[0]
