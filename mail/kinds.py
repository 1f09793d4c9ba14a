"""The kinds of mail: each is declared once, in its own file, in the room that sends it.

`discover` finds them when the applications start. Administrators can edit the texts; until they do,
the kind's own texts are used, so that a mail added by an upgrade can go out at once.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from accounts.enums import Language
from common.typed_json import from_json
from mail import placeholders

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from mail.models import Email


@dataclass(frozen=True, kw_only=True)
class MailParams:
    """What one mail says, as codes, dates and amounts: stored as JSON, put into words when it's
    sent.
    """

    def words(self) -> dict[str, str]:
        """Placeholder → text, or a `mail.words.Word`, in the active language."""
        raise NotImplementedError

    def suited(self, body: str) -> str:
        """The text, as this recipient can follow it; in the active language."""
        return body

    def for_attorney(self, body: str) -> str:
        """The same for the attorney of its recipient, who can't sign in."""
        return body

    def why_sent(self) -> str:
        """Why one gets it, in the active language: the last line of the mail."""
        return ""


P = TypeVar("P", bound=MailParams)
P_co = TypeVar("P_co", bound=MailParams, covariant=True)


class Text(NamedTuple):
    subject: str
    body: str
    # Above the text, where the subject names what the mail shows large anyway; else the subject.
    headline: str = ""


def _at_once(email: Email, now: datetime) -> datetime:
    return now


def _always(email: Email, now: datetime) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class MailKind(Generic[P_co]):
    key: str
    label: StrPromise
    params: type[P_co]
    # Placeholder → its meaning, in the order the editor lists them.
    placeholders: Mapping[str, StrPromise]
    in_subject: Collection[str] = ()  # placeholders that an edited text must keep
    in_body: Collection[str] = ()
    texts: Mapping[Language, Text]
    # Made-up values in the active language, for a preview without real ones.
    sample: Callable[[datetime], P_co]

    # Holds a code or link that opens an account: encrypted, erased once sent, never shown to staff.
    is_secret: bool = False
    # It takes something away, and a second copy would read like a second event; see
    # mail/outbound/policy.py.
    at_most_once: bool = False
    # Only supervisors can see that it was sent.
    for_supervisors: bool = False
    # How long the code or link in it works.
    lifetime: Callable[[], timedelta] | None = None
    # False: the reason for the mail is gone, and it would only confuse.
    is_still_true: Callable[[Email, datetime], bool] = _always
    # Goes to the attorney of a customer who has one. False for what signs in, for our own people,
    # and for what customers ask for or are owed whoever speaks for them.
    through_attorney: bool = False
    # When the recipient may be written to; `now` for an answer to someone.
    goes_at: Callable[[Email, datetime], datetime] = _at_once
    # The placeholder that is never cut from a long subject.
    kept: str = ""

    def __post_init__(self) -> None:
        """ValueError: a language is missing. ValidationError: a text doesn't fit."""
        if missing := set(Language) - set(self.texts):
            raise ValueError(f"{self.key}: no text in {', '.join(sorted(missing))}")
        for text in self.texts.values():
            self.check("subject", text.subject)
            self.check("body", text.body)
            placeholders.check_names(text.headline, allowed=tuple(self.placeholders), required=())

    def check(self, field: str, text: str) -> None:
        """`field` is subject or body; raises what `placeholders.check_names` raises."""
        required = self.in_subject if field == "subject" else self.in_body
        placeholders.check_names(text, allowed=tuple(self.placeholders), required=required)

    def read(self, params: Mapping[str, Any]) -> P_co:
        """KeyError or ValueError if the row's parameters don't fit this kind."""
        return from_json(self.params, params)


_kinds: dict[str, MailKind[Any]] = {}


def register_kind(kind: MailKind[Any]) -> None:
    if _kinds.setdefault(kind.key, kind) is not kind:
        raise ValueError(f"two mails are called {kind.key}")


def unregister_kind(key: str) -> None:
    _kinds.pop(key, None)


def discover(package: str) -> None:
    """Every MailKind of the modules in `package`; adding a file there adds a mail."""
    for found in pkgutil.iter_modules(import_module(package).__path__, f"{package}."):
        for each in vars(import_module(found.name)).values():
            if isinstance(each, MailKind):
                register_kind(each)


def kind_of(key: str) -> MailKind[Any]:
    """KeyError for a mail that doesn't exist (anymore)."""
    return _kinds[key]


def all_kinds() -> Iterator[MailKind[Any]]:
    return iter(_kinds.values())


def is_known(key: str) -> bool:
    return key in _kinds


def label_of(key: str) -> StrPromise | str:
    """Its key for a mail that is no longer sent."""
    return _kinds[key].label if key in _kinds else key


def text_of(key: str, language: str, subject: str, body: str) -> Text:
    """Has the kind's headline as long as it has the kind's subject."""
    texts = _kinds[key].texts.items() if key in _kinds else ()
    headlines: dict[tuple[str, str], str] = {
        (each, text.subject): text.headline for each, text in texts
    }
    return Text(subject, body, headlines.get((language, subject), ""))


def keys_with(flag: str) -> list[str]:
    """Of the kinds with this `flag`: is_secret, at_most_once, for_supervisors,
    through_attorney.
    """
    return [kind.key for kind in _kinds.values() if getattr(kind, flag)]
