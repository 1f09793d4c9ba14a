"""A name, number or address that a caller says is wrong, corrected where their case is worked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.case_contact import Contact, new_contact
from cases.actions.change import add_event, locked, touch
from cases.actions.confirm_address import keep_own_address
from cases.actions.retry_email import send_held
from cases.enums import ContactDetail, WithoutLease
from cases.events import ContactCorrected, CorrectedDetail
from cases.kinds import IDENTITY_THEFT
from cases.models import Case, CaseContact
from cases.queries.verifications import is_verified_now
from cases.queries.waiting_mails import waiting_mails
from leases.actions import revise_customer
from leases.models import Customer
from mail.addresses import folded
from mail.outbound.suppression import suppressed


@dataclass(frozen=True, kw_only=True)
class ContactDetails:
    """As typed."""

    name: str
    phone: str = ""
    email: str = ""


class StaleDetails(ValidationError):
    """Someone corrected the same person's details, perhaps in another case, after a page showed
    them.
    """

    def __init__(self) -> None:
        super().__init__(
            _(
                "Someone else corrected these details while you were writing. What you didn’t "
                "change is up to date now: check it and save again."
            ),
            code="contact_stale",
        )


def details_of(person: Customer | CaseContact) -> ContactDetails:
    """As stored."""
    return ContactDetails(name=person.name, phone=person.phone, email=person.email)


@transaction.atomic
def correct_contact(
    *,
    case: Case,
    version: int,
    shown: ContactDetails,
    told: ContactDetails,
    by: User,
    now: datetime,
) -> bool:
    """What differs is changed, with an event that keeps what it was; False if nothing does.

    A customer's details open their account, so the caller has to be verified in this conversation.
    Their address is their sign-in: the old one is told, and sessions end (`revise_customer`). Mails
    that wait go to the new address.

    StaleCase if the case changed after `version`, StaleDetails if the person's details aren't those
    `shown`; ValidationError `caller_not_verified`, `customer_email`, `address_suppressed`,
    `unique`, those of `new_contact`.
    """
    if not by.works_cases:
        raise PermissionDenied
    person = _locked_person(case)
    case = locked(case, version=version)
    if details_of(person) != shown:
        raise StaleDetails
    changes = changes_of(person, told)
    if not changes:
        return False
    if isinstance(person, Customer):
        is_verified = is_verified_now(case, user=by, now=now)
        change_details(person, changes, is_verified=is_verified, by=by, now=now)
        gave_email = any(each.name == ContactDetail.EMAIL for each in changes)
        if gave_email and case.kind_id == IDENTITY_THEFT:  # their own by now
            keep_own_address(case, person.email, by=by, now=now)
            send_held(case, now=now)
    else:
        _put(person, changes)
        person.save(update_fields=[each.name.value for each in changes])
    touch(case, now=now)
    add_event(case, ContactCorrected(details=changes), by=by, now=now)
    return True


def _locked_person(case: Case) -> Customer | CaseContact:
    """Before the case, as wishes and attorneys lock them. If the case has another person by now, it
    has another version, too.
    """
    if case.lease:
        return Customer.objects.select_for_update(no_key=True).get(pk=case.lease.customer_id)
    return CaseContact.objects.select_for_update(no_key=True).get(case=case)


def changes_of(person: Customer | CaseContact, told: ContactDetails) -> tuple[CorrectedDetail, ...]:
    """What differs from what is stored, as it would be. ValidationError: those of `new_contact`,
    `address_suppressed`.
    """
    why = person.why if isinstance(person, CaseContact) else WithoutLease.NO_LEASE
    checked = new_contact(Contact(why=why, **vars(told)), language=person.language)
    _refuse_address(person.email, checked.email)
    return tuple(
        CorrectedDetail(
            name=each, before=getattr(person, each.value), after=getattr(checked, each.value)
        )
        for each in ContactDetail
        if getattr(person, each.value) != getattr(checked, each.value)
    )


def change_details(
    customer: Customer,
    changes: Iterable[CorrectedDetail],
    *,
    is_verified: bool,
    by: User,
    now: datetime,
) -> None:
    """Under the customer's lock. ValidationError `caller_not_verified`, `customer_email`,
    `unique`.
    """
    if not is_verified:
        raise ValidationError(
            _("Verify the caller first: these details open their account."),
            code="caller_not_verified",
        )
    _put(customer, changes)
    if not customer.email:
        raise ValidationError(
            _("A customer signs in with their email, so it can’t be blank."), code="customer_email"
        )
    before = {each.name: each.before for each in changes}
    revise_customer(customer=customer, by=by, now=now)
    if old := before.get(ContactDetail.EMAIL):
        waiting_mails(customer, to=old).update(to=customer.email)


def _put(person: Customer | CaseContact, changes: Iterable[CorrectedDetail]) -> None:
    for each in changes:
        setattr(person, each.name.value, each.after)


def _refuse_address(before: str, after: str) -> None:
    if after and folded(after) != folded(before) and suppressed([after]):
        raise ValidationError(
            _("This address can’t receive email. Enter another one."), code="address_suppressed"
        )
