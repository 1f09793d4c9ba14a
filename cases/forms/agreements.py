"""Forms for verbal agreements, and what became of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import LANGUAGE_CHOICES
from cases.actions import Agreed
from cases.enums import Party, PromiseOutcome
from cases.forms.language_asked import AsksLanguageForm, Said
from cases.models import Case, Promise
from cases.scripts.placeholders import refuse_gaps
from common.form_fields import AmountField, DayField, WordsField


class AgreementForm(AsksLanguageForm):
    """Something agreed, in the words that were used."""

    FIELD_OF: ClassVar[dict[str, str]] = {
        "promise_empty": "what",
        "promise_past": "due_on",
        "promise_amount": "amount",
        "promise_amount_large": "amount",
    }

    party = forms.ChoiceField(
        label=_("Who will do it?"),
        choices=Party.choices,
        initial=Party.CUSTOMER,
        widget=forms.RadioSelect,
    )
    what = forms.CharField(
        label=_("What was agreed?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(
        label=_("Language of this text"), choices=LANGUAGE_CHOICES, widget=forms.RadioSelect
    )
    amount = AmountField(label=_("Amount"), required=False)
    due_on = DayField(label=pgettext_lazy("verbal agreement", "Due by"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.customer = case.person
        initial = {"language": self.customer.language}
        super().__init__(*args, **{"auto_id": "agreed_%s", "initial": initial} | kwargs)
        name = self.customer.name
        self.fields["party"].choices = [  # type: ignore[attr-defined]
            (Party.CUSTOMER, name),
            *((each.value, each.label) for each in (Party.COMPANY, Party.STORE)),
        ]
        self.fields["what"].help_text = format_html(
            gettext("Use the words you agreed on. {name} will read them as written."), name=name
        )

    def clean_what(self) -> str:
        return " ".join(str(self.cleaned_data["what"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if what := cleaned.get("what"):
            language = cleaned.get("language") or self.customer.language
            said = Said("language", what, language, "what")
            self.ask_about_language(said, reader=self.customer)
        return cleaned

    @property
    def agreed(self) -> Agreed:
        fields = ("party", "what", "language", "amount", "due_on")
        return Agreed(**{name: self.cleaned_data[name] for name in fields})


class SettlementForm(AsksLanguageForm):
    FIELD_OF: ClassVar[dict[str, str]] = {"promise_reason": "reason"}

    outcome = forms.ChoiceField(choices=PromiseOutcome.choices, widget=forms.HiddenInput)
    reason = WordsField(
        label=_("Why is the agreement being withdrawn?"),
        validators=[refuse_gaps],
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, promise: Promise, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"settled_{promise.pk}_%s")
        super().__init__(*args, **{"initial": {"outcome": PromiseOutcome.WITHDRAWN}} | kwargs)
        self.promise = promise
        self.fields["reason"].help_text = format_html(
            gettext("{name} will get this by email exactly as you write it."),
            name=promise.case.person.name,
        )

    @property
    def withdraws(self) -> bool:
        return bool(self["outcome"].value() == PromiseOutcome.WITHDRAWN)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.withdraws and "reason" in cleaned and not cleaned["reason"]:
            self.add_error(
                "reason",
                ValidationError(_("Give a reason. The customer will see it."), "promise_reason"),
            )
        if self.withdraws:
            language = self.promise.case.person.language
            self.ask_about_language(Said("reason", cleaned.get("reason", ""), language, "reason"))
        return cleaned
