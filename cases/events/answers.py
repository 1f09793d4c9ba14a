"""Questions of a kind were answered, or answers corrected."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases import questions
from cases.enums import Event
from cases.events.happening import Happening, Reader


@dataclass(frozen=True, kw_only=True)
class Answered:
    question: str  # a key of KindQuestion
    # As stored, or the name of a store. Empty: taken back.
    value: str = ""
    language: str = ""
    # What a corrected answer said.
    before: str = ""
    before_language: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionsAnswered(Happening):
    event = Event.ANSWERED

    answers: tuple[Answered, ...]

    def told(self, to: Reader) -> str:
        return "\n".join(_line(each, to) for each in self.answers)


def _line(answer: Answered, to: Reader) -> str:
    said = {
        "question": questions.question_name(answer.question),
        "answer": _words(answer.question, answer.value, answer.language, to),
        "before": _words(answer.question, answer.before, answer.before_language, to),
    }
    if not answer.before:
        return _("%(question)s: %(answer)s") % said
    if not answer.value:
        return _("%(question)s: answer removed (it was: %(before)s)") % said
    return _("%(question)s: %(answer)s (corrected; it was: %(before)s)") % said


def _words(question: str, value: str, language: str, to: Reader) -> str:
    words = questions.answer_words(question, value) if value else ""
    return to.quote(words, language) if words == value else words
