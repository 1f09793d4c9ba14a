from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.actions.revise_script import FIELDS, check_texts
from cases.forms.fields import WordsField

LONGEST = 10_000


class ScriptForm(forms.Form):
    """A script's next version."""

    body_es = WordsField(label=_("In Spanish"), max_length=LONGEST, required=False)
    body_en = WordsField(label=_("In English"), max_length=LONGEST, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[name].widget.attrs |= {"lang": name[-2:], "rows": 16}

    def clean(self) -> dict[str, Any]:
        """The checks of saving, before anything is saved."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            check_texts(self.texts)
        except ValidationError as error:
            for field, problems in error.error_dict.items():
                if field not in self.errors:
                    self.add_error(field, ValidationError(problems))
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in FIELDS}
