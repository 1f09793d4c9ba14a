from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import LANGUAGE_CHOICES
from cases.enums import CaseKind


class QueueFilters(forms.Form):
    """Filters of the queue are in its URL, so a filtered queue can be shared and bookmarked."""

    kind = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("All reasons")), *CaseKind.choices], required=False
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("Both languages")), *LANGUAGE_CHOICES],
        required=False,
    )
