from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import numbers
from cases.models import Case
from cases.queries.numbered import case_numbered


class MergeForm(forms.Form):
    """The case that goes on: one of those offered, or any other by its number."""

    into = forms.CharField(required=False, max_length=40)
    number = forms.CharField(
        label=_("Or another case, by its number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data.get("number") or self.cleaned_data.get("into")
        if not self.errors:
            try:
                self.cleaned_data["kept"] = self._found(typed or "")
            except ValidationError as error:
                self.add_error("number", error)
        return self.cleaned_data

    def _found(self, typed: str) -> Case:
        if not typed:
            raise ValidationError(
                _("Choose the case you keep, or enter its number."), code="merge_missing"
            )
        found = case_numbered(numbers.parse(typed), Case.objects.visible_to(self.user))
        if found is None:
            raise ValidationError(_("There’s no case with this number."), code="no_such_case")
        return found
