from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import numbers
from cases.models import Case
from cases.queries.numbered import case_numbered


class OriginalForm(forms.Form):
    """Why someone needs a mail as it came in."""

    reason = forms.CharField(
        label=_("Why do you need it?"),
        min_length=5,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Your name, the time and this reason are recorded."),
        error_messages={"required": _("Give a reason.")},
    )


class IntoCaseForm(forms.Form):
    """The case a mail belongs to, by its number."""

    number = forms.CharField(
        label=_("Case number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.case: Case | None = None

    def clean_number(self) -> str:
        number = numbers.parse(self.cleaned_data["number"])
        cases = Case.objects.visible_to(self._user).select_related(
            "lease__customer__user", "contact"
        )
        self.case = case_numbered(number, cases)
        if self.case is None:
            raise ValidationError(_("There’s no case with this number."), code="case_unknown")
        return number
