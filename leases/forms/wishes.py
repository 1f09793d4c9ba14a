"""How a customer wants to be contacted: for staff, and for customers themselves."""

from __future__ import annotations

from datetime import time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common import formats
from common.weekdays import Weekday
from leases.contact_wishes import Wishes
from leases.enums import ContactChannel
from leases.models import Customer
from leases.queries.contact import newest_wish, wishes_of

#: Every half hour of the day in which anyone may be called.
OFFERED = [time(hour, minute) for hour in range(7, 22) for minute in (0, 30)]


def _read(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


class HourField(forms.TypedChoiceField):
    """A list: typed times mean different things in both languages."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, choices=[], coerce=_read, empty_value=None, required=False)

    def offer(self, chosen: time | None) -> None:
        hours = sorted({*OFFERED, *([chosen] if chosen else [])})
        self.choices = [
            ("", _("Any time")),
            *((each.isoformat("minutes"), formats.hour(each)) for each in hours),
        ]


class OwnWishesForm(forms.Form):
    """What customers choose for themselves in the portal."""

    FIELD_OF: ClassVar[dict[str, str]] = {
        "wish_hours": "end",
        "wish_channel": "channel",
        "wish_calls": "channel",
    }

    no_calls = forms.BooleanField(label=_("Don’t call me"), required=False)
    not_at_work = forms.BooleanField(label=_("Don’t contact me at work"), required=False)
    at_work = forms.BooleanField(label=_("The phone number you have is at work"), required=False)
    channel = forms.ChoiceField(
        label=_("How should we contact you?"),
        choices=[("", pgettext_lazy("contact wish", "Any way")), *ContactChannel.choices],
        required=False,
    )
    days = forms.MultipleChoiceField(
        label=_("On which days?"),
        choices=Weekday.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave blank for any day."),
    )
    # The newest wish when the page was loaded; on a page shown again, what is the newest by then.
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    start = HourField(label=_("From"))
    end = HourField(label=_("Until"))

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        now = wishes_of(customer)
        initial = now._asdict() | {
            "days": list(now.days),
            "start": _written(now.start),
            "end": _written(now.end),
        }
        super().__init__(*args, **{"auto_id": "wish_%s", "initial": initial} | kwargs)
        self.fields["start"].offer(now.start)  # type: ignore[attr-defined]
        self.fields["end"].offer(now.end)  # type: ignore[attr-defined]
        self.customer = customer

    @property
    def newest(self) -> int:
        return newest_wish(self.customer)

    @property
    def wishes(self) -> Wishes:
        said = {name: self.cleaned_data[name] for name in Wishes._fields}
        return Wishes(**said | {"days": tuple(said["days"])})


class WishesForm(OwnWishesForm):
    """What a customer, or someone for them, told us."""

    asked_by = forms.CharField(
        label=_("Who asked, if it wasn’t the customer?"), max_length=120, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "no_calls": _("No calls"),
            "not_at_work": _("Not at work"),
            "at_work": _("The number we have is at work"),
            "channel": _("Preferred channel"),
            "days": _("Days"),
        }
        for name, label in labels.items():
            self.fields[name].label = label


def _written(hour: time | None) -> str:
    return hour.isoformat("minutes") if hour else ""
