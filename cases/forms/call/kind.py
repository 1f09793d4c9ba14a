from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases import deadlines, kinds


class CallKindForm(forms.Form):
    """What a call is about. A reason may be switched off while the call is being written down."""

    kind = forms.ChoiceField(
        label=_("Reason for the case"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the reason for the case."),
            "invalid_choice": _("Choose one of the reasons in the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = self._kinds()  # type: ignore[attr-defined]

    def _kinds(self) -> list[tuple[str, Any]]:
        """Those offered, and the one already chosen: it isn't lost from the page."""
        chosen = str(self["kind"].value() or "")
        rows = kinds.kinds().values()
        return [(each.key, each.name) for each in rows if each.is_offered or each.key == chosen]

    @property
    def typed(self) -> Mapping[str, Any]:
        return self.data if self.is_bound else self.initial

    @property
    def chosen_kind(self) -> str:
        """Empty until it's one of the rows."""
        key = str(self["kind"].value() or "")
        return key if key in kinds.kinds() else ""

    @property
    def due_days(self) -> int:
        """Business days until the first next step, by the rule of the reason."""
        row = kinds.kinds().get(self.chosen_kind)
        return row.due_days if row else deadlines.NEXT_UPDATE_DAYS

    def clean_kind(self) -> str:
        key: str = self.cleaned_data["kind"]
        row = kinds.kinds()[key]
        if not row.is_offered:
            raise ValidationError(
                _("“%(name)s” is no longer offered. Choose another reason."),
                code="kind_not_offered",
                params={"name": row.name},
            )
        return key
