from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from leases.models import Customer
from leases.phones import phone_to_keep


@transaction.atomic
def register_customer(
    *, name: str, email: str, phone: str, language: str, language_source: str, **details: Any
) -> Customer:
    """Creates a customer and the sign-in that belongs to the registered email address.

    ValidationError by field: `name` (code `line_break`), `phone` (codes of phones.PROBLEMS),
    `email`, and what the models check.
    """
    field = "name"
    try:
        name = checked_name(name)
        field = "phone"
        phone = checked_phone(phone)
    except ValidationError as error:
        raise ValidationError({field: error}) from None
    user = User.objects.create_user(email, role=Role.CUSTOMER, name=name, language=language)
    customer = Customer(
        user=user,
        name=name,
        email=user.email,
        phone=phone,
        language=language,
        language_source=language_source,
        **details,
    )
    customer.full_clean()
    customer.save()
    return customer


def checked_name(name: str) -> str:
    if "".join(name.splitlines()) != name:
        raise ValidationError(_("Enter the name on one line."), code="line_break")
    return name


def checked_phone(phone: str) -> str:
    """In E.164; empty stays empty."""
    return phone_to_keep(phone) if phone else ""
