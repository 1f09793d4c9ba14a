"""What was agreed on during a call: a line each, confirmed in writing with the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.actions import Agreed
from cases.enums import CallerRelation, Party
from common.form_fields import AmountField, DayField

PREFIX = "agreed-"
FIELDS = ("party", "what", "amount", "due_on")
#: The others are there before anyone types.
BEGINS = ("what", "amount")
#: More than anyone agrees on in a call.
MOST = 8


class Problem(NamedTuple):
    at: str  # the field's id
    name: str
    what: str  # as it was typed
    told: str


class CallAgreementForm(forms.Form):
    """Nothing was agreed on until it says what, or how much."""

    party = forms.ChoiceField(label=_("Who will do it?"), choices=Party.choices)
    what = forms.CharField(label=_("What was agreed?"), max_length=500, required=False)
    amount = AmountField(label=_("Amount"), required=False)
    due_on = DayField(label=pgettext_lazy("verbal agreement", "Due by"), required=False)

    def __init__(
        self,
        *args: Any,
        customer: str,
        speaker: Party,
        first: date,
        default: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.default = first, default
        self.fields["party"].choices = [  # type: ignore[attr-defined]
            (Party.CUSTOMER, customer or Party.CUSTOMER.label),
            *((each.value, each.label) for each in (Party.COMPANY, Party.STORE)),
        ]
        self.fields["party"].initial = speaker
        self.fields["due_on"].initial = default
        self.fields["due_on"].offer_from(first)  # type: ignore[attr-defined]
        self.fields["what"].widget.attrs |= {"autocomplete": "off", "data-inserts": True}

    @property
    def is_empty(self) -> bool:
        return not self.is_bound

    def clean_what(self) -> str:
        what = " ".join(str(self.cleaned_data["what"]).split())
        if not what:
            raise ValidationError(_("Enter what was agreed."), code="promise_empty")
        return what

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"] or self.default
        if day < self.first:
            raise ValidationError(
                _("This date has passed. Choose today or later."), code="promise_past"
            )
        return day

    def agreed(self, language: str) -> Agreed | None:
        """None for one that is empty or can't be read; `problem` says why."""
        if self.is_empty or not self.is_valid():
            return None
        return Agreed(**{name: self.cleaned_data[name] for name in FIELDS}, language=language)

    @property
    def problem(self) -> Problem | None:
        """The first thing in it that can't be read."""
        for name in FIELDS:
            if told := self.errors.get(name):
                field = self[name]
                return Problem(field.id_for_label, name, str(self["what"].value()), str(told[0]))
        return None


def agreement_forms(
    typed: Mapping[str, Any], *, is_sent: bool, customer: str, first: date, default: date
) -> list[CallAgreementForm]:
    """Those begun, which say at once what can't be read, and an empty one. Whoever is on the phone
    promises something, unless another is chosen.
    """
    speaker = Party.STORE if typed.get("relation") == CallerRelation.STORE else Party.CUSTOMER
    begun = [place for place in range(MOST) if _is_begun(typed, place)]
    free = next((place for place in range(MOST) if place not in begun), None)
    given = {"party": speaker.value, "due_on": "" if is_sent else default}
    return [
        CallAgreementForm(
            *([_line(typed, place, given)] if place in begun else []),
            prefix=f"{PREFIX}{place}",
            auto_id="id_%s",
            customer=customer,
            speaker=speaker,
            first=first,
            default=default,
        )
        for place in [*begun, *([] if free is None else [free])]
    ]


def agreed_in(
    typed: Mapping[str, Any], *, is_sent: bool, first: date, default: date, language: str = ""
) -> list[Agreed]:
    """Those that can be read, whatever else is still missing."""
    lines = agreement_forms(typed, is_sent=is_sent, customer="", first=first, default=default)
    return [each for form in lines if (each := form.agreed(language))]


def _is_begun(typed: Mapping[str, Any], place: int) -> bool:
    return any(str(typed.get(f"{PREFIX}{place}-{name}") or "").strip() for name in BEGINS)


def _line(typed: Mapping[str, Any], place: int, given: Mapping[str, Any]) -> dict[str, Any]:
    names = {name: f"{PREFIX}{place}-{name}" for name in FIELDS}
    return {key: typed.get(key) or given.get(name, "") for name, key in names.items()}
