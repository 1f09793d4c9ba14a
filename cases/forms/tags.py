from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.assign_cases import reason_field

#: Of the <datalist> of names.
SUGGESTIONS = "tag-names"


def _tag_field() -> forms.CharField:
    """Blanks and length are judged by the action: it knows what can be seen of a name."""
    return forms.CharField(
        label=pgettext_lazy("case", "Tag"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": SUGGESTIONS, "dir": "auto"}),
    )


class TagForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = dict.fromkeys(
        ("tag_missing", "tag_long", "tag_off", "tags_many", "tags_full"), "tag"
    )

    tag = _tag_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "tags_%s"} | kwargs)
        self.fields["tag"].help_text = _(
            "To create a tag, type a new name. Only your team sees tags."
        )


class TagCasesForm(forms.Form):
    """In the dock of the queue."""

    FIELD_OF: ClassVar[dict[str, str]] = TagForm.FIELD_OF | {"reason": "reason"}

    tag = _tag_field()
    reason = reason_field()
