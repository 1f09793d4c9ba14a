"""What is asked in every case of the kind that a call is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases import questions
from cases.actions import Answers
from cases.call_texts import SUGGESTED
from cases.enums import AnswerType
from cases.forms.answers import PREFIX, AnswersForm, check_answers, typed_answers
from cases.forms.call.kind import CallKindForm
from cases.models import KindQuestion
from leases.models import Store
from leases.queries.stores import store_label


class CallAnswersForm(CallKindForm):
    def answers_form(self, store: Store | None = None) -> AnswersForm:
        """`store`: of the lease, for the question which one it was, until someone says another."""
        asked = self._asked()
        if self.is_bound:
            return AnswersForm(self.data, asked=asked)
        typed = typed_answers(self.typed)
        own = {key: value for key, value in typed.items() if not self._is_suggested_answer(key)}
        return AnswersForm(asked=asked, initial=own, store=store)

    def suggested_answers(self, store: Store | None) -> list[tuple[str, str]]:
        """Hidden fields that tell them from what someone typed."""
        keys = [each.key for each in self._store_questions()] if store else []
        return [(SUGGESTED + key, store_label(store)) for key in keys if store]

    def _asked(self) -> list[KindQuestion]:
        """Of the reason chosen, and those answered before they were switched off."""
        kept = typed_answers(self.typed)
        return questions.questions_of(self.chosen_kind, kept=kept) if self.chosen_kind else []

    def _store_questions(self) -> list[KindQuestion]:
        return [each for each in self._asked() if each.answer_type == AnswerType.STORE]

    def _is_suggested_answer(self, key: str) -> bool:
        suggested = self.typed.get(SUGGESTED + key)
        return bool(suggested) and self.typed.get(PREFIX + key) == suggested

    def answers_kept(self) -> list[tuple[str, Any]]:
        """Fields of what was chosen for another kind: who chooses that one again finds it."""
        typed = self._typed_for_others()
        words = {each.key for each in _words(typed)}
        return [(PREFIX + key, _sent(value)) for key, value in typed.items() if key not in words]

    def words_kept(self) -> AnswersForm:
        """What was written for another kind, in view: no case gets it unless someone moves it."""
        typed = self._typed_for_others()
        return AnswersForm(asked=_words(typed), initial=typed)

    def _typed_for_others(self) -> dict[str, Any]:
        asked = {each.key for each in self._asked()}
        typed = typed_answers(self.typed)
        return {key: value for key, value in typed.items() if key not in asked}

    def answers(self, store: Store | None = None) -> Answers:
        """Those that can be read, also while the call is still being typed.

        `store`: of the lease as it is now; one that the page had put there follows it.
        """
        form = AnswersForm(self.typed, asked=self._asked())
        form.full_clean()
        keys = [each.key for each in self._store_questions()] if store else []
        follow = {key: store for key in keys if self._is_suggested_answer(key)}
        return {**form.given, **follow}

    def unanswered(self) -> list[tuple[str, str]]:
        """The questions that the case needs answered, each with its field. The store of the lease
        stands in its own from the start.
        """
        given = typed_answers(self.typed)
        return [
            (f"id_{PREFIX}{each.key}", each.name)
            for each in self._asked()
            if each.is_needed and each.answer_type != AnswerType.STORE and not given.get(each.key)
        ]

    def check_answers(self) -> None:
        check_answers(self, self.answers_form())


def _words(typed: Mapping[str, Any]) -> list[KindQuestion]:
    """The questions that were answered in words."""
    rows = questions.questions()
    found = [rows[key] for key in typed if key in rows and str(typed[key]).strip()]
    return [each for each in found if each.answer_type == AnswerType.TEXT]


def _sent(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
