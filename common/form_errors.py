"""What an action refuses becomes an error of the form that asked for it."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError


def try_action(form: forms.Form, action: Callable[[], object]) -> bool:
    """Run an action on a valid form; False if the form or the action refuses."""
    if not form.is_valid():
        return False
    try:
        action()
    except ValidationError as error:
        add_refusal(form, error)
        return False
    return True


def add_refusal(form: forms.Form, error: ValidationError) -> None:
    """At the field that the form's FIELD_OF names for the error's code, else above the form."""
    field = getattr(form, "FIELD_OF", {}).get(getattr(error, "code", None))
    form.add_error(field if field in form.fields else None, error)
