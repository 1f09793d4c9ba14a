"""The texts of mails: what an administrator types, and what a preview is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import LANGUAGE_CHOICES
from accounts.models import User
from cases import numbers
from cases.actions import TEMPLATE_FIELDS, check_template
from cases.forms.both_languages import BothLanguagesForm
from cases.mails.preview import About, about
from cases.models import Case
from common.form_fields import WordsField
from leases.models import Lease
from leases.queries.find import leases_numbered
from mail.kinds import MailKind, MailParams

LONGEST_SUBJECT = 150
LONGEST_BODY = 10_000
NOTHING_YET = _("There’s no case or lease to preview this email with yet.")


class AboutForm(forms.Form):
    """Which case or lease a preview shows; the newest unless one is named."""

    number = forms.CharField(
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, about: About, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about, self.user = about, user
        self.found: Case | Lease | None = None
        if self.about == About.NOTHING:
            del self.fields["number"]
            return
        number = self.fields["number"]
        if self.about == About.CASE:
            number.label = _("Case for the preview")
            number.help_text = _("Enter its number. Leave this blank to use the newest case.")
        else:
            number.label = _("Lease for the preview")
            number.help_text = _(
                "Enter its account number. Leave this blank to use the newest lease."
            )

    def clean_number(self) -> str:
        """ValidationError: `preview_unknown`, what `numbers.parse` raises."""
        typed: str = self.cleaned_data["number"].strip()
        rows = self._cases(typed) if self.about == About.CASE else self._leases(typed)
        self.found = rows.first()
        if typed and self.found is None:
            raise ValidationError(
                _("There’s no case with this number.")
                if self.about == About.CASE
                else _("There’s no lease with this account number."),
                code="preview_unknown",
            )
        return typed

    @property
    def can_show(self) -> bool:
        """False before the first case or lease."""
        return self.found is not None or self.about == About.NOTHING

    def _cases(self, typed: str) -> Any:
        cases = Case.objects.visible_to(self.user).with_parties()
        if typed:
            return cases.filter(number=numbers.parse(typed))
        return cases.order_by("-pk")

    def _leases(self, typed: str) -> Any:
        if typed:
            return leases_numbered(typed.upper(), user=self.user)
        return Lease.objects.visible_to(self.user).with_parties().order_by("-applied_at", "-id")


class TextForm(BothLanguagesForm, AboutForm):
    """A mail's next version."""

    names = TEMPLATE_FIELDS
    subject_es = forms.CharField(
        label=_("Subject in Spanish"), max_length=LONGEST_SUBJECT, required=False
    )
    body_es = WordsField(label=_("Text in Spanish"), max_length=LONGEST_BODY, required=False)
    subject_en = forms.CharField(
        label=_("Subject in English"), max_length=LONGEST_SUBJECT, required=False
    )
    body_en = WordsField(label=_("Text in English"), max_length=LONGEST_BODY, required=False)

    def __init__(self, *args: Any, kind: MailKind[MailParams], **kwargs: Any) -> None:
        super().__init__(*args, about=about(kind), **kwargs)
        self.kind = kind
        if "number" in self.fields:
            self.order_fields(["subject_es", "body_es", "subject_en", "body_en", "number"])

    def check(self, texts: Mapping[str, str]) -> None:
        check_template(self.kind, texts)


class NewVersionForm(TextForm):
    """Saving a text. An unknown case for its preview is no reason to refuse it."""

    def __init__(self, *args: Any, saved: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved = saved

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.ask_about_texts(self.saved)
        return cleaned

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"])


class TestMailForm(AboutForm):
    """A test of the saved text, sent to yourself."""

    language = forms.ChoiceField(
        label=pgettext_lazy("test mail", "Language"),
        choices=LANGUAGE_CHOICES,
        error_messages={"required": _("Choose a language for the test email.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (self.errors or self.can_show):
            raise ValidationError(NOTHING_YET, code="preview_none")
        return cleaned
