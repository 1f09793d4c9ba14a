"""Forms that request items in a case, mark them as received, and request them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from cases import deadlines, kinds, lifecycle
from cases.enums import CaseStatus
from cases.forms.language_asked import AsksLanguageForm, Said
from cases.models import AskedItem, Case, Evidence, EvidenceSlot
from cases.queries.asked_for import asked_for, ever_asked
from cases.queries.untied_files import MOST, untied_files
from cases.scripts.placeholders import refuse_gaps
from common.company_day import business_day, company_zone
from common.form_fields import DayField, WordsField
from common.formats import moment


class WaitingForm(AsksLanguageForm):
    """With a request, the case usually waits for the customer until a day."""

    FIELD_OF: ClassVar[dict[str, str]] = {
        "slots_missing": "slots",
        "day_past": "until",
        "reason": "reason",
    }

    words: ClassVar[str]  # the field whose text the customer reads, in their language
    waits = forms.BooleanField(
        label=_("Set the case to “Waiting for the customer”"), required=False, initial=True
    )
    until = DayField(label=_("Wait until"), required=False)

    def __init__(self, *args: Any, case: Case, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customer = case.person
        self.fields["until"].initial = deadlines.next_update(now, company_zone())
        self.fields["until"].offer_from(business_day(now))  # type: ignore[attr-defined]
        moves = lifecycle.moves(case.status, supervises=user.supervises)
        if not case.is_active or CaseStatus.WAITING_CUSTOMER not in {case.status, *moves}:
            del self.fields["waits"], self.fields["until"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("waits") and "until" in cleaned and cleaned["until"] is None:
            self.add_error("until", ValidationError(_("Choose a date."), code="required"))
        text = cleaned.get(self.words, "")
        self.ask_about_language(Said(self.words, text, self.customer.language, self.words))
        return cleaned

    @property
    def wait_until(self) -> date | None:
        found: date | None = self.cleaned_data["until"] if self.cleaned_data.get("waits") else None
        return found


class EvidenceRequestForm(WaitingForm):
    """What this kind of case needs comes first, everything else below."""

    words = "message"
    slots = forms.MultipleChoiceField(
        label=_("Usually needed in a case like this"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.MultipleChoiceField(
        label=_("Other proof"), required=False, widget=forms.CheckboxSelectMultiple
    )
    message = WordsField(
        label=_("Anything else to tell the customer?"),
        validators=[refuse_gaps],
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("slots", "others", "message", "waits", "until")

    def __init__(self, *args: Any, case: Case, user: User, now: datetime, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "asked_%s")
        super().__init__(*args, case=case, user=user, now=now, **kwargs)
        self.fields["slots"].choices = _labels(kinds.slots_of(case.kind_id))  # type: ignore[attr-defined]
        self.fields["others"].choices = _labels(kinds.other_slots(case.kind_id))  # type: ignore[attr-defined]

    @property
    def request(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "slots": [*cleaned["slots"], *cleaned["others"]],
            "message": cleaned["message"],
            "wait_until": self.wait_until,
        }


def _labels(of: Iterable[EvidenceSlot]) -> list[tuple[str, str]]:
    return [(slot.key, slot.name) for slot in of]


class TieFileForm(forms.Form):
    """For one of the files that came without saying what they are."""

    FIELD_OF: ClassVar = {"file_not_free": "file", "item_not_open": "slot"}

    file = forms.ModelChoiceField(Evidence.objects.none(), label=_("File already in the case"))
    slot = forms.ChoiceField(label=_("What it shows"))

    def __init__(self, *args: Any, case: Case, items: Iterable[AskedItem], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "tied_%s")
        super().__init__(*args, **kwargs)
        chosen: forms.ModelChoiceField[Evidence] = self.fields["file"]  # type: ignore[assignment]
        chosen.queryset = untied_files(case)
        self.offered = list(chosen.queryset.select_related("entry")[:MOST])
        chosen.choices = [("", _("Choose…")), *((each.pk, _named(each)) for each in self.offered)]
        still_open = [each for each in items if each.is_open]
        waiting = [each for each in still_open if each.is_missing]
        choices = [(each.slot_id, each.slot.name) for each in still_open]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]
        self.fields["slot"].initial = waiting[0].slot_id if waiting else None


def _named(file: Evidence) -> str:
    return f"{file.name} · {moment(file.entry.at)}"


def _all_slots() -> list[tuple[str, str]]:
    return _labels(kinds.slots().values())


class SettleEvidenceForm(forms.Form):
    slot = forms.ChoiceField(widget=forms.HiddenInput, choices=_all_slots)
    came = forms.ChoiceField(choices=[("yes", ""), ("no", "")], required=False)

    def clean_came(self) -> bool:
        return bool(self.cleaned_data["came"] != "no")


class AcceptFileForm(forms.Form):
    """For a file that someone is looking at. `items`: what it can be accepted as."""

    FIELD_OF: ClassVar = {"item_not_open": "slot"}

    slot = forms.ChoiceField(
        label=_("What it shows"),
        error_messages={"invalid_choice": _("We’re no longer asking for this.")},
    )

    def __init__(self, *args: Any, items: Sequence[AskedItem], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "accepted_%s")
        super().__init__(*args, **kwargs)
        choices = [(each.slot_id, each.slot.name) for each in items]
        # None is chosen in advance: a careless click would be told to the customer.
        several = [("", _("Choose…"))] if len(items) > 1 else []
        self.fields["slot"].choices = [*several, *choices]  # type: ignore[attr-defined]
        self.only = items[0] if len(items) == 1 else None
        if self.only:
            self.fields["slot"].widget = forms.HiddenInput()
            self.fields["slot"].initial = self.only.slot_id


class UnreadableForm(WaitingForm):
    words = "reason"
    reason = WordsField(
        label=_("What’s wrong with the file?"),
        validators=[refuse_gaps],
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    slot = forms.ChoiceField(
        label=_("What should it have shown?"),
        help_text=_("We’ll keep asking for it until you accept it."),
        required=False,
    )
    field_order = ("reason", "slot", "waits", "until")

    def __init__(
        self, *args: Any, case: Case, user: User, now: datetime, file: Evidence, **kwargs: Any
    ) -> None:
        super().__init__(*args, case=case, user=user, now=now, **kwargs)
        rows = kinds.slots()
        asked = [rows[each] for each in ever_asked(case)]
        others = [each for each in rows.values() if each.is_offered and each not in asked]
        nothing = ("", pgettext_lazy("evidence", "Nothing in particular"))
        self.fields["slot"].choices = [  # type: ignore[attr-defined]
            nothing,
            *([(_("Requested"), _labels(asked))] if asked else []),
            (_("Something else"), _labels(others)),
        ]
        answered = AskedItem.objects.filter(files=file).values_list("slot", flat=True)
        still_open = list(answered) or asked_for(case)
        self.fields["slot"].initial = still_open[0] if len(still_open) == 1 else ""
        if not case.is_active:  # nothing is requested anymore
            del self.fields["slot"]

    @property
    def request(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "reason": cleaned["reason"],
            "slot": cleaned.get("slot", ""),
            "wait_until": self.wait_until,
        }
