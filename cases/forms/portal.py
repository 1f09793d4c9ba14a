from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.evidence import EvidenceField, EvidenceForm
from cases.forms.fields import WordsField


class MessageForm(EvidenceForm):
    """What a customer writes or sends."""

    body = WordsField(
        label=_("Your message"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    evidence = EvidenceField(label=_("Photos or documents"))
