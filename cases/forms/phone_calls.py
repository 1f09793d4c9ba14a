from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from common.form_fields import WordsField


class SettleCallForm(forms.Form):
    """Why no one needs to call back."""

    FIELD_OF: ClassVar = {"reason": "reason"}
    reason = WordsField(label=_("What was done, or why is no call needed?"), max_length=500)


class PhoneLinesForm(forms.Form):
    """Where one's own phone rings."""

    FIELD_OF: ClassVar = {"extension_taken": "extensions", "extensions_many": "extensions"}
    extensions = forms.CharField(
        label=_("Your extension"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("As your phone shows it, for example 101. Several: 101, 102."),
    )
