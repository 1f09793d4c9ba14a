from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import LANGUAGE_CHOICES, Language
from cases.enums import (
    CALL_RESULTS,
    AttemptResult,
    CaseStatus,
    Channel,
    FollowUpRule,
    FollowUpText,
)
from cases.follow_up_times import MOST_BUSINESS_DAYS
from cases.forms.language_asked import AsksLanguageForm, Said
from cases.models import Case, FollowUp
from cases.models.case import Person
from cases.scripts.placeholders import refuse_gaps
from common.form_fields import DayField, WordsField
from leases.enums import ContactChannel

BY_DAY = {FollowUpRule.ON_DAY, FollowUpRule.STORE_SILENT}
CHANNELS = [
    (Channel.EMAIL, pgettext_lazy("follow-up", "An email, sent automatically")),
    (Channel.PHONE, pgettext_lazy("follow-up", "A call from us")),
]
TEMPLATES = FollowUpText.choices


class RuleSelect(forms.Select):
    """`not_yet`: a rule that is shown with what it needs, and can't be selected."""

    not_yet = ""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value == self.not_yet:
            option["attrs"]["disabled"] = True
            option["label"] = _("%(rule)s (once the case is waiting for the store)") % {
                "rule": option["label"]
            }
        return option


def _now_in(customer: Person) -> str:
    """The customer's own language, whichever that is on the day."""
    if customer.language == Language.SPANISH:
        return gettext("%(name)s’s language (now Spanish)") % {"name": customer.name}
    return gettext("%(name)s’s language (now English)") % {"name": customer.name}


class FollowUpForm(AsksLanguageForm):
    rule = forms.ChoiceField(
        label=_("When to follow up"),
        choices=FollowUpRule.choices,
        required=False,
        widget=RuleSelect,
    )
    on = DayField(label=_("Date"), required=False)
    days = forms.IntegerField(
        label=_("Business days from today"),
        min_value=1,
        max_value=MOST_BUSINESS_DAYS,
        required=False,
    )
    channel = forms.ChoiceField(label=_("Contact method"), choices=CHANNELS, required=False)
    template = forms.ChoiceField(
        label=_("Email to send"),
        help_text=_("“Follow-up” needs a message from you."),
        choices=TEMPLATES,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES, required=False)
    message = WordsField(
        label=_("What should the customer read or hear?"),
        max_length=2000,
        validators=[refuse_gaps],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, case: Case, now: datetime, **kwargs: Any) -> None:
        self.customer = customer = case.person
        kwargs.setdefault("auto_id", "follow_up_%s")
        prefers_calls = customer.contact_channel == ContactChannel.PHONE
        channel = Channel.PHONE if prefers_calls and customer.allow_calls else Channel.EMAIL
        kwargs.setdefault("initial", {"days": 3, "channel": channel})
        super().__init__(*args, **kwargs)
        if not customer.allow_calls:
            self.fields["channel"].choices = CHANNELS[:1]  # type: ignore[attr-defined]
            self.fields["channel"].help_text = _("%(name)s asked for no calls.") % {
                "name": customer.name
            }
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _now_in(customer)),
            *LANGUAGE_CHOICES,
        ]
        # On the customer's calendar, which is the one that counts.
        self.today = now.astimezone(ZoneInfo(customer.time_zone)).date()
        self.fields["on"].offer_from(self.today)  # type: ignore[attr-defined]
        if case.status != CaseStatus.WAITING_STORE:
            self.fields["rule"].widget.not_yet = FollowUpRule.STORE_SILENT
        if not (case.kind.goes_back and case.lease):
            self.fields["template"].choices = [  # type: ignore[attr-defined]
                each for each in TEMPLATES if each[0] != FollowUpText.RETURN_STEPS
            ]

    def clean_rule(self) -> str:
        return self.cleaned_data["rule"] or FollowUpRule.ON_DAY

    def clean_channel(self) -> str:
        return self.cleaned_data["channel"] or Channel.EMAIL

    def clean_template(self) -> str:
        return self.cleaned_data["template"] or FollowUpText.FOLLOW_UP

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and self.cleaned_data.get("rule") in BY_DAY and day < self.today:
            raise ValidationError(
                _("This date has passed. Choose today or later."), code="follow_up_past"
            )
        return day

    def clean(self) -> dict[str, Any]:
        """What the selected options leave out is neither required nor saved."""
        cleaned: dict[str, Any] = super().clean() or {}
        rule = cleaned.get("rule")
        if rule in BY_DAY:
            self._ask_for("on")
        else:
            cleaned["on"] = None
        if rule == FollowUpRule.BUSINESS_DAYS:
            self._ask_for("days")
        else:
            cleaned["days"] = None
        if cleaned.get("channel") == Channel.PHONE:
            cleaned["template"] = FollowUpText.FOLLOW_UP
        elif cleaned.get("template") == FollowUpText.FOLLOW_UP:
            self._ask_for("message")
        if cleaned.get("channel") == Channel.EMAIL:
            language = cleaned.get("language") or self.customer.language
            # The whole mail is in this language, so choosing it says whose it is.
            message = cleaned.get("message", "")
            self.ask_about_language(Said("message", message, language, "message"))
        return cleaned

    @property
    def plan(self) -> dict[str, Any]:
        fields = ("rule", "on", "days", "channel", "template", "language", "message")
        return {name: self.cleaned_data[name] for name in fields}

    def _ask_for(self, name: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            field = self.fields[name]
            self.add_error(name, ValidationError(field.error_messages["required"], "required"))


class CallMadeForm(forms.Form):
    result = forms.ChoiceField(
        label=_("Did you reach the customer?"),
        choices=[(each.value, each.label) for each in CALL_RESULTS],
        required=False,
    )
    words = WordsField(
        label=_("What was the outcome?"),
        help_text=_("Internal only. It stays in the history."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"made_{follow_up.pk}_%s")
        super().__init__(*args, **kwargs)
        self.follow_up = follow_up

    def clean_result(self) -> str:
        return self.cleaned_data["result"] or AttemptResult.REACHED


class MoveForm(forms.Form):
    """Moves a follow-up. It remembers the day it had when the page was made."""

    to = DayField(label=_("New date"))
    expected_on = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])

    def __init__(self, *args: Any, follow_up: FollowUp, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"move_{follow_up.pk}_%s")
        planned = follow_up.on
        offered = planned if planned >= today else None
        kwargs.setdefault("initial", {"to": offered, "expected_on": planned.isoformat()})
        super().__init__(*args, **kwargs)
        self.fields["to"].offer_from(today)  # type: ignore[attr-defined]
        self.follow_up = follow_up
