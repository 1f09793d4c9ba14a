from __future__ import annotations

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import LANGUAGE_CHOICES
from cases import kinds


def _kinds() -> list[tuple[str, str | Promise]]:
    """Also those no longer offered: their cases are still found."""
    return [("", _("All reasons")), *((key, row.name) for key, row in kinds.kinds().items())]


class QueueFilters(forms.Form):
    """Filters of the queue are in its URL, so a filtered queue can be shared and bookmarked."""

    kind = forms.ChoiceField(label=_("Reason"), choices=_kinds, required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("Both languages")), *LANGUAGE_CHOICES],
        required=False,
    )
