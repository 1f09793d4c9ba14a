from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.models.case import SNOOZE_REASON
from common.company_day import business_day
from common.form_fields import DayField, WordsField


class SnoozeForm(forms.Form):
    """`last`: the day on which it has to be back; `today`: by the company's clock."""

    FIELD_OF: ClassVar[dict[str, str]] = {
        "reason": "reason",
        "snooze_past": "until",
        "snooze_due": "until",
        "snooze_too_long": "until",
    }

    until = DayField(label=_("Back on"))
    on_reply = forms.BooleanField(
        label=_("Bring it back sooner if something comes in"),
        help_text=_(
            "A message, files, a call or the store’s answer. A new status or an earlier date always"
            " brings it back."
        ),
        required=False,
        initial=True,
    )
    reason = WordsField(
        label=_("Why can it wait?"),
        help_text=_("Only the team reads this."),
        max_length=SNOOZE_REASON,
        widget=forms.TextInput,
    )

    def __init__(self, *args: Any, case: Case, last: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "snooze_%s"} | kwargs)
        self.fields["until"].offer_from(today + timedelta(days=1))  # type: ignore[attr-defined]
        self.initial = {"until": last, "on_reply": True}
        if case.snoozed_until:
            self.initial = {
                "until": business_day(case.snoozed_until),
                "on_reply": case.snooze_ends_on_reply,
                "reason": case.snooze_reason,
            }
