from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases import deadlines
from common.company_day import business_day, company_zone
from common.form_fields import DayField, WordsField


class ReopenForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {"reason": "reason", "day_past": "due_on"}

    reason = WordsField(
        label=_("Why are you reopening it?"),
        help_text=_("Only the team reads this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = DayField(label=_("Next step by"))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "reopen_%s"} | kwargs)
        self.fields["due_on"].offer_from(business_day(now))  # type: ignore[attr-defined]
        self.initial = {"due_on": deadlines.next_update(now, company_zone())}
