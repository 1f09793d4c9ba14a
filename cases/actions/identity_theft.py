"""Someone used a customer's identity: new applications with it aren't taken."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.enums import WithoutLease
from cases.events import IdentityBlocked, IdentityUnblocked
from cases.models import Case
from leases import actions as lease_actions
from leases.models import IdentityBlock


def block_identities(case: Case, *, is_new: bool, by: User, now: datetime) -> None:
    """Of the lease's customer, and of a contact who said that it's theirs: a store or a relative
    who calls isn't kept from applying.
    """
    if not is_new:
        return
    blocks = []
    if lease := case.lease:
        customer = lease.customer
        blocks.append(
            lease_actions.block_identity(
                name=customer.name, email=customer.email, phone=customer.phone,
                customer=customer, lease=lease, said_in=case.number, by=by, now=now,
            )
        )  # fmt: skip
    contact = case.contact
    is_theirs = contact is not None and contact.why == WithoutLease.IDENTITY
    if contact and is_theirs and (contact.email or contact.phone):
        blocks.append(
            lease_actions.block_identity(
                name=contact.name, email=contact.email, phone=contact.phone,
                said_in=case.number, by=by, now=now,
            )
        )  # fmt: skip
    for block, added in blocks:
        if added:
            add_event(case, IdentityBlocked(name=block.name), by=by, now=now)


@transaction.atomic
def lift_block(*, case: Case, block: IdentityBlock, reason: str, by: User, now: datetime) -> bool:
    """Those of `lift_identity_block`; the case it was recorded in says so."""
    if block.said_in != case.number:
        raise PermissionDenied
    case = locked(case)
    if not lease_actions.lift_identity_block(block=block, reason=reason, by=by, now=now):
        return False
    touch(case, now=now)
    add_event(case, IdentityUnblocked(name=block.name, reason=reason.strip()), by=by, now=now)
    return True
