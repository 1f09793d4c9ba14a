"""One question before a customer gets text in a language they may not read."""

from __future__ import annotations

from copy import copy
from hashlib import sha256
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.language import guess, has_words
from leases.models import Customer


class Said(NamedTuple):
    """The text of a field and the language it goes out in; the question appears at `asked_at`."""

    asked_at: str
    text: str
    language: str


class AsksLanguageForm(forms.Form):
    """A form whose text goes to a customer as it is. Its page has `asked` among its fields."""

    #: The exact words the question was about: sending them again answers it.
    asked = forms.CharField(label="", widget=forms.HiddenInput, required=False, max_length=64)

    def ask_about_language(self, *said: Said, reader: Customer | None = None) -> None:
        """Called from `clean` once nothing else is wrong. `reader`: who gets it, if it's one
        person.
        """
        if self.errors:
            return
        questions: dict[str, ValidationError] = {}
        for each in said:
            if each.text and (question := _question(each, reader)):
                questions[each.asked_at] = question
        key = _key(said)
        if not questions or self.cleaned_data.get("asked") == key:
            return
        self.put(asked=key)
        for field, question in questions.items():
            self.add_error(field, question)

    def put(self, **values: str) -> None:
        """Changes what the hidden fields say when the form is shown again."""
        self.data = copy(self.data)  # a QueryDict keeps its lists
        for name, value in values.items():
            self.data[self.add_prefix(name)] = value  # type: ignore[index]


def _key(said: tuple[Said, ...]) -> str:
    return sha256("\0".join(f"{each.language}\0{each.text}" for each in said).encode()).hexdigest()


def _question(said: Said, reader: Customer | None) -> ValidationError | None:
    if reader and said.language != reader.language:
        return _read_by(reader)
    guessed = guess(said.text, otherwise=said.language)
    if guessed.language != said.language:
        return _looks_other(said.language)
    if guessed.is_sure or not has_words(said.text):
        return None
    return _undecided(said.language)


def _read_by(reader: Customer) -> ValidationError:
    return ValidationError(
        _(
            "%(name)s reads Spanish, and this text is in English. If that’s right, press the"
            " button again."
        )
        if reader.language == Language.SPANISH
        else _(
            "%(name)s reads English, and this text is in Spanish. If that’s right, press the"
            " button again."
        ),
        code="language_other",
        params={"name": reader.name},
    )


def _looks_other(language: str) -> ValidationError:
    return ValidationError(
        _(
            "This should be in Spanish and looks like English. If that’s right, press the button"
            " again."
        )
        if language == Language.SPANISH
        else _(
            "This should be in English and looks like Spanish. If that’s right, press the button"
            " again."
        ),
        code="language_looks_other",
    )


def _undecided(language: str) -> ValidationError:
    return ValidationError(
        _("We can’t tell if this is in Spanish. If so, press the button again.")
        if language == Language.SPANISH
        else _("We can’t tell if this is in English. If so, press the button again."),
        code="language_undecided",
    )
