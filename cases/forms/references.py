from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models.case_reference import LONGEST


class ReferenceForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {
        "references_many": "reference",
        "reference_missing": "reference",
    }

    reference = forms.CharField(
        label=_("Reference"),
        max_length=LONGEST,
        help_text=_("As it’s written in the customer’s email or letter."),
        error_messages={"required": _("Enter the reference.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "reference_%s"} | kwargs)
