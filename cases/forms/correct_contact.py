"""What a caller says is wrong about their name, number or address."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions import ContactDetails
from cases.forms.contact import CONTACT_FIELD_OF
from cases.models import Case
from common.formats import phone


class CorrectContactForm(forms.Form):
    FIELD_OF: ClassVar = {
        code: field.removeprefix("contact_") for code, field in CONTACT_FIELD_OF.items()
    } | {"address_suppressed": "email", "unique": "email", "customer_email": "email"}
    version = forms.IntegerField(widget=forms.HiddenInput)
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

    @classmethod
    def of_case(cls, case: Case) -> CorrectContactForm:
        person = case.person
        told = {"name": person.name, "phone": phone(person.phone), "email": person.email}
        return cls(initial={"version": case.version, **told})

    def details(self) -> ContactDetails:
        return ContactDetails(
            **{name: self.cleaned_data[name] for name in ("name", "phone", "email")}
        )
