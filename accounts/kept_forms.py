"""A form sent after the session ended, kept until the same person has signed in again.

With scripts, its page keeps the words (static/js/keep.js). Without, they'd be gone with the answer,
so they wait in an encrypted row that only this browser's cookie names. Nobody but the reader of the
form's page gets them back: the form's key says whose it was. Nothing is ever sent by itself.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.drafts import SECRET
from accounts.limits import limit, take
from accounts.mask_watch import noted
from accounts.models import User
from accounts.paces import Pace
from accounts.sent_forms import UNTYPED, is_key_of, key_of
from accounts.sign_in.tries import network

KEPT_FOR = timedelta(hours=1)
MOST_FIELDS = 100
LONGEST = 60_000  # characters in all
FROM_A_NETWORK = Pace(10, 30)
IN_ALL = Pace(300, 1)
COOKIE = f"kept_form{settings.COOKIE_SUFFIX}"
KEPT = "kept"
#: Sent by a script: its page still has the words.
BY_SCRIPT = ("X-Requested-With", "HX-Request", "X-Puente-Unattended")
#: Sign-in has nothing but secrets; the administration has a sign-in of its own.
NEVER_KEPT = ("/account/", "/admin/", "/api/")

Sessions: Any = import_module(settings.SESSION_ENGINE).SessionStore


@dataclass(frozen=True)
class KeptForm:
    key: str
    address: str  # where it was sent
    page: str  # where it was written
    typed: list[tuple[str, str]]  # each field and one of its values
    files: list[tuple[str, str]]  # names only: a browser gives files once

    @classmethod
    def sent(cls, request: HttpRequest, key: uuid.UUID, page: str) -> KeptForm:
        files = [(name, str(each.name)) for name, all_ in request.FILES.lists() for each in all_]
        return cls(str(key), request.get_full_path(), page, _typed(request), files)

    @property
    def words(self) -> list[tuple[str, str]]:
        return [each for each in self.typed if _is_words(*each)]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [each for each in self.typed if not _is_words(*each)]


def keep_form(request: HttpRequest, page: str) -> str:
    """What the cookie is to say; empty if there's nothing to keep, or too much."""
    key = key_of(request)
    if key is None or not _is_worth_keeping(request):
        return ""
    limits = [limit("kept_form", "network", network(request), FROM_A_NETWORK)]
    if take([*limits, limit("kept_form", "overall", "", IN_ALL)], now=timezone.now()):
        return ""
    store = Sessions()
    store[KEPT] = asdict(KeptForm.sent(request, key, page))
    store.set_expiry(KEPT_FOR)
    store.create()
    return str(store.session_key)


def name_form(response: HttpResponse, said: str) -> None:
    """Let this browser, and only it, name the kept form for an hour."""
    response.set_cookie(
        COOKIE,
        said,
        max_age=KEPT_FOR,
        path=reverse("kept_form"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def kept_form(request: HttpRequest, by: User) -> KeptForm | None:
    """The form this browser was signed out with. Someone else's is deleted, unseen."""
    store = _store(request)
    if KEPT not in store:
        return None
    found = KeptForm(**store[KEPT])
    if not is_key_of(by, uuid.UUID(found.key)):
        store.delete()
        return None
    return found


def is_of_a_page(request: HttpRequest) -> bool:
    """Not of sign-in or the administration, nor without a form's key."""
    return key_of(request) is not None and not request.path.startswith(NEVER_KEPT)


def expired_form(request: HttpRequest, by: User, page: str) -> KeptForm | None:
    """A form whose token is of another session of the same person; None for what nobody typed, and
    for what anybody else had typed, or made up.
    """
    key = key_of(request)
    if key is None or not is_of_a_page(request) or not is_key_of(by, key):
        return None
    found = KeptForm.sent(request, key, page)
    return found if found.words else None


def forget_form(request: HttpRequest) -> None:
    store = _store(request)
    if KEPT in store:
        store.delete()


def _store(request: HttpRequest) -> Any:
    """An empty one if the cookie names none."""
    key = request.COOKIES.get(COOKIE, "")
    return Sessions(key if key.isascii() and key.isalnum() else None)


def _is_worth_keeping(request: HttpRequest) -> bool:
    if request.method != "POST" or request.path.startswith(NEVER_KEPT):
        return False
    if "draft" in request.POST or any(each in request.headers for each in BY_SCRIPT):
        return False  # a page with scripts keeps its words itself
    typed = _typed(request)
    length = sum(len(value) for _name, value in typed)
    is_too_much = len(typed) > MOST_FIELDS or length > LONGEST
    return not is_too_much and any(_is_words(*each) for each in typed)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, noted(value))
        for name, values in request.POST.lists()
        if name not in UNTYPED and not SECRET.search(name)
        for value in values
    ]


#: Fields for words, where one is enough (tests/accounts/test_kept_forms.py has them all).
WORDS = frozenset({
    "body", "body_en", "body_es", "escalation", "known", "message", "note", "reason", "summary",
    "text", "what", "words",
})  # fmt: skip


def _is_words(name: str, value: str) -> bool:
    """A date has three."""
    return len(value.split()) > 3 or (name in WORDS and bool(value.strip()))
