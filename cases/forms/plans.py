"""Agreements about payments. The action knows what the contract allows; the form only checks
typing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from common.form_fields import AmountField, DayField
from common.formats import day, money
from leases.actions.agreement_checks import LONGEST
from leases.enums import Frequency, Spread
from leases.models import Lease
from leases.plan_terms import MOST_PERCENT, Payment
from leases.schedule import ScheduleRow

#: The most rows a form can have; the program limits how many a plan may have.
MOST_ROWS = 60
MOST_CASES = 20


def open_cases(lease: Lease, user: User) -> list[Case]:
    cases = Case.objects.visible_to(user).active().filter(lease=lease)
    return list(cases.select_related("kind").order_by("-opened_at")[:MOST_CASES])


class _Agreement(forms.Form):
    """What every agreement has: a reason, and the case it was made in."""

    note = forms.CharField(label=_("What the customer said"), max_length=LONGEST)
    case = forms.ChoiceField(label=_("Case"), required=False)

    def __init__(self, *args: Any, cases: Sequence[Case], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)
        self.cases = {case.number: case for case in cases}
        field = self.fields["case"]
        field.choices = [  # type: ignore[attr-defined]
            ("", _("No case")),
            *((case.number, f"{case.spoken_number} · {case.kind.name}") for case in cases),
        ]
        if len(cases) == 1:  # the case that the call is about
            field.initial = cases[0].number

    def clean_case(self) -> Case | None:
        return self.cases.get(self.cleaned_data["case"])


class ProposalForm(forms.Form):
    """By GET: how a recovery plan could look."""

    count = forms.IntegerField(label=_("Number of payments"), min_value=1, max_value=MOST_ROWS)
    first_on = DayField(label=_("First payment date"))
    step = forms.ChoiceField(label=_("How often"), choices=Frequency.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_proposal_%s"} | kwargs)


class RecoveryForm(_Agreement):
    """The promises, each with its day and amount; their number comes along."""

    count = forms.IntegerField(min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)

    field_order = ["count"]

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = False
        self.size = max(1, min(count, MOST_ROWS))
        self.fields["count"].initial = self.size
        for number in range(1, self.size + 1):
            self.fields[f"due_on_{number}"] = DayField(
                label=format_lazy(_("Payment {number}: date"), number=number)
            )
            self.fields[f"amount_{number}"] = AmountField(
                label=format_lazy(_("Payment {number}: amount"), number=number)
            )

    @classmethod
    def proposing(cls, promises: Sequence[Payment], **kwargs: Any) -> RecoveryForm:
        initial: dict[str, Any] = {}
        for number, each in enumerate(promises, start=1):
            initial |= {f"due_on_{number}": each.due_on, f"amount_{number}": each.amount}
        return cls(count=len(promises), initial=initial, **kwargs)

    @classmethod
    def typed(cls, data: Any, **kwargs: Any) -> RecoveryForm:
        count = data.get("count", "")[:3]
        return cls(data, count=int(count) if count.isdecimal() else 1, **kwargs)

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        numbers = range(1, self.size + 1)
        return [(self[f"due_on_{number}"], self[f"amount_{number}"]) for number in numbers]

    def promises(self) -> list[Payment]:
        cleaned = self.cleaned_data
        return [
            Payment(cleaned[f"due_on_{number}"], cleaned[f"amount_{number}"])
            for number in range(1, self.size + 1)
        ]


class ReschedulingForm(_Agreement):
    # Any number: what can't be moved is refused with the reason.
    number = forms.IntegerField(label=_("Payment"), min_value=1, widget=forms.Select)
    to = DayField(label=_("New date"))

    field_order = ["number", "to"]

    def __init__(
        self, *args: Any, movable: Sequence[tuple[ScheduleRow, date]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.choices = [
            (
                row.number,
                _("%(number)s · %(day)s · %(amount)s · until %(last)s")
                % {
                    "number": row.number,
                    "day": day(row.due_on, short=True),
                    "amount": money(row.left),
                    "last": day(last, short=True),
                },
            )
            for row, last in movable
        ]


class LoweringForm(forms.Form):
    """By GET: how a restructuring would look."""

    lowered = forms.IntegerField(label=_("Payments to lower"), min_value=1, max_value=MOST_ROWS)
    percent = forms.IntegerField(label=_("Lower by (percent)"), min_value=1, max_value=MOST_PERCENT)
    spread = forms.ChoiceField(label=_("Where the rest goes"), choices=Spread.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_lowering_%s"} | kwargs)


class RestructuringForm(_Agreement):
    """The figures that were shown come along."""

    lowered = forms.IntegerField(min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)
    percent = forms.IntegerField(min_value=1, max_value=MOST_PERCENT, widget=forms.HiddenInput)
    spread = forms.ChoiceField(choices=Spread.choices, widget=forms.HiddenInput)


class CancellationForm(_Agreement):
    field_order = ["note"]

    def __init__(self, *args: Any, plan: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"id_cancellation_{plan}_%s"} | kwargs)
        self.plan = plan
        self.fields["note"].label = _("Why is the plan being canceled?")
