from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import LANGUAGE_CHOICES
from cases.actions import AddedCall, Answers
from cases.enums import AnswerType, CaseStatus, Party, Visibility
from cases.forms import charge_choice
from cases.forms.answers import AnswersForm, check_answers, typed_answers
from cases.forms.call import agreements, checklist
from cases.forms.call.words import CallWordsForm
from cases.forms.language_asked import AsksLanguageForm, Said
from cases.lifecycle import ACTS
from cases.mails.attorneys import reader_of
from cases.models import Case
from cases.queries.answers import answers_of
from cases.queries.flags import attorney_of
from cases.questions import questions, questions_of


class AddCallForm(AsksLanguageForm, CallWordsForm):
    """A call about an open case, which already says the rest."""

    language = forms.ChoiceField(choices=LANGUAGE_CHOICES)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        asked = questions_of(case.kind_id, kept=typed_answers(self.data))
        self.answers = AnswersForm(self.data, asked=asked)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_answers(self, self.answers)
        if self._more_than_words():
            raise ValidationError(
                _(
                    "Only what was said and the files are added to the open case. Clear the"
                    " answers it doesn’t ask for, the checklist, the transactions, the agreements,"
                    " the outcome and your own words for the email here, and enter them on the"
                    " case’s page."
                ),
                code="call_has_more",
            )
        if not self.errors and cleaned["visibility"] == Visibility.PUBLIC:
            said = Said("summary", cleaned["summary"], cleaned["language"], "summary")
            reader = reader_of(self.case, attorney_of(self.case))
            self.ask_about_language(said, reader=reader)
        return cleaned

    def _more_than_words(self) -> bool:
        """Something typed that the case wouldn't get."""
        return self._answers_elsewhere() or any(
            str(value).strip()
            for name, value in self.data.items()
            if name in {"message", "outcome"}
            or name.startswith((checklist.PREFIX, charge_choice.PREFIX))
            or (name.startswith(agreements.PREFIX) and name.endswith("-what"))
        )

    def _answers_elsewhere(self) -> bool:
        """To questions that this case doesn't ask, of those in view: all of the reason chosen, and
        words for another one. A store was there before anyone typed.
        """
        other = set(typed_answers(self.data)) - set(self.answers.fields)
        rows = [row for key in other if (row := questions().get(key))]
        chosen = self.data.get("kind")
        return any(
            row.answer_type == AnswerType.TEXT
            or (row.answer_type != AnswerType.STORE and row.kind_id == chosen)
            for row in rows
        )

    @property
    def lacks_only_words(self) -> bool:
        return list(self.errors) == ["summary"]

    def _stays(self, proposed: date | None) -> bool:
        """The case's own day, beside one that the page proposed. The caller was read the proposed
        one: it counts if the case's own has passed or, while we act next, is later.
        """
        if proposed is None or proposed.isoformat() != self.data.get("suggested_due_on"):
            return False
        own = self.case.due_on
        is_ours = ACTS[CaseStatus(self.case.status)] == Party.COMPANY
        return own >= self.today and not (is_ours and own > proposed)

    def call(self) -> AddedCall:
        fields = (
            "channel",
            "language",
            "summary",
            "visibility",
            "due_on",
            "reference",
            "escalation",
        )
        said = {name: self.cleaned_data[name] for name in fields}
        if self._stays(said["due_on"]):
            said["due_on"] = None
        return AddedCall(**said, caller=self.caller(), answers=self._typed())

    def _typed(self) -> Answers:
        """A store that the case names stays: the lease's was there before anyone typed."""
        named = answers_of(self.case)
        lease = self.case.lease
        return {
            key: value
            for key, value in self.answers.given.items()
            if not (key in named and lease and value == lease.store)
        }
