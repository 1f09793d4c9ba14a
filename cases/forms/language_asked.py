"""One question before a customer gets text in a language they may not read.

If a translation service is connected, a translation is offered with the question. The service is
asked here, once for all forms, outside any transaction.
"""

from __future__ import annotations

from copy import copy
from hashlib import sha256
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.masking import mask
from cases import translator
from cases.language import guess, has_words
from cases.mails.attorneys import MailReader
from cases.models.case import Person

#: Questions after which a translation helps.
TRANSLATABLE = {"language_other", "language_looks_other"}
BUTTONS = ("translate", "put_back")


class Said(NamedTuple):
    """The text of a field and the language it goes out in; the question appears at `asked_at`."""

    asked_at: str
    text: str
    language: str
    #: The field whose words a translation may replace.
    words: str = ""


class AsksLanguageForm(forms.Form):
    """A form whose text goes to a customer as it is. Its page includes
    `components/language_asked.html` after the main button.
    """

    #: The questions that sending the form again answers, with the exact words they were about.
    asked = forms.CharField(label="", widget=forms.HiddenInput, required=False, max_length=200)
    #: What was typed, while a translation is in its place.
    untranslated = forms.CharField(label="", widget=forms.HiddenInput, required=False)
    #: The field it was typed in.
    untranslated_in = forms.CharField(label="", widget=forms.HiddenInput, required=False)
    #: The language this text can be translated into now.
    offered = ""
    _answered: tuple[str, ...] = ()

    def ask_about_language(self, *said: Said, reader: Person | MailReader | None = None) -> None:
        """Called from `clean` once nothing else is wrong. `reader`: who gets it, if it's one
        person.
        """
        said = tuple(each for each in said if each.text)
        if self.errors or any(
            self._translate(each, reader) or self._put_back(each) for each in said
        ):
            return
        questions: dict[str, ValidationError] = {}
        for each in said:
            if question := _question(each, reader):
                questions[each.asked_at] = question
                self._offer(each, reader, question)
        if questions and self.is_first_time(_key(said)):
            for field, question in questions.items():
                self.add_error(field, question)
        else:
            self.offered = ""

    def is_first_time(self, question: str) -> bool:
        """False once the form was sent again with this question answered."""
        self._answered = (*self._answered, question)  # by the next sending, at the latest
        if question in self.cleaned_data.get("asked", "").split():
            return False
        self.put(asked=" ".join(self._answered))
        return True

    def put(self, **values: str) -> None:
        """Changes what the fields say when the form is shown again."""
        self.data = copy(self.data)  # a QueryDict keeps its lists
        for name, value in values.items():
            self.data[self.add_prefix(name)] = value  # type: ignore[index]

    def _post_clean(self) -> None:
        """Asking for a translation never sends anything, whatever else was changed with it."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and any(button in self.data for button in BUTTONS):
            message = _("Nothing has been sent. Check the text and press the button again.")
            self.add_error(None, ValidationError(message, code="language_kept"))

    @property
    def translation_host(self) -> str:
        return translator.host()

    @property
    def untranslated_language(self) -> str:
        return guess(str(self["untranslated"].value() or ""), otherwise="").language

    def _offer(
        self, said: Said, reader: Person | MailReader | None, question: ValidationError
    ) -> None:
        if said.words and question.code in TRANSLATABLE and translator.is_on():
            self.offered = reader.language if reader else said.language

    def _translate(self, said: Said, reader: Person | MailReader | None) -> bool:
        """Put the translation that was asked for in place of the words; nothing is sent."""
        to = self.data.get("translate", "")
        if not (said.words and to in Language.values and translator.is_on()):
            return False
        if not _question(said, reader):
            return False  # another field's words were meant
        source = next(each for each in Language.values if each != to)
        try:
            text = translator.translate(mask(said.text).text, source=source, target=to)
        except ValidationError as error:
            self.offered = to
            self.add_error(said.words, error)
            return True
        key = _key((said._replace(text=text, language=to),))
        self._replace(said, text, to, untranslated=said.text, asked=key)
        self.add_error(said.words, _translated(to))
        return True

    def _put_back(self, said: Said) -> bool:
        typed = self.cleaned_data.get("untranslated", "")
        if not (said.words and typed and "put_back" in self.data):
            return False
        if self.cleaned_data.get("untranslated_in") not in {"", said.words}:
            return False
        language = guess(typed, otherwise=said.language).language
        self._replace(said, typed, language, untranslated="", asked="")
        self.add_error(
            said.words,
            ValidationError(
                _("Your own words are back. Nothing has been sent."), code="language_put_back"
            ),
        )
        return True

    def _replace(self, said: Said, text: str, language: str, **values: str) -> None:
        chosen = {said.asked_at: language} if said.asked_at != said.words else {}
        self.put(**values, untranslated_in=said.words, **chosen, **{said.words: text})


def _key(said: tuple[Said, ...]) -> str:
    return sha256("\0".join(f"{each.language}\0{each.text}" for each in said).encode()).hexdigest()


def _translated(language: str) -> ValidationError:
    return ValidationError(
        _(
            "This is a machine translation into Spanish, and nothing has been sent. Read it, fix"
            " what’s wrong and press the button again."
        )
        if language == Language.SPANISH
        else _(
            "This is a machine translation into English, and nothing has been sent. Read it, fix"
            " what’s wrong and press the button again."
        ),
        code="language_translated",
    )


def _question(said: Said, reader: Person | MailReader | None) -> ValidationError | None:
    if reader and said.language != reader.language:
        return _read_by(reader)
    guessed = guess(said.text, otherwise=said.language)
    if guessed.language != said.language:
        return _looks_other(said.language)
    if guessed.is_sure or not has_words(said.text):
        return None
    return _undecided(said.language)


def _read_by(reader: Person | MailReader) -> ValidationError:
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
