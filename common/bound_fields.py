"""Fields carry their rules and error messages, so that a page can check them before sending.

static/js/check.js reads them. Without a script, the server says the same on the next page.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import (
    BaseValidator,
    EmailValidator,
    MaxValueValidator,
    MinValueValidator,
)

from common.form_fields import AmountField, AtMost
from common.formats import grouped


class CheckedBoundField(forms.BoundField):
    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).is_hidden:
            return attrs
        return attrs | {f"data-{name}": text for name, text in browser_rules(self.field).items()}


def browser_rules(field: forms.Field) -> dict[str, str]:
    """Rule → message for a value that breaks it. Never stricter than the field itself."""
    says = field.error_messages
    told = {"required": says["required"]} if field.required else {}
    if isinstance(field, forms.IntegerField):  # DecimalField is one too
        whole = not isinstance(field, forms.DecimalField | forms.FloatField)
        told |= {"number": "whole" if whole else "any", "invalid": says["invalid"]}
    elif isinstance(field, forms.EmailField):
        told["email"] = says.get("invalid", EmailValidator.message)
    elif isinstance(field, AmountField):
        told |= {"amount": says["invalid"], "cents": says["cents"]}
    for validator in field.validators:
        if isinstance(validator, BaseValidator):
            told |= _limits(validator, says)
    return {name: str(text) for name, text in told.items()}


def _limits(validator: BaseValidator, says: dict[str, Any]) -> dict[str, Any]:
    limit, message = validator.limit_value, says.get(validator.code, validator.message)
    if isinstance(validator, AtMost):
        return {"long": message % {"limit": grouped(limit), "count": "{count}"}}
    if isinstance(validator, MinValueValidator):
        return {"least": limit, "few": message % {"limit_value": limit}}
    if isinstance(validator, MaxValueValidator):
        return {"most": limit, "many": message % {"limit_value": limit}}
    return {}
