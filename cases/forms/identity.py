"""The form that allows new applications of an identity again."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from common.form_fields import WordsField
from leases.models import IdentityBlock


class LiftBlockForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {"reason": "reason"}

    reason = WordsField(
        label=_("Why are new applications allowed again?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )

    def __init__(self, *args: Any, block: IdentityBlock, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"unblock_{block.pk}_%s"} | kwargs)
        self.block = block
