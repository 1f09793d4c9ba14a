"""Someone used a customer's identity: new applications with it aren't taken."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.enums import WithoutLease
from cases.events import IdentityBlocked, IdentityUnblocked
from cases.models import Case, CaseContact
from leases import actions as lease_actions
from leases.models import IdentityBlock, Lease
from leases.queries.identity_blocks import Identity


def block_identities(case: Case, *, is_new: bool, by: User, now: datetime) -> None:
    """Of the lease's customer, and of a contact who said that it's theirs: a store or a relative
    who calls isn't kept from applying.
    """
    if not is_new:
        return
    lock_identities(case.lease, case.contact)
    for who, lease in _used(case.lease, case.contact):
        block, added = lease_actions.block_identity(
            name=who.name, email=who.email, phone=who.phone,
            customer=lease.customer if lease else None, lease=lease,
            said_in=case.number, by=by, now=now,
        )  # fmt: skip
        if added:
            add_event(case, IdentityBlocked(name=block.name), by=by, now=now)


def lock_identities(lease: Lease | None, contact: CaseContact | None) -> None:
    """An application locks its identity, then its customer, then the lease it replaces: whoever
    locks one of those does this first, or the two could wait for each other.
    """
    identities = [identity for identity, _lease in _used(lease, contact)]
    lease_actions.lock_identities(*identities, names=[each.name for each in identities])


def blocks_identity(lease: Lease | None, contact: CaseContact | None) -> bool:
    """Whether there's anything to know them by in a new application."""
    return bool(_used(lease, contact))


def _used(lease: Lease | None, contact: CaseContact | None) -> list[tuple[Identity, Lease | None]]:
    used: list[tuple[Identity, Lease | None]] = []
    if lease:
        customer = lease.customer
        identity = Identity(customer.name, customer.email, customer.phone, customer=customer.pk)
        used.append((identity, lease))
    is_theirs = contact is not None and contact.why == WithoutLease.IDENTITY
    if contact and is_theirs and (contact.email or contact.phone):
        used.append((Identity(contact.name, contact.email, contact.phone), None))
    return used


@transaction.atomic
def lift_block(*, case: Case, block: IdentityBlock, reason: str, by: User, now: datetime) -> bool:
    """Those of `lift_identity_block`; the case it was recorded in says so."""
    if block.said_in != case.number:
        raise PermissionDenied
    lease_actions.lock_block(block)
    case = locked(case)
    if not lease_actions.lift_identity_block(block=block, reason=reason, by=by, now=now):
        return False
    touch(case, now=now)
    add_event(case, IdentityUnblocked(name=block.name, reason=reason.strip()), by=by, now=now)
    return True
