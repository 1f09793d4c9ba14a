from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.charge_choice import read_amounts


class ChargesForm(forms.Form):
    """Only what the boxes say; `amounts` is for the action."""

    amounts: dict[int, Decimal | None]
    # The mail that was on the page: only that one is sent.
    shown = forms.CharField(required=False, max_length=64)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.amounts = read_amounts(self.data)
        if not self.amounts:
            raise ValidationError(_("Choose at least one transaction."), code="no_charges")
        return cleaned
