"""What is asked in every case of the kind that a call is about."""

from __future__ import annotations

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
        asked = questions.questions_of(self.chosen_kind) if self.chosen_kind else []
        if self.is_bound:
            return AnswersForm(self.data, asked=asked)
        typed = typed_answers(self.typed)
        own = {key: value for key, value in typed.items() if not self._is_suggested_answer(key)}
        return AnswersForm(asked=asked, initial=own, store=store)

    def suggested_answers(self, store: Store | None) -> list[tuple[str, str]]:
        """Hidden fields that tell them from what someone typed."""
        keys = [each.key for each in self._store_questions()] if store else []
        return [(SUGGESTED + key, store_label(store)) for key in keys if store]

    def _store_questions(self) -> list[KindQuestion]:
        asked = questions.questions_of(self.chosen_kind) if self.chosen_kind else []
        return [each for each in asked if each.answer_type == AnswerType.STORE]

    def _is_suggested_answer(self, key: str) -> bool:
        suggested = self.typed.get(SUGGESTED + key)
        return bool(suggested) and self.typed.get(PREFIX + key) == suggested

    def answers_kept(self) -> list[tuple[str, Any]]:
        """Fields of what was typed for another kind: who chooses that one again finds it."""
        asked = {each.key for each in questions.questions_of(self.chosen_kind)}
        typed = typed_answers(self.typed)
        return [(PREFIX + key, _sent(value)) for key, value in typed.items() if key not in asked]

    def answers(self, store: Store | None = None) -> Answers:
        """`store`: of the lease as it is now; one that the page had put there follows it."""
        form = self.answers_form()
        given = form.given if form.is_valid() else {}
        keys = [each.key for each in self._store_questions()] if store else []
        follow = {key: store for key in keys if self._is_suggested_answer(key)}
        return {**given, **follow}

    def check_answers(self) -> None:
        check_answers(self, self.answers_form())


def _sent(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
