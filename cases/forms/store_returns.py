"""Forms for an item on its way back to a store."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.enums import StoreAnswer
from common.form_fields import AmountField, DayField, WordsField
from common.relative_days import Toward

EXCHANGED, CREDITED = "exchanged", "credited"


class HandInForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {
        "day_future": "handed_in_on",
        "returned_too_early": "handed_in_on",
        "account_number": "tracking",
    }

    handed_in_on = DayField(toward=Toward.LAST, label=_("When did the item go back?"))
    tracking = forms.CharField(
        label=_("Tracking number"),
        required=False,
        max_length=60,
        help_text=_("If the customer shipped it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handed_in_on"].initial = today


class StoreAnswerForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {
        "day_future": "on",
        "answered_too_early": "on",
        "store_name": "name",
        "refusal_reason": "note",
    }

    # None is chosen in advance: a careless click would be told to the customer.
    answer = forms.ChoiceField(
        label=_("What did the store say?"), choices=StoreAnswer.choices, widget=forms.RadioSelect
    )
    on = DayField(toward=Toward.LAST, label=_("When?"))
    name = forms.CharField(
        label=_("Who said so?"),
        max_length=120,
        help_text=_("Name and position of the person at the store."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = WordsField(
        label=_("Proof or reason"),
        required=False,
        max_length=2000,
        help_text=_(
            "The receipt number if they have the item, or their reason if they refused it. "
            "The customer doesn’t see it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class CreditForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {
        "amount": "credit",
        "amount_cents": "credit",
        "adjustment_total": "credit",
        "no_exchange": "result",
    }

    result = forms.ChoiceField(
        label=_("How was it settled?"),
        choices=[
            (CREDITED, pgettext_lazy("return", "With a credit on the lease")),
            (EXCHANGED, pgettext_lazy("return", "The store exchanged the item")),
        ],
        widget=forms.RadioSelect,
    )
    credit = AmountField(
        label=_("Credit"), required=False, help_text=_("Comes off what is owed on the lease.")
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("result") == CREDITED and "credit" in said and said["credit"] is None:
            self.add_error("credit", forms.ValidationError(_("Enter the amount."), code="amount"))
        if said.get("result") == EXCHANGED and said.get("credit"):
            self.add_error(
                "credit",
                forms.ValidationError(
                    _("An exchange has no credit. Clear the amount, or choose the credit."),
                    code="amount",
                ),
            )
        return said
