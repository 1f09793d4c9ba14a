"""The questions of a kind, each with a field of its type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases import questions
from cases.actions import LONGEST_ANSWER, Answers, refuse_future
from cases.answers import NO, YES
from cases.enums import AnswerType
from cases.models import CaseAnswer, KindQuestion
from common.form_fields import AmountField, DayField, WordsField
from common.relative_days import Toward
from leases.models import Store
from leases.queries.stores import store_label, stores_called

PREFIX = "asked-"
_UNANSWERED = ("", pgettext_lazy("answer", "Not answered"))


class AmountAnswerField(AmountField):
    def to_python(self, value: Any) -> Any:
        amount = super().to_python(value)
        if amount is not None and amount <= 0:
            raise ValidationError(_("Enter an amount above zero."), code="answer_amount")
        return amount


class PastDayField(DayField):
    """Of what has happened."""

    def validate(self, value: date | None) -> None:
        super().validate(value)
        refuse_future(value, timezone.now())


class YesNoField(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        choices = [_UNANSWERED, (YES, _("Yes")), (NO, _("No"))]
        super().__init__(choices=choices, coerce=YES.__eq__, empty_value=None, **kwargs)


class StoreField(forms.CharField):
    """A store by its name, with its merchant’s where several have it."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=220, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return store_label(value) if isinstance(value, Store) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = stores_called(text)
        if not found:
            raise ValidationError(
                _("There’s no store with this name. Check the spelling, or write its code."),
                code="store_unknown",
            )
        if len(found) > 1:
            raise ValidationError(
                _("Several stores have this name. Write one of these: %(stores)s."),
                code="store_unclear",
                params={"stores": "; ".join(map(store_label, found[:4]))},
            )
        return found[0]


class AnswersForm(forms.Form):
    """`given`: what was answered before. Only what is wrong is refused; what is empty is not
    answered, or taken back.
    """

    FIELD_OF: ClassVar[dict[str, str]] = {}

    def __init__(
        self,
        *args: Any,
        asked: Iterable[KindQuestion],
        given: Mapping[str, CaseAnswer] | None = None,
        store: Store | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "id_%s"} | kwargs)
        for each in asked:
            before = (given or {}).get(each.key)
            typed = self.data.get(self.add_prefix(each.key)) or self.initial.get(each.key)
            self.fields[each.key] = field = _field(each, before, typed)
            if not self.initial.get(each.key):
                field.initial = _initial(each, before, store)

    def add_prefix(self, field_name: str) -> str:
        return f"{PREFIX}{field_name}"

    @property
    def answers(self) -> Answers:
        """Once they are valid."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}

    @property
    def given(self) -> Answers:
        return {name: value for name, value in self.answers.items() if value not in (None, "")}


def typed_answers(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Of a form or a draft, by key of the question."""
    return {
        name.removeprefix(PREFIX): value
        for name, value in typed.items()
        if name.startswith(PREFIX) and value
    }


def _initial(question: KindQuestion, before: CaseAnswer | None, store: Store | None) -> Any:
    if before is None:
        return store if question.answer_type == AnswerType.STORE else None
    if question.answer_type in {AnswerType.YES_NO, AnswerType.CHOICE}:
        return before.value
    return before.given


def _field(question: KindQuestion, before: CaseAnswer | None, typed: Any) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.name,
        "help_text": escape(question.help),
        "required": False,
    }
    match AnswerType(question.answer_type):
        case AnswerType.DAY:
            kind = PastDayField if question.is_past else DayField
            return kind(toward=Toward.EITHER, **common)
        case AnswerType.MONEY:
            return AmountAnswerField(**common)
        case AnswerType.YES_NO:
            return YesNoField(**common)
        case AnswerType.STORE:
            return StoreField(**common)
        case AnswerType.CHOICE:
            kept = {before.value if before else "", str(typed or "")}
            rows = questions.choices_of(question.key, kept=kept)
            choices = [_UNANSWERED, *((each.key, each.name) for each in rows)]
            return forms.TypedChoiceField(choices=choices, empty_value=None, **common)
    language = {"lang": before.language} if before and before.language else {}
    words = forms.Textarea(attrs={"rows": 1} | language)
    return WordsField(max_length=LONGEST_ANSWER, widget=words, **common)


def check_answers(form: forms.Form, answers: AnswersForm) -> None:
    """What is wrong in them is said above the form that they are part of."""
    for name, problems in answers.errors.as_data().items():
        field = answers[name]
        for problem in problems:
            [words] = problem.messages
            told = format_html('<a href="#{}">{}</a>: {}', field.auto_id, field.label, words)
            form.add_error(None, ValidationError(told, problem.code))
