"""Every text that people read, with its language, its readers and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from accounts.enums import Language
from cases.scripts.defaults import TEXTS as SCRIPTS
from mail.kinds import all_kinds

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"
REWORDED = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
CUSTOMERS = ("templates/portal/", "leases/portal/", "cases/portal/")
#: Read by both.
SHARED = ("templates/account/", "templates/mfa/", "templates/base", "accounts/", "common/")
FOR_STAFF = {"case_back", "case_flagged", "weekly_report", "escalated", "outside_deadline"}


class Text(NamedTuple):
    language: str
    readers: frozenset[str]  # customer, staff, programmer
    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.place} [{self.language}] “{self.words[:120]}”"


def all_texts() -> list[Text]:
    return [*catalog(), *mails(), *scripts(), *pages()]


def catalog() -> Iterator[Text]:
    english = dict(reworded())
    with CATALOG.open("rb") as file:
        for entry in read_po(file, locale="es"):
            if entry.id:
                place = " ".join(name for name, _ in entry.locations)
                readers = _readers(entry)
                for words in english.get((entry.context, entry.id)) or _forms(entry.id):
                    yield Text(Language.ENGLISH, readers, place, words)
                for words in _forms(entry.string):
                    yield Text(Language.SPANISH, readers, place, words)


def reworded() -> Iterator[tuple[tuple[str | None, object], tuple[str, ...]]]:
    """Our English for texts of Django and allauth; no one reads theirs."""
    with REWORDED.open("rb") as file:
        for entry in read_po(file, locale="en"):
            if all(_forms(entry.string)):
                yield (entry.context, entry.id), _forms(entry.string)


def _readers(entry: Message) -> frozenset[str]:
    if "for the customer" in (entry.context or ""):
        return frozenset({"customer"})
    found = set()
    for place, _ in entry.locations:
        if place.startswith(CUSTOMERS):
            found.add("customer")
        elif place.startswith(SHARED):
            found |= {"customer", "staff"}
        else:
            found.add("staff")
    return frozenset(found)


def _forms(words: str | Iterable[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def mails() -> Iterator[Text]:
    for kind in all_kinds():
        staff = kind.key in FOR_STAFF or kind.for_supervisors
        readers = frozenset({"staff" if staff else "customer"})
        for language, text in kind.texts.items():
            yield Text(language, readers, f"mail {kind.key}, subject", text.subject)
            yield Text(language, readers, f"mail {kind.key}", text.body)


def scripts() -> Iterator[Text]:
    """What agents say to customers; lines in parentheses are for the agent."""
    for (medium, situation), texts in SCRIPTS.items():
        for field, words in texts.items():
            language = field.removeprefix("body_")
            said = re.sub(r"^\(.*?\)$", "", words, flags=re.MULTILINE)
            yield Text(language, frozenset({"customer"}), f"script {medium} {situation}", said)


def pages() -> Iterator[Text]:
    """README, documentation and guides, without code; decisions are a record of their day."""
    folders = (
        ROOT.glob("*.md"),
        (ROOT / "docs").glob("*.md"),
        (ROOT / "docs/guides").rglob("*.md"),
    )
    for path in sorted(path for each in folders for path in each):
        name = path.relative_to(ROOT).as_posix()
        language = Language.SPANISH if "/es/" in name else Language.ENGLISH
        # Elsewhere terms of the trade are in their place: a worker is Celery's.
        readers = frozenset({"staff"} if "guides" in path.parts else {"programmer"})
        if path.name != "glossary.md":
            words = re.sub(r"```.*?```|`[^`]*`", " ", path.read_text(), flags=re.DOTALL)
            words = words.replace("![", "[")  # a picture, not an exclamation
            for paragraph in re.split(r"\n\s*\n", words):
                yield Text(language, readers, name, " ".join(paragraph.split()))
