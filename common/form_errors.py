"""Turns an action's refusal into an error of the form that asked for it."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError


def try_action(form: forms.Form, action: Callable[[], object]) -> bool:
    """Run `action` if the form is valid. False if the form or the action refuses."""
    if not form.is_valid():
        return False
    try:
        action()
    except ValidationError as error:
        add_refusal(form, error)
        return False
    return True


def add_refusal(form: forms.Form, error: ValidationError) -> None:
    """Put the error at the field that the form's FIELD_OF names for its code, or above the form."""
    field = getattr(form, "FIELD_OF", {}).get(getattr(error, "code", None))
    form.add_error(field if field in form.fields else None, error)
