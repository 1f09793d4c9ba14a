from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Field, QuerySet, TimeField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.access import signed_in
from accounts.large_lists import LargeList
from accounts.models import User
from accounts.named_lists import NamedList
from common.formats import parse_phone
from common.weekdays import Weekday
from leases.actions import revise_customer
from leases.actions.register_customer import checked_name, checked_phone
from leases.admin.bases import KeepsHistory
from leases.models import Customer
from leases.queries.names import with_name


class CustomerForm(forms.ModelForm[Customer]):
    # In the form people type: longer than the column, which holds E.164.
    phone = forms.CharField(label=capfirst(_("phone")), max_length=40, required=False)
    available_days = forms.MultipleChoiceField(
        label=capfirst(_("available days")),
        choices=Weekday.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave blank for any day."),
    )

    def clean_name(self) -> str:
        return checked_name(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        return checked_phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.user_id).exists():
            raise ValidationError(
                _("Someone already signs in with this email address."), code="unique"
            )
        return email


@admin.register(Customer)
class CustomerAdmin(KeepsHistory, NamedList, LargeList[Customer]):
    form = CustomerForm
    list_display = ("name", "email", "phone", "language")
    list_filter = ("language",)
    search_fields = ("email__exact", "phone__exact")
    ordering = ("name_sort", "-id")
    readonly_fields = ("user", "created_at")
    # Without Django’s clock, which knows the server’s time and not the customer’s.
    formfield_overrides: ClassVar[dict[type[Field[Any, Any]], Any]] = {
        TimeField: {"form_class": forms.TimeField, "widget": forms.TimeInput(format="%H:%M")}
    }

    def found_by(self, text: str) -> list[QuerySet[Customer]]:
        """A phone number in any form; every word must be part of the name, with or without
        accents.
        """
        phone = parse_phone(text)
        called = Customer.objects.filter(phone=phone) if phone else Customer.objects.none()
        return [
            Customer.objects.filter(email=text.lower()),
            called,
            with_name(text, Customer.objects.all()),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a customer comes with a sign-in: leases.actions.register_customer

    def save_model(
        self, request: HttpRequest, obj: Customer, form: forms.Form, change: bool
    ) -> None:
        revise_customer(customer=obj, by=signed_in(request), now=timezone.now())
