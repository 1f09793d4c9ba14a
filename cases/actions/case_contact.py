"""Who a case is about while it has no lease: as told on the telephone, checked before it's kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from cases.enums import WithoutLease
from cases.models import CaseContact
from leases.phones import phone_to_keep

LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class Contact:
    """As typed."""

    why: str
    name: str
    phone: str = ""
    email: str = ""
    known: str = ""


def new_contact(told: Contact, *, language: str) -> CaseContact:
    """Not saved yet. ValidationError `contact_why`, `contact_name`, `contact_name_long`,
    `contact_email`, and those of `phone_to_keep`.
    """
    if told.why not in WithoutLease.values:
        raise ValidationError(_("Choose why there’s no lease."), code="contact_why")
    return CaseContact(
        why=told.why,
        name=_name(told.name),
        phone=phone_to_keep(told.phone) if told.phone.strip() else "",
        email=_email(told.email),
        language=language,
        known=told.known.strip(),
    )


def _name(typed: str) -> str:
    """On one line: it's in headers of mails, too."""
    name = " ".join(typed.split())
    if not name:
        raise ValidationError(
            _("Enter a name. If they won’t give one, describe the caller."), code="contact_name"
        )
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            _("This name has %(length)d characters; up to %(most)d fit."),
            code="contact_name_long",
            params={"length": len(name), "most": LONGEST_NAME},
        )
    return name


def _email(typed: str) -> str:
    email = typed.strip().lower()
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise ValidationError(_("Enter a valid email address."), code="contact_email") from None
    return email
