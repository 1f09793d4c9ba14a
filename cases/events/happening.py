"""One thing that happened to a case: what is stored of it, and how each reader is told."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from cases.enums import Event

#: Words someone wrote, and their language or "" if unknown, ready to go into a sentence.
Quote = Callable[[str, str], str]


def as_written(words: str, language: str) -> str:
    return words


class Reader(NamedTuple):
    """Customers read plain words, never internal codes; staff read who the customer is."""

    is_customer: bool
    quote: Quote = as_written
    customer: str = ""


@dataclass(frozen=True, kw_only=True)
class Happening(ABC):
    """Stored as `common.typed_json` writes it, in the params of an entry with the code `event`."""

    event: ClassVar[Event]

    @abstractmethod
    def told(self, to: Reader) -> str:
        """In the active language."""
