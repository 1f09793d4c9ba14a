"""Forms for money that goes back: promised, paid, or withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.language_asked import AsksLanguageForm, Said
from cases.models import Case
from cases.queries.answers import answers_of
from cases.scripts.placeholders import refuse_gaps
from common.form_fields import AmountField, DayField, WordsField
from common.relative_days import Toward
from leases.actions.refunds import Owed
from leases.enums import PaymentMethod

#: What the reason “Refund owed” asks, by the field that it fills in.
_ASKED = {
    "amount": "refund_amount", "method": "refund_way", "expected_on": "refund_expected_on",
}  # fmt: skip


class RefundPromiseForm(forms.Form):
    """How much, how and by when."""

    FIELD_OF: ClassVar[dict[str, str]] = {
        "amount": "amount",
        "amount_cents": "amount",
        "refund_total": "amount",
        "refund_day": "expected_on",
    }

    amount = AmountField(label=_("Amount"))
    # None is chosen in advance: a careless click would be told to the customer.
    method = forms.ChoiceField(
        label=_("How the refund is paid"), choices=[("", "—"), *PaymentMethod.choices]
    )
    expected_on = DayField(label=_("The customer gets it by"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_on"].offer_from(today)  # type: ignore[attr-defined]

    @property
    def owed(self) -> Owed:
        said = self.cleaned_data
        return Owed(method=PaymentMethod(said["method"]), expected_on=said["expected_on"])


def refund_asked(case: Case) -> dict[str, Any]:
    """What was answered when the case was opened, so that no one types it twice."""
    answers = answers_of(case)
    said = {field: answers[key].given for field, key in _ASKED.items() if key in answers}
    if said.get("method") not in PaymentMethod.values:
        said.pop("method", None)
    if "amount" in said:
        said["amount"] = f"{said['amount']:.2f}"
    return said


class RefundPaidForm(forms.Form):
    """That a refund was paid, and what proves it."""

    FIELD_OF: ClassVar[dict[str, str]] = {
        "future_date": "paid_on",
        "refund_before": "paid_on",
        "refund_proof": "reference",
        "account_number": "reference",
    }

    paid_on = DayField(label=_("Paid on"), toward=Toward.LAST)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=80,
        help_text=_("What shows that it was paid, such as the check number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].initial = today


class RefundWithdrawalForm(AsksLanguageForm):
    FIELD_OF: ClassVar[dict[str, str]] = {"reason": "reason", "account_number": "reason"}

    reason = WordsField(
        label=_("Why won’t we make this refund?"),
        validators=[refuse_gaps],
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "withdrawn_%s"} | kwargs)
        self.case = case
        self.fields["reason"].help_text = format_html(
            gettext("{name} will get this by email exactly as you write it."),
            name=case.person.name,
        )
        self.fields["reason"].widget.attrs["lang"] = case.person.language

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        language = self.case.person.language
        self.ask_about_language(Said("reason", cleaned.get("reason", ""), language, "reason"))
        return cleaned
