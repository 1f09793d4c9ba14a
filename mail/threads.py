"""How mails say which conversation they belong to. Pure.

A conversation has a number. It's in the subject and the text, groups its mails in mail programs,
and is signed into the address that replies come back to. What the number means, and the words
around it, belong to the room above that registers them.
"""

from __future__ import annotations

from mail.words import Word


class Threads:
    #: The start of the ids by which mail programs group a conversation.
    prefix = "thread"

    def word(self, number: str) -> Word:
        return Word(number)

    def in_subject(self, subject: str, number: Word) -> str:
        """For a subject that doesn't say the number."""
        return f"{subject} ({number})"

    def in_body(self, number: Word) -> Word:
        """A last paragraph, for a text that doesn't say the number."""
        return number


_current = Threads()


def register_threads(of: Threads) -> None:
    global _current
    _current = of


def current() -> Threads:
    return _current
