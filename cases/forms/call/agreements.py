"""What was agreed on during a call: a line each, confirmed in writing with the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.actions import Agreed
from cases.enums import Party
from cases.forms.agreements import AgreedAmountField
from common.form_fields import DayField

PREFIX = "agreed-"
FIELDS = ("party", "what", "amount", "due_on")
#: More than anyone agrees on in a call.
MOST = 8


class CallAgreementForm(forms.Form):
    """Nothing was agreed on until it says what."""

    party = forms.ChoiceField(
        label=_("Who will do it?"), choices=Party.choices, initial=Party.CUSTOMER
    )
    what = forms.CharField(label=_("What was agreed?"), max_length=500, required=False)
    amount = AgreedAmountField(label=_("Amount"), required=False)
    due_on = DayField(label=pgettext_lazy("verbal agreement", "Due by"), required=False)

    def __init__(
        self, *args: Any, customer: str, first: date, default: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.default = default
        self.fields["party"].choices = [  # type: ignore[attr-defined]
            (Party.CUSTOMER, customer or Party.CUSTOMER.label),
            *((each.value, each.label) for each in (Party.COMPANY, Party.STORE)),
        ]
        self.fields["due_on"].initial = default
        self.fields["due_on"].offer_from(first)  # type: ignore[attr-defined]
        self.fields["what"].widget.attrs |= {"autocomplete": "off", "data-inserts": True}

    @property
    def is_empty(self) -> bool:
        return not str(self["what"].value() or "").strip()

    def agreed(self, language: str) -> Agreed | None:
        """As far as it can be read, whether or not the form was sent."""
        if self.is_empty:
            return None
        try:
            read = {name: self.fields[name].clean(self[name].value()) for name in FIELDS}
        except ValidationError:
            return None
        read["what"] = " ".join(read["what"].split())
        return Agreed(**{**read, "due_on": read["due_on"] or self.default}, language=language)


def agreement_forms(
    typed: Mapping[str, Any], *, is_sent: bool, customer: str, first: date, default: date
) -> list[CallAgreementForm]:
    """Those begun, and an empty one."""
    begun = [place for place in range(MOST) if _what(typed, place)]
    free = next((place for place in range(MOST) if place not in begun), None)
    return [
        CallAgreementForm(
            *([typed] if is_sent and place in begun else []),
            initial=_given(typed, place),
            prefix=f"{PREFIX}{place}",
            auto_id="id_%s",
            customer=customer,
            first=first,
            default=default,
        )
        for place in [*begun, *([] if free is None else [free])]
    ]


def _what(typed: Mapping[str, Any], place: int) -> str:
    return str(typed.get(f"{PREFIX}{place}-what", "")).strip()


def _given(typed: Mapping[str, Any], place: int) -> dict[str, Any]:
    values = {name: typed.get(f"{PREFIX}{place}-{name}") for name in FIELDS}
    return {name: value for name, value in values.items() if value}
