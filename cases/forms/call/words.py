"""What was said in a call, who reads it, and when something happens next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.callers import SAID, what_was_said
from cases.enums import Channel, Visibility
from cases.forms.caller import CallerForm
from cases.forms.evidence import EvidenceField, EvidenceForm
from cases.models.case_reference import LONGEST
from common.company_day import business_day
from common.form_fields import DayField, WordsField


class CallWordsForm(CallerForm, EvidenceForm):
    channel = forms.ChoiceField(
        label=_("How did the customer contact us?"), choices=Channel.choices, initial=Channel.PHONE
    )
    summary = WordsField(
        widget=forms.Textarea(attrs={"rows": 5, "data-inserts": True}),
        error_messages={"required": _("Write what the caller said.")},
    )
    reference = forms.CharField(
        label=_("Reference in their email or letter, if any"), required=False, max_length=LONGEST
    )
    visibility = forms.ChoiceField(
        label=_("Who can read this?"),
        choices=[
            (Visibility.INTERNAL, pgettext_lazy("readers", "Only our team")),
            (Visibility.PUBLIC, pgettext_lazy("readers", "The customer, too")),
        ],
        initial=Visibility.INTERNAL,
        widget=forms.RadioSelect,
    )
    due_on = DayField(label=_("Next step by"), required=False)
    evidence = EvidenceField()
    escalation = WordsField(
        label=_("Why does a supervisor need to decide?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "The case goes to the top of every queue. The customer is told that a supervisor is"
            " reviewing it, not why."
        ),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.today = business_day(now)
        self.fields["due_on"].offer_from(self.today)  # type: ignore[attr-defined]
        self.fields["summary"].label = what_was_said(str(self["relation"].value() or ""))

    #: The label for each caller, of which the page shows one (css/components/caller.css).
    said = tuple(SAID.items())

    @property
    def next_step(self) -> date | None:
        """The day as typed, whatever else is still missing."""
        try:
            day: date | None = self.fields["due_on"].to_python(self["due_on"].value())
        except ValidationError:
            return None
        return day

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < self.today:
            raise ValidationError(
                _("This date has passed. Choose today or later."), code="day_past"
            )
        return day
