from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from cases import deadlines
from cases.actions import Call
from cases.enums import Channel, Visibility
from cases.forms.call.kind import CallKindForm
from cases.forms.call.language import CallLanguageForm
from cases.forms.call.lease import CallersLeaseForm
from cases.forms.contact import CONTACT_FIELDS, ContactForm
from cases.forms.evidence import EvidenceField, EvidenceForm
from common.company_day import business_day, company_zone
from common.form_fields import DayField, WordsField


class CallForm(CallersLeaseForm, ContactForm, CallKindForm, CallLanguageForm, EvidenceForm):
    """A call being logged, in the order of its panels: who, what, goodbye."""

    field_order = (
        "language", "remember_language", "contract", "lease", *CONTACT_FIELDS, "kind", "channel",
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("How did the customer contact us?"), choices=Channel.choices, initial=Channel.PHONE
    )
    summary = WordsField(
        label=_("What did the customer say?"), widget=forms.Textarea(attrs={"rows": 7})
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

    def __init__(self, *args: Any, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.now = now
        self.today = business_day(now)
        self.fields["due_on"].initial = deadlines.next_update(now, company_zone())
        self.fields["due_on"].offer_from(self.today)  # type: ignore[attr-defined]

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

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_about_a_contact:
            self._check_there_is_no_lease(cleaned)
        elif not cleaned.get("lease") and "lease" not in self.errors:
            self.find_lease(cleaned)
        if cleaned.get("lease") and cleaned.get("language"):
            self.ask_about_call_language(cleaned)
            self.ask_about_summary(cleaned)
        return cleaned

    def _check_there_is_no_lease(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("lease"):
            self.add_error(
                "why",
                ValidationError(
                    _("Choose a lease, or say why there’s none, but not both."),
                    code="lease_and_contact",
                ),
            )

    def call(self) -> Call:
        cleaned = self.cleaned_data
        return Call(
            lease=cleaned["lease"],
            contact=self.contact() if self.is_about_a_contact else None,
            kind=cleaned["kind"],
            channel=cleaned["channel"],
            language=cleaned["language"],
            summary=cleaned["summary"],
            visibility=cleaned["visibility"],
            remember_language=cleaned["remember_language"],
            due_on=cleaned["due_on"],
        )
