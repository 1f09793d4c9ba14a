"""Whether an application is of an identity that is blocked."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import F, Q, Value

from accounts.keyed_digests import matches, same_text
from leases.enums import IdentityTrait
from leases.models import BlockedApplication, Customer, IdentityBlock
from leases.models.names import NameKey
from leases.queries.ssn_digits import ALL_DIGITS, KeptDigits, row_named

MOST = 20


class Identity(NamedTuple):
    """What an application says of its applicant: email and phone as we store them."""

    name: str
    email: str
    phone: str
    ssn_last4: str = ""
    customer: int | None = None  # if it's known already; the email tells it, too
    kept_digits: KeptDigits | None = None  # of an application that gave them before

    @property
    def has_digits(self) -> bool:
        return bool(self.ssn_last4 or self.kept_digits)


class Match(NamedTuple):
    block: IdentityBlock
    traits: tuple[IdentityTrait, ...]


def block_on(identity: Identity) -> Match | None:
    """Four queries at most. A name alone never matches, nor four digits alone."""
    known = identity.customer or customer_with(identity.email)
    own = Q(email=identity.email)
    if identity.phone:
        own |= Q(phone=identity.phone)
    if known:
        own |= Q(customer=known)
    block = IdentityBlock.objects.in_force().filter(own).order_by("pk").first()
    if block:
        return Match(block, _traits(block, identity, known))
    return _by_digits(identity) if identity.has_digits else None


def _traits(
    block: IdentityBlock, identity: Identity, known: int | None
) -> tuple[IdentityTrait, ...]:
    same = {
        IdentityTrait.PERSON: known is not None and block.customer_id == known,
        IdentityTrait.EMAIL: block.email == identity.email,
        IdentityTrait.PHONE: bool(identity.phone) and block.phone == identity.phone,
    }
    return tuple(each for each, is_same in same.items() if is_same)


def _by_digits(identity: Identity) -> Match | None:
    """The same name, and the digits its application gave: compared by keyed digest.

    All blocks of that name are compared, however common it is: a comparison takes microseconds.
    """
    named = IdentityBlock.objects.in_force().filter(
        name_key=NameKey(Value(identity.name)), lease__ssn_digest__isnull=False
    )
    digests = named.values_list("pk", "lease__account_number", "lease__ssn_digest__digest")
    for pk, account_number, digest in digests.order_by("pk"):
        if _is_same(identity, KeptDigits(digest, row_named(account_number))):
            return Match(IdentityBlock.objects.get(pk=pk), (IdentityTrait.SSN,))
    return None


def _is_same(identity: Identity, blocked: KeptDigits) -> bool:
    if matches(identity.ssn_last4, blocked.digest, row=blocked.row):
        return True
    kept = identity.kept_digits
    return kept is not None and same_text(kept, blocked, among=ALL_DIGITS)


def customer_with(email: str) -> int | None:
    return Customer.objects.filter(email=email).values_list("pk", flat=True).first()


def blocked_customers(customers: Collection[int]) -> set[int]:
    """Those of them whose new applications aren't taken; one query."""
    blocks = IdentityBlock.objects.in_force().filter(customer__in=customers)
    return {each for each in blocks.values_list("customer", flat=True) if each}


def blocks_of(customers: Collection[int]) -> dict[int, IdentityBlock]:
    """The newest in force of each customer; one query."""
    blocks = IdentityBlock.objects.in_force().filter(customer__in=customers)
    return {each.customer_id: each for each in blocks.order_by("at", "pk") if each.customer_id}


def block_with_phone(phone: str) -> IdentityBlock | None:
    """The newest in force of whoever has this number, a customer or not; one query."""
    blocks = IdentityBlock.objects.in_force().filter(phone=phone)
    return blocks.order_by("-at", "-pk").first()


class ShownBlock(NamedTuple):
    block: IdentityBlock
    attempts: list[BlockedApplication]  # the newest


def blocks_in(said_in: str, customer: int | None) -> list[ShownBlock]:
    """Those recorded in a case, and those in force of its customer; two queries."""
    theirs = Q(said_in=said_in)
    if customer:
        theirs |= Q(customer=customer, lifted_at__isnull=True)
    blocks = IdentityBlock.objects.filter(theirs).select_related("by", "lifted_by")
    found = list(blocks.order_by(F("lifted_at").asc(nulls_first=True), "-at", "-pk")[:MOST])
    if not found:
        return []
    newest = BlockedApplication.objects.filter(block__in=found).select_related("store")
    attempts = list(newest.order_by("-at", "-pk")[:MOST])
    return [
        ShownBlock(block, [each for each in attempts if each.block_id == block.pk])
        for block in found
    ]
