from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError


def done(form: forms.Form, action: Callable[[], object]) -> bool:
    """Run an action on a valid form; what it refuses becomes the form's error."""
    if not form.is_valid():
        return False
    try:
        action()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
