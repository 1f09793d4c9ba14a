"""How mails of one conversation say which it is. Pure.

A conversation has a number: it stands in the subject and the text, binds its mails together in mail
programs, and is signed into the address that answers come back to. What the number means, and the
words around it, belong to the room above that registers them.
"""

from __future__ import annotations

from mail.words import Word


class Threads:
    #: Begins the ids by which mail programs put a conversation's mails together.
    prefix = "thread"

    def word(self, number: str) -> Word:
        return Word(number)

    def in_subject(self, subject: str, number: Word) -> str:
        """Of a subject that does not say the number."""
        return f"{subject} ({number})"

    def in_body(self, number: Word) -> Word:
        """A last paragraph, for a text that does not say the number."""
        return number


_current = Threads()


def register_threads(of: Threads) -> None:
    global _current
    _current = of


def current() -> Threads:
    return _current
