from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from common.form_fields import WordsField


class DiscardForm(forms.Form):
    """Why a call will never become a case."""

    FIELD_OF: ClassVar = {"reason": "reason"}
    reason = WordsField(
        label=_("Why won’t this call become a case?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
