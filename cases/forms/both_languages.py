from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from cases.forms.language_asked import AsksLanguageForm, Said

# Their names are English in both languages.
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class BothLanguagesForm(AsksLanguageForm):
    """The next version of a text, as fields whose names end in a language code."""

    names: ClassVar[tuple[str, ...]]
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.names:
            self.fields[name].widget.attrs |= {"lang": name[-2:], "rows": 16}

    def check(self, texts: Mapping[str, str]) -> None:
        """ValidationError by field."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Runs the checks of saving before anything is saved."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            self.check(self.texts)
        except ValidationError as error:
            for field, problems in error.error_dict.items():
                if field not in self.errors:
                    self.add_error(field, ValidationError(problems))
        return cleaned

    def ask_about_texts(self, saved: Mapping[str, str]) -> None:
        """Asks before the texts are live. Text unchanged from `saved` was already asked about."""
        texts = self.texts
        self.ask_about_language(
            *(
                Said(name, _PLACEHOLDER.sub(" ", texts[name]), name[-2:])
                for name in self.names
                if texts[name] != saved[name]
            )
        )

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in self.names}
