from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import LANGUAGE_CHOICES, Language
from accounts.models import User
from cases import deadlines
from cases.actions import Call, may_change_language
from cases.enums import CaseKind, Channel, Visibility
from cases.forms.contact import ContactForm
from cases.forms.evidence import EvidenceField, EvidenceForm
from cases.forms.language_asked import AsksLanguageForm, Said
from common.company_day import business_day, company_zone
from common.form_fields import DayField, WordsField
from leases.models import Lease
from leases.queries.find import find_leases

#: By the customer's language; `name` is the customer.
_FOLLOWED = {
    Language.SPANISH: _(
        "%(name)s reads Spanish, so the call is now marked as Spanish. If you spoke English,"
        " choose it and save again."
    ),
    Language.ENGLISH: _(
        "%(name)s reads English, so the call is now marked as English. If you spoke Spanish,"
        " choose it and save again."
    ),
}
_OTHER = {
    Language.SPANISH: _(
        "%(name)s reads Spanish, and this call is marked as English. If that’s right, save again."
    ),
    Language.ENGLISH: _(
        "%(name)s reads English, and this call is marked as Spanish. If that’s right, save again."
    ),
}
_CHANGES = {
    Language.SPANISH: _(
        "From now on, we’d write to %(name)s in English instead of Spanish. If they asked for"
        " that, save again."
    ),
    Language.ENGLISH: _(
        "From now on, we’d write to %(name)s in Spanish instead of English. If they asked for"
        " that, save again."
    ),
}


class DiscardForm(forms.Form):
    """Why a call will never become a case."""

    FIELD_OF: ClassVar = {"reason": "reason"}
    reason = WordsField(
        label=_("Why won’t this call become a case?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CallForm(AsksLanguageForm, ContactForm, EvidenceForm):
    """A call being logged. The contract is chosen from what the search finds."""

    language = forms.ChoiceField(
        label=_("Language of the call"), choices=LANGUAGE_CHOICES, widget=forms.RadioSelect
    )
    remember_language = forms.BooleanField(
        label=_("Write to the customer in this language from now on"),
        help_text=_("If the customer chose a language in the portal, that choice stays."),
        required=False,
    )
    # The language the page chose by itself: if it's unchanged, no one chose another.
    suggested_language = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=2, empty_value=""
    )
    contract = forms.CharField(
        label=_("Customer or lease"),
        required=False,
        max_length=120,
        help_text=_("Account or invoice number, phone, email, name or store."),
    )
    lease = forms.ModelChoiceField(
        label=_("Lease"),
        queryset=Lease.objects.none(),
        to_field_name="account_number",
        required=False,
        error_messages={"invalid_choice": _("There’s no lease with this account number.")},
    )
    kind = forms.ChoiceField(
        label=_("Reason for the case"), choices=[("", _("Choose…")), *CaseKind.choices]
    )
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
        super().__init__(*args, **kwargs)
        self.now = now
        self.user = user
        self.fields["lease"].queryset = Lease.objects.visible_to(user)  # type: ignore[attr-defined]
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
        """A search that finds exactly one lease selects it; otherwise one must be picked."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_about_a_contact:
            self._check_there_is_no_lease(cleaned)
        elif not cleaned.get("lease") and "lease" not in self.errors:
            self._find_lease(cleaned)
        if cleaned.get("lease") and cleaned.get("language"):
            self._ask_about_language(cleaned)
            self._ask_about_summary(cleaned)
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

    def _find_lease(self, cleaned: dict[str, Any]) -> None:
        searched = cleaned.get("contract", "").strip()
        found = find_leases(searched, user=self.user) if searched else []
        if len(found) == 1:
            cleaned["lease"] = found[0]
        elif found:
            self.add_error(
                "contract", ValidationError(_("Choose one of the leases below."), "lease_choose")
            )
        elif searched:
            self.add_error(
                "contract",
                ValidationError(
                    _("No lease matches “%(searched)s”. Check the number or search by name."),
                    code="lease_unknown",
                    params={"searched": searched},
                ),
            )
        else:
            self.add_error(
                "contract", ValidationError(_("Which lease is it about?"), "lease_missing")
            )

    def _ask_about_language(self, cleaned: dict[str, Any]) -> None:
        """Asks once, before a call in the other language is saved or changes how we write."""
        language, lease = cleaned["language"], cleaned["lease"]
        customer = lease.customer
        if language == customer.language:
            return
        remembers = cleaned["remember_language"] and may_change_language(customer)
        question = f"{language}-{'always' if remembers else 'once'}-{lease.account_number}"
        if not self.is_first_time(question):
            return
        if language == cleaned["suggested_language"]:
            self.put(language=customer.language, suggested_language=customer.language)
            message = _FOLLOWED[customer.language]
            code = "language_followed"
        else:
            message = (_CHANGES if remembers else _OTHER)[customer.language]
            code = "language_changes" if remembers else "language_other"
        self.add_error("language", ValidationError(message, code, {"name": customer.name}))

    def _ask_about_summary(self, cleaned: dict[str, Any]) -> None:
        """Only if the customer reads it. A call in the other language keeps its words."""
        if self.errors or cleaned["visibility"] != Visibility.PUBLIC:
            return
        language = cleaned["language"]
        words = "summary" if language == cleaned["lease"].customer.language else ""
        self.ask_about_language(Said("summary", cleaned["summary"], language, words))

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
