"""What is asked in every case of the kind that a call is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases import questions
from cases.actions import Answers
from cases.forms.answers import PREFIX, AnswersForm, check_answers, typed_answers
from cases.forms.call.kind import CallKindForm
from leases.models import Store


class CallAnswersForm(CallKindForm):
    def answers_form(self, store: Store | None = None) -> AnswersForm:
        """`store`: of the lease, for the question which one it was, until someone says another."""
        asked = questions.questions_of(self.chosen_kind) if self.chosen_kind else []
        if self.is_bound:
            return AnswersForm(self.data, asked=asked)
        return AnswersForm(asked=asked, initial=typed_answers(self.typed), store=store)

    def answers_kept(self) -> list[tuple[str, Any]]:
        """Fields of what was typed for another kind: who chooses that one again finds it."""
        asked = {each.key for each in questions.questions_of(self.chosen_kind)}
        typed = typed_answers(self.typed)
        return [(PREFIX + key, _sent(value)) for key, value in typed.items() if key not in asked]

    def answers(self) -> Answers:
        form = self.answers_form()
        return form.given if form.is_valid() else {}

    def check_answers(self) -> None:
        check_answers(self, self.answers_form())


def _sent(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
