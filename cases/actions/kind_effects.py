"""What a case of some kinds does besides being a case, in the transaction that records it.

Found by the stable key of its kind; an administrator may word and order kinds as they like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from accounts.models import User
from cases import kinds
from cases.actions.asked_deadlines import ASKED, set_deadline
from cases.actions.identity_theft import block_identities, lock_identities
from cases.actions.revoke_authorization import hold_leases, revoke_authorization
from cases.actions.sale_complaint import hold_against_store
from cases.models import Case
from leases.actions.move import locked
from leases.models import Lease

_EFFECTS: Mapping[str, Callable[..., None]] = {
    kinds.AUTOPAY_REVOKED: revoke_authorization,
    kinds.IDENTITY_THEFT: block_identities,
    kinds.SALE_COMPLAINT: hold_against_store,
    **dict.fromkeys(ASKED, set_deadline),
}


def hold(case: Case, lease: Lease | None) -> None:
    """What `carry_out` will lock besides the case, or point a row to; call it before the case is
    locked. Leases come before cases everywhere, as plans and charges lock them.
    """
    if lease is None:
        return
    if case.kind_id == kinds.AUTOPAY_REVOKED:
        hold_leases(lease)
    elif case.kind_id == kinds.IDENTITY_THEFT:
        lock_identities(lease, case.contact)
        locked(lease)  # the block keeps whose application it was


def has_effects(case: Case) -> bool:
    """Whether a case of its reason does more than be a case."""
    return case.kind_id in _EFFECTS


def carry_out(case: Case, *, is_new: bool, by: User, now: datetime) -> None:
    """When a case from `locked` is opened or gets its lease (`is_new`), and when it loses its lease
    or its questions are answered. Done twice, it changes nothing more.
    """
    if effect := _EFFECTS.get(case.kind_id):
        effect(case, is_new=is_new, by=by, now=now)
