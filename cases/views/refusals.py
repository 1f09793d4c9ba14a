from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError


def done(form: forms.Form, action: Callable[[], object]) -> bool:
    """Run an action on a valid form; what it refuses becomes the form's error.

    Of the field that the form's FIELD_OF names for its code, if it does.
    """
    if not form.is_valid():
        return False
    try:
        action()
    except ValidationError as error:
        refuse(form, error)
        return False
    return True


def refuse(form: forms.Form, error: ValidationError) -> None:
    """What an action refused, where it belongs in the form."""
    field = getattr(form, "FIELD_OF", {}).get(getattr(error, "code", None))
    form.add_error(field if field in form.fields else None, error)
