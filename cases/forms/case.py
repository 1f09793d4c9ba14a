from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import LANGUAGE_CHOICES
from accounts.models import User
from cases import lifecycle
from cases.actions import Update
from cases.enums import CaseStatus, Visibility
from cases.forms.evidence import EvidenceField, EvidenceForm
from cases.forms.language_asked import AsksLanguageForm, Said
from cases.mails.attorneys import reaches_no_one, reader_of
from cases.models import Case
from cases.queries.flags import attorney_of
from common.company_day import business_day
from common.form_fields import DayField, WordsField
from common.formats import day


def offered_day(case: Case, today: date) -> date | None:
    """The next step's day as a form shows it, which is never in the past."""
    return case.due_on if case.due_on >= today else None


class UpdateForm(AsksLanguageForm, EvidenceForm):
    """The composer. It remembers which version of the case was on the screen."""

    visibility = forms.ChoiceField(
        label=_("Who will read this?"),
        choices=Visibility.choices,
        initial=Visibility.INTERNAL,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _(
                "There’s no email address: choose “Only our team” and call instead."
            )
        },
    )
    body = WordsField(
        label=_("Text"),
        required=False,
        # Blank: it only tells the style sheet whether something is written (case_dock.css).
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": " "}),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGE_CHOICES)
    evidence = EvidenceField()
    to_status = forms.ChoiceField(label=_("New status"), required=False)
    # Carries along the day that was on the page: only a changed one is saved.
    due_on = DayField(label=_("Next step by"), required=False, show_hidden_initial=True)
    FIELD_OF: ClassVar = {
        "status_reader": "visibility",
        "status_reason": "body",
        "script_gap": "body",
        "day_past": "due_on",
    }
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self._offer_readers()
        self.moves = lifecycle.moves(case.status, supervises=user.supervises)
        self.today = business_day(timezone.now())
        self._offer_day()
        status = self.fields["to_status"]
        status.choices = [  # type: ignore[attr-defined]
            ("", _("Keep: %(status)s") % {"status": case.get_status_display()}),
            *((status.value, status.label) for status in self.moves),
        ]
        # The table refuses what it doesn't allow, naming both statuses.
        status.validate = lambda value: None  # type: ignore[method-assign]

    def _offer_readers(self) -> None:
        """No one who couldn't read it."""
        self.reaches_no_one = reaches_no_one(self.case)
        if self.reaches_no_one:
            self.initial["visibility"] = Visibility.INTERNAL
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]
            (Visibility.INTERNAL, pgettext_lazy("readers", "Only our team")),
            *([] if self.reaches_no_one else [(Visibility.PUBLIC, self.case.person.name)]),
        ]

    def _offer_day(self) -> None:
        """The case's own day, or none if it has passed: a note leaves it, a new status asks for
        one.
        """
        self.fields["due_on"].offer_from(self.today)  # type: ignore[attr-defined]
        self.initial["due_on"] = offered_day(self.case, self.today)
        if self.initial["due_on"] is None and self.case.is_active:
            self.fields["due_on"].help_text = _("The previous date, %(day)s, has passed.") % {
                "day": day(self.case.due_on)
            }

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and due_on != self.case.due_on and due_on < self.today:
            raise ValidationError(
                _("This date has passed. Choose today or later."), code="day_past"
            )
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        to_status = cleaned.get("to_status")
        if to_status and to_status not in self.moves:
            self.add_error(
                "to_status",
                ValidationError(
                    _("You can’t change a case from “%(from)s” to this status."),
                    code="case_transition",
                    params={"from": self.case.get_status_display()},
                ),
            )
        elif to_status == CaseStatus.RESOLVED:
            self._refuse_half_a_resolution(cleaned)
        self._ask_about_language(cleaned)
        return cleaned

    def _refuse_half_a_resolution(self, cleaned: dict[str, Any]) -> None:
        """Resolving continues on its own page, which only takes text for the customer."""
        is_note = cleaned.get("body") and cleaned.get("visibility") != Visibility.PUBLIC
        if is_note or cleaned.get("evidence"):
            self.add_error(
                "to_status",
                ValidationError(
                    _("Save your note and files first. Then resolve the case."),
                    code="resolve_apart",
                ),
            )

    def _ask_about_language(self, cleaned: dict[str, Any]) -> None:
        """Resolving asks on its own page, which also says in which language."""
        language, body = cleaned.get("language"), cleaned.get("body")
        if cleaned.get("visibility") != Visibility.PUBLIC or not (body and language):
            return
        if cleaned.get("to_status") != CaseStatus.RESOLVED:
            reader = reader_of(self.case, attorney_of(self.case))
            self.ask_about_language(Said("language", body, language, "body"), reader=reader)

    def update(self) -> Update:
        cleaned = self.cleaned_data
        return Update(
            body=cleaned["body"],
            visibility=cleaned["visibility"],
            language=cleaned["language"],
            to_status=cleaned["to_status"],
            due_on=cleaned["due_on"] if "due_on" in self.changed_data else None,
        )


class EscalationForm(forms.Form):
    reason = WordsField(
        label=_("Why does a supervisor need to decide?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AssignmentForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("Assigned to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Unassigned"),
    )
    # Who had the case as the page showed it; 0: no one.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: QuerySet[User], had: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"to": had, "seen": had or 0}
        self.fields["to"].queryset = people  # type: ignore[attr-defined]

    def stale(self, error: ValidationError, *, had: int | None) -> None:
        """Says so, and counts as having seen it: the next time it's meant."""
        self.add_error(None, error)
        self.data = copy(self.data)
        self.data[self.add_prefix("seen")] = str(had or 0)  # type: ignore[index]


class TranslationForm(forms.Form):
    """The reviewed text of a machine translation."""

    text = WordsField(label=_("Translation"), widget=forms.Textarea(attrs={"rows": 5}))
