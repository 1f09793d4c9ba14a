"""The forms in which merchant services reviews and decides."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leases.actions.limits import check_limit
from leases.enums import LeaseStatus


class ReasonField(forms.CharField):
    """The reason, in a few lines; stays in the history for good."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        settings: dict[str, Any] = {
            "label": _("Reason"),
            "help_text": _("Saved in the lease’s history."),
            "max_length": 2000,
            "widget": forms.Textarea(attrs={"rows": 3}),
            "error_messages": {"required": _("Give a reason.")},
        }
        super().__init__(**settings | kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class LateReasonField(ReasonField):
    """The action requires it if the day is an earlier one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            label=_("Why is it being recorded only now?"),
            help_text=_("Only for an earlier date. Saved in the lease’s history."),
            widget=forms.Textarea(attrs={"rows": 2}),
            **kwargs,
        )


class LimitField(forms.DecimalField):
    """Dollars as people write them: `1,500`, `$1,500.00`."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=9, decimal_places=2, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = str(value or "").strip().removeprefix("$")
        return super().to_python(text.replace(",", "") or None)


class ReviewForm(forms.Form):
    reason = ReasonField()


class DecisionForm(forms.Form):
    """An answer to an application. An approval has a limit; any other answer has none."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    approval_limit = LimitField(
        label=_("Approval limit"),
        required=False,
        help_text=_("In dollars. Only for an approval."),
    )
    reason = ReasonField()

    def __init__(self, *args: Any, offered: Iterable[LeaseStatus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        field.choices = [(each.value, each.label) for each in offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "decision" in cleaned and "approval_limit" in cleaned:
            try:
                check_limit(LeaseStatus(cleaned["decision"]), cleaned["approval_limit"])
            except ValidationError as error:
                self.add_error("approval_limit", error)
        return cleaned
