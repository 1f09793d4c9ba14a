"""Somebody without a lease, in a call's form or on the page of their case."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.actions import Contact, new_contact
from cases.enums import WithoutLease
from cases.models import CaseContact
from common.form_fields import WordsField

#: Fields of a form that may name a contact; a draft keeps them.
CONTACT_FIELDS = ("why", "contact_name", "contact_phone", "contact_email", "known")
#: Where the action's refusals belong.
CONTACT_FIELD_OF = {
    "contact_why": "why",
    "contact_name": "contact_name",
    "contact_name_long": "contact_name",
    "contact_email": "contact_email",
    "phone": "contact_phone",
    "phone_area_code": "contact_phone",
    "phone_extension": "contact_phone",
}


class ContactForm(forms.Form):
    """Empty until a reason is chosen why there’s no lease."""

    FIELD_OF: ClassVar = CONTACT_FIELD_OF
    why = forms.ChoiceField(
        label=_("Why there’s no lease"),
        choices=[("", _("There’s a lease")), *WithoutLease.choices],
        required=False,
    )
    contact_name = forms.CharField(
        label=_("Name of the person it’s about"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact_phone = forms.CharField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    contact_email = forms.CharField(
        label=_("Email"),
        required=False,
        help_text=_("Without it, nothing is sent in writing."),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )
    known = WordsField(
        label=_("What do we know?"),
        required=False,
        max_length=2000,
        help_text=_("Store, dates, numbers on their papers: whatever could find the lease."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def is_about_a_contact(self) -> bool:
        return bool(self.cleaned_data.get("why"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("why"):
            self._check_contact()
        return cleaned

    def _check_contact(self) -> None:
        """The action's own checks, each said at its field."""
        told = self.contact()
        for one in ({"name": told.name}, {"phone": told.phone}, {"email": told.email}):
            try:
                new_contact(Contact(**{"why": told.why, "name": "—"} | one), language="")
            except ValidationError as error:
                self.add_error(CONTACT_FIELD_OF[error.code or ""], error)

    def known_contact(self) -> CaseContact | None:
        """As far as it's typed, before anything is checked; None for nobody."""
        name, email = (
            str(self[each].value() or "").strip() for each in ("contact_name", "contact_email")
        )
        return CaseContact(name=name, email=email) if name or email else None

    def contact(self) -> Contact:
        cleaned = self.cleaned_data
        return Contact(
            why=cleaned["why"],
            name=cleaned.get("contact_name", ""),
            phone=cleaned.get("contact_phone", ""),
            email=cleaned.get("contact_email", ""),
            known=cleaned.get("known", ""),
        )
