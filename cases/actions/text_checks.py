from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def check_fields(
    fields: Iterable[str], texts: Mapping[str, str], check: Callable[[str, str], None]
) -> None:
    """Every field of both languages; `check` gets its name and its text.

    ValidationError by field: `required`, what `check` raises.
    """
    errors: dict[str, ValidationError] = {}
    for field in fields:
        text = texts.get(field, "").strip()
        try:
            if not text:
                raise ValidationError(_("Enter the text in both languages."), code="required")
            check(field, text)
        except ValidationError as error:
            errors[field] = error
    if errors:
        raise ValidationError(errors)
