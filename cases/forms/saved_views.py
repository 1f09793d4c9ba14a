from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models.saved_view import LONGEST_VIEW_NAME
from common.form_fields import WordsField


class RenameViewForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {"view_name": "name", "view_taken": "name"}

    name = WordsField(
        label=_("Name of the view"),
        max_length=LONGEST_VIEW_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter a name.")},
    )


class SaveViewForm(RenameViewForm):
    """`may_share`: whether to offer sharing with the team."""

    is_shared = forms.BooleanField(label=_("Share with the team"), required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "view_%s"} | kwargs)
        if not may_share:
            del self.fields["is_shared"]
