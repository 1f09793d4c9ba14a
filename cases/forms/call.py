from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from cases import deadlines
from cases.actions import Call
from cases.enums import Channel, Kind, Visibility
from cases.forms.evidence import EvidenceField, EvidenceForm
from cases.forms.fields import DayField, WordsField
from leases.models import Lease
from leases.queries.find import find_leases

#: Shown in their own language in both interfaces: the agent looks for the language, not the word.
LANGUAGES = [("es", "Español"), ("en", "English")]


class CallForm(EvidenceForm):
    """A call being logged. The contract is chosen among what the search finds."""

    language = forms.ChoiceField(
        label=_("Language of the call"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    remember_language = forms.BooleanField(
        label=_("Write to the customer in this language from now on"),
        help_text=_("What the customer chose in the portal stays."),
        required=False,
        initial=True,
    )
    contract = forms.CharField(
        label=_("Contract"),
        required=False,
        max_length=120,
        help_text=_("Account or invoice number, phone, e-mail, name or store."),
    )
    lease = forms.ModelChoiceField(
        label=_("Lease"),
        queryset=Lease.objects.none(),
        to_field_name="account_number",
        required=False,
        error_messages={"invalid_choice": _("There is no lease with this account number.")},
    )
    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=[("", _("Choose…")), *Kind.choices]
    )
    channel = forms.ChoiceField(
        label=_("How did it reach us?"), choices=Channel.choices, initial=Channel.PHONE
    )
    summary = WordsField(
        label=_("What did the customer say?"), widget=forms.Textarea(attrs={"rows": 7})
    )
    visibility = forms.ChoiceField(
        label=_("Who may read this?"),
        choices=[
            (Visibility.INTERNAL, pgettext_lazy("readers", "Only us")),
            (Visibility.PUBLIC, pgettext_lazy("readers", "The customer too")),
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
        zone = ZoneInfo(settings.BUSINESS_TIME_ZONE)
        self.today = now.astimezone(zone).date()
        self.fields["due_on"].initial = deadlines.next_update(now, zone)

    @property
    def next_step(self) -> date | None:
        """The day as it stands there, whatever else is still missing."""
        try:
            day: date | None = self.fields["due_on"].to_python(self["due_on"].value())
        except ValidationError:
            return None
        return day

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < self.today:
            raise ValidationError(_("This day has passed. Choose today or later."), code="day_past")
        return day

    def clean(self) -> dict[str, Any]:
        """A search that finds exactly one lease chooses it; otherwise one must be picked."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("lease") or "lease" in self.errors:
            return cleaned
        searched = cleaned.get("contract", "").strip()
        found = find_leases(searched, user=self.user) if searched else []
        if len(found) == 1:
            cleaned["lease"] = found[0]
        elif found:
            self.add_error(
                "contract", ValidationError(_("Choose one of the leases found."), "lease_choose")
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
        return cleaned

    def call(self) -> Call:
        cleaned = self.cleaned_data
        return Call(
            lease=cleaned["lease"],
            kind=cleaned["kind"],
            channel=cleaned["channel"],
            language=cleaned["language"],
            summary=cleaned["summary"],
            visibility=cleaned["visibility"],
            remember_language=cleaned["remember_language"],
            due_on=cleaned["due_on"],
        )
