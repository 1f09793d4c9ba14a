from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.actions import SCRIPT_FIELDS, check_script
from cases.forms.both_languages import BothLanguagesForm
from common.form_fields import WordsField

LONGEST = 10_000


class ScriptForm(BothLanguagesForm):
    """A script's next version."""

    names = SCRIPT_FIELDS
    body_es = WordsField(label=_("In Spanish"), max_length=LONGEST, required=False)
    body_en = WordsField(label=_("In English"), max_length=LONGEST, required=False)

    def __init__(self, *args: Any, saved: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved = saved

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.ask_about_texts(self.saved)
        return cleaned

    def check(self, texts: Mapping[str, str]) -> None:
        check_script(texts)
