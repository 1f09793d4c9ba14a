from __future__ import annotations

from django.utils.translation import pgettext

from cases.mails.base import number_word
from mail.threads import Threads
from mail.words import Word


class CaseThreads(Threads):
    """For cases, a conversation is a case."""

    prefix = "case"

    def word(self, number: str) -> Word:
        return number_word(number)

    def in_subject(self, subject: str, number: Word) -> str:
        told = pgettext("mail subject", "%(subject)s: case %(number)s")
        return told % {"subject": subject, "number": number}

    def in_body(self, number: Word) -> Word:
        told = pgettext("mail", "Case number: %(number)s")
        return Word(told % {"number": number}, told % {"number": number.html})
