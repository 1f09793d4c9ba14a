"""What a case's page says of blocked identities."""

from __future__ import annotations

from typing import NamedTuple

from accounts.models import User
from cases import numbers
from cases.forms.identity import LiftBlockForm
from cases.models import Case
from leases.models import BlockedApplication, IdentityBlock
from leases.queries.identity_blocks import blocks_in


class BlockRow(NamedTuple):
    """A block; the form that lifts it for supervisors, in the case it was recorded in."""

    block: IdentityBlock
    attempts: list[BlockedApplication]
    form: LiftBlockForm | None

    @property
    def recorded_in(self) -> str:
        return numbers.shown(self.block.said_in)


def identity_panel(found: Case, *, user: User, refused: LiftBlockForm | None) -> list[BlockRow]:
    customer = found.lease.customer_id if found.lease else None
    return [
        BlockRow(block, attempts, _form(block, found, user, refused))
        for block, attempts in blocks_in(found.number, customer)
    ]


def _form(
    block: IdentityBlock, found: Case, user: User, refused: LiftBlockForm | None
) -> LiftBlockForm | None:
    if block.lifted_at or block.said_in != found.number or not user.supervises:
        return None
    return refused if refused and refused.block == block else LiftBlockForm(block=block)
