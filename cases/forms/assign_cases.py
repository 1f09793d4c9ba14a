from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from common.form_fields import WordsField

#: To take cases from whoever has them; nothing chosen is no answer.
NO_ONE = "nobody"
_BOX = re.compile(r"([0-9]{9,12}):([0-9]{1,9})")


def reason_field() -> forms.CharField:
    return WordsField(
        label=pgettext_lazy("assigning cases", "Reason"), max_length=300, widget=forms.TextInput
    )


class AssignCasesForm(forms.Form):
    """The dock of the queue. `people`: key and name of whom a case can be given to."""

    FIELD_OF = {"assignee": "to", "reason": "reason"}

    to = forms.ChoiceField(label=pgettext_lazy("queue", "Assign to"))
    reason = reason_field()

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(key), name) for key, name in people]
        no_one = (NO_ONE, pgettext_lazy("assignee", "No one"))
        self.fields["to"].choices = [("", _("Choose a person")), *named, no_one]  # type: ignore[attr-defined]

    def clean_to(self) -> User | None:
        to = self.cleaned_data["to"]
        return None if to == NO_ONE else User.objects.filter(pk=to).first()


def chosen_in(posted: QueryDict) -> dict[str, int]:
    """Versions by number, as the boxes of the rows say them; anything else is left out."""
    boxes = (_BOX.fullmatch(each) for each in posted.getlist("case"))
    return {box[1]: int(box[2]) for box in boxes if box}
