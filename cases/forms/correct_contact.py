"""What a caller says is wrong about their name, number or address."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions import ContactDetails, details_of
from cases.forms.contact import CONTACT_FIELD_OF
from cases.models import Case, CaseContact
from common.formats import phone
from leases.models import Customer

DETAILS = ("name", "phone", "email")


class ContactDetailsForm(forms.Form):
    """Of a customer, or of whoever a case is about."""

    FIELD_OF: ClassVar = {
        code: field.removeprefix("contact_") for code, field in CONTACT_FIELD_OF.items()
    } | {"address_suppressed": "email", "unique": "email", "customer_email": "email"}
    name = forms.CharField(
        label=_("Name"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=_("Email"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )

    # What the page showed, as stored: another case of the same person may have changed it since.
    shown_name = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    shown_phone = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    shown_email = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, person: Customer | CaseContact, **more: int) -> Self:
        return cls(initial=more | _as_shown(person))

    def on_top_of(self, person: Customer | CaseContact, **more: int) -> Self:
        """What was typed, and for the rest what stands now."""
        now = more | _as_shown(person)
        typed = {
            name: self.cleaned_data[name]
            for name, before in _filled_in(self.shown()).items()
            if self.cleaned_data[name] != before
        }
        form = type(self)({name: str(value) for name, value in (now | typed).items()})
        form.is_valid()
        return form

    def details(self) -> ContactDetails:
        return ContactDetails(**{name: self.cleaned_data[name] for name in DETAILS})

    def shown(self) -> ContactDetails:
        return ContactDetails(**{name: self.cleaned_data[f"shown_{name}"] for name in DETAILS})


class CorrectContactForm(ContactDetailsForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of_case(cls, case: Case) -> Self:
        return cls.of(case.person, version=case.version)


def _as_shown(person: Customer | CaseContact) -> dict[str, Any]:
    stored = details_of(person)
    shown = {f"shown_{name}": getattr(stored, name) for name in DETAILS}
    return {**shown, **_filled_in(stored)}


def _filled_in(details: ContactDetails) -> dict[str, str]:
    return {"name": details.name, "phone": phone(details.phone), "email": details.email}
