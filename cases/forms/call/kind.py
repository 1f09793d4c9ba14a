from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases import kinds


class CallKindForm(forms.Form):
    """What a call is about. A reason may be switched off while the call is being written down."""

    kind = forms.ChoiceField(
        label=_("Reason for the case"),
        error_messages={"invalid_choice": _("Choose one of the reasons in the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = self._kinds()  # type: ignore[attr-defined]

    def _kinds(self) -> list[tuple[str, Any]]:
        """Those offered, and the one already chosen: it isn't lost from the page."""
        chosen = str(self["kind"].value() or "")
        rows = kinds.kinds().values()
        shown = [(each.key, each.name) for each in rows if each.is_offered or each.key == chosen]
        return [("", _("Choose…")), *shown]

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
