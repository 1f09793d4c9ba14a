from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases import kinds
from cases.queries.take_next import Takes


class TakePreferenceForm(forms.Form):
    """What someone takes. A kind that is no longer offered stays while it's chosen."""

    FIELD_OF: ClassVar[dict[str, str]] = {"languages": "languages"}

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("Reasons"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If you choose none, you take cases of every reason."),
    )

    def __init__(self, *args: Any, taken: Takes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"languages": taken.languages, "kinds": taken.kinds}
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (each.key, each.name)
            for each in kinds.kinds().values()
            if each.is_offered or each.key in taken.kinds
        ]
