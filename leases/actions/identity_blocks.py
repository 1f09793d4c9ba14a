"""Identities that someone else used: no new application with them is taken."""

from __future__ import annotations

import logging
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.models import BlockedApplication, Customer, IdentityBlock, Lease, Store
from leases.queries.identity_blocks import Identity, Match, block_on

log = logging.getLogger(__name__)
#: What the names of these locks begin with; other locks have other names.
_LOCK = "identity"


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
    lock_identity(email=email, phone=phone, customer=customer.pk if customer else None)
    block: IdentityBlock
    block, is_new = IdentityBlock.objects.in_force().get_or_create(
        customer=customer,
        email=email,
        phone=phone,
        said_in=said_in,
        defaults={"name": name, "lease": lease, "by": by, "at": now},
    )
    return block, is_new


@transaction.atomic
def lift_identity_block(*, block: IdentityBlock, reason: str, by: User, now: datetime) -> bool:
    """A supervisor allows new applications again, with a reason. False if someone already did.

    ValidationError `reason`.
    """
    if not by.supervises:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Give a reason. It stays in the history."), code="reason")
    lock_identity(email=block.email, phone=block.phone, customer=block.customer_id)
    in_force = IdentityBlock.objects.in_force().filter(pk=block.pk)
    return bool(in_force.update(lifted_at=now, lifted_by=by, lift_reason=reason.strip()))


def refuse_blocked(
    identity: Identity, *, store: Store, now: datetime, is_attempt: bool = False
) -> None:
    """ValidationError `application_not_accepted`, which says no more than that: whoever applies may
    be the one who used the identity. `is_attempt`: a new application, which is kept as such; not
    in a transaction, which would take it back.
    """
    match = block_on(identity)
    if match is None:
        return
    log.warning("application_blocked block=%d store=%d", match.block.pk, store.pk)
    if is_attempt:
        keep_attempt(match, store=store, now=now)
    raise not_accepted()


def keep_attempt(match: Match, *, store: Store, now: datetime) -> None:
    BlockedApplication.objects.create(
        block=match.block, store=store, matched=[each.value for each in match.traits], at=now
    )


def not_accepted() -> ValidationError:
    return ValidationError(
        _("We can’t take this application here. The applicant can call us."),
        code="application_not_accepted",
    )


def lock_identity(*, email: str, phone: str, customer: int | None) -> None:
    """Until the transaction ends, applications with any of these and their blocks take turns."""
    traits = {"email": email, "phone": phone, "person": str(customer or "")}
    names = sorted(f"{_LOCK}:{trait}:{value}" for trait, value in traits.items() if value)
    with connection.cursor() as cursor:
        for name in names:
            number = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
