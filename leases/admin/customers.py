from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import signed_in
from accounts.models import User
from leases.actions import revise_customer
from leases.actions.register_customer import checked_name, checked_phone
from leases.admin.bases import KeepsHistory
from leases.models import Customer


class CustomerForm(forms.ModelForm[Customer]):
    def clean_name(self) -> str:
        return checked_name(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        return checked_phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.user_id).exists():
            raise ValidationError(
                _("Somebody already signs in with this e-mail address."), code="unique"
            )
        return email


@admin.register(Customer)
class CustomerAdmin(KeepsHistory, admin.ModelAdmin[Customer]):
    form = CustomerForm
    list_display = ("name", "email", "phone", "language")
    list_filter = ("language",)
    search_fields = ("name", "email", "phone")
    readonly_fields = ("user", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a customer comes with a sign-in: leases.actions.register_customer

    def save_model(
        self, request: HttpRequest, obj: Customer, form: forms.Form, change: bool
    ) -> None:
        revise_customer(customer=obj, by=signed_in(request), now=timezone.now())
