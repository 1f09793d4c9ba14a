"""Forms for what outside agencies want answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import OutsideBody
from cases.models import OutsideDeadline
from common.company_day import business_day
from common.form_fields import DayField
from common.relative_days import Toward


class OutsideForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {
        "day_future": "received_on",
        "outside_day": "due_on",
        "outside_order": "due_on",
    }

    # None is chosen in advance: no one records a deadline by one careless click.
    body = forms.ChoiceField(
        label=_("Who is asking for a response?"), choices=[("", _("Choose…")), *OutsideBody.choices]
    )
    reference = forms.CharField(label=_("Their reference number"), required=False, max_length=60)
    received_on = DayField(toward=Toward.LAST, label=_("Sent to us on"))
    due_on = DayField(
        label=_("Respond by"),
        required=False,
        help_text=_(
            "Leave this blank to use the usual time limit. A letter from an attorney "
            "general always gives the date."
        ),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "outside_%s"} | kwargs)
        self.fields["received_on"].initial = business_day(now)


class OutsideAnswerForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {
        "day_future": "answered_on",
        "outside_order": "answered_on",
    }

    answered_on = DayField(toward=Toward.LAST, label=_("Responded on"))

    def __init__(self, *args: Any, deadline: OutsideDeadline, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"answer_{deadline.pk}_%s")
        super().__init__(*args, **kwargs)
        self.fields["answered_on"].initial = today
        self.deadline = deadline


class OutsideMoreForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {
        "day_future": "arrived_on",
        "outside_too_late": "arrived_on",
    }

    arrived_on = DayField(toward=Toward.LAST, label=_("More information arrived on"))

    def __init__(self, *args: Any, deadline: OutsideDeadline, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"more_{deadline.pk}_%s")
        super().__init__(*args, **kwargs)
        self.fields["arrived_on"].initial = today
        self.deadline = deadline
