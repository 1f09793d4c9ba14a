"""Identities that someone else used: no new application with them is taken."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.actions.identity_locks import lock_identities
from leases.models import Customer, IdentityBlock, Lease
from leases.queries.identity_blocks import Identity


@transaction.atomic
def block_identity(
    *,
    name: str,
    email: str = "",
    phone: str = "",
    customer: Customer | None = None,
    lease: Lease | None = None,
    said_in: str = "",
    by: User,
    now: datetime,
) -> tuple[IdentityBlock, bool]:
    """From then on no application with this email, phone or person is taken, nor one with this name
    and the digits of the SSN that `lease` was applied for with. The same block twice is one: True
    if it's new.

    ValidationError `identity_unknown`: nothing an application could be told by.
    """
    if not by.works_cases:
        raise PermissionDenied
    if not (customer or email or phone):
        raise ValidationError(
            _("Enter an email address or a phone number first: nothing else tells whose new"
              " applications to block."),
            code="identity_unknown",
        )  # fmt: skip
    email = email.strip().lower()
    identity = Identity(name, email, phone, customer=customer.pk if customer else None)
    lock_identities(identity, names=[name])
    block: IdentityBlock
    block, is_new = IdentityBlock.objects.in_force().get_or_create(
        customer=customer,
        email=email,
        phone=phone,
        said_in=said_in,
        defaults={"name": name, "lease": lease, "by": by, "at": now},
    )
    return block, is_new


def lock_block(block: IdentityBlock) -> None:
    """Before anything else that an action locks."""
    lock_identities(Identity(block.name, block.email, block.phone, customer=block.customer_id))


@transaction.atomic
def lift_identity_block(*, block: IdentityBlock, reason: str, by: User, now: datetime) -> bool:
    """A supervisor allows new applications again, with a reason. False if someone already did.

    ValidationError `reason`.
    """
    if not by.supervises:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Give a reason. It stays in the history."), code="reason")
    lock_block(block)
    in_force = IdentityBlock.objects.in_force().filter(pk=block.pk)
    return bool(in_force.update(lifted_at=now, lifted_by=by, lift_reason=reason.strip()))
