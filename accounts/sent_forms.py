"""Forms by their key: the same form sent twice is one message, one payment, one case.

A key is claimed before the work, in a statement of its own, and answered after it. A process that
dies in between leaves a claim without an answer: nobody can tell then whether it wrote, so the
person looks, and nothing is done twice by itself.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import SentForm, User

FIELD = "form_key"
#: None of these is what somebody typed.
UNTYPED = frozenset({FIELD, "csrfmiddlewaretoken", "draft", "begun_in"})
#: How long a second sending waits for the answer of the first.
PATIENCE = 10.0  # seconds
LOOK = 0.1
#: Longer than any request takes: an unanswered claim this old belongs to a process that is gone.
AT_WORK = timedelta(minutes=5)
KEPT = timedelta(days=3)
LONGEST_PATH = 500

View = TypeVar("View", bound=Callable[..., Any])


def repeatable(view: View) -> View:
    """Done twice it is the same as once, as saving a draft: its forms need no key."""
    view.is_repeatable = True  # type: ignore[attr-defined]
    return view


def key_of(request: HttpRequest) -> uuid.UUID | None:
    """None also at an address that no form of ours has, nor its column takes."""
    if len(request.path) > LONGEST_PATH or "\x00" in request.path:
        return None
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def fingerprint(request: HttpRequest) -> str:
    """Of everything typed and chosen. Keyed: what people write must not be found by trying."""
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
    """The row of this form, and whether this is its first sending."""
    return SentForm.objects.get_or_create(
        user=user, path=path, key=key, defaults={"fingerprint": fingerprint, "sent_at": now}
    )


def answered_form(form: SentForm, *, now: datetime) -> SentForm | None:
    """The row once its first sending is answered, or as it is after a while. None: set free."""
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
    """It was not accepted: corrected, it may come with the same key."""
    SentForm.objects.filter(pk=form.pk).delete()


def forget_sent_forms(*, now: datetime) -> int:
    """Remove those too old to be sent again; how many there were."""
    return SentForm.objects.filter(sent_at__lte=now - KEPT).delete()[0]
