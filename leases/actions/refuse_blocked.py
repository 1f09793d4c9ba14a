"""Applications of an identity that is blocked aren't taken."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leases.models import BlockedApplication, Store
from leases.queries.identity_blocks import Identity, block_on

log = logging.getLogger(__name__)


class NotAccepted(ValidationError):
    """Says no more than that: whoever applies may be the one who used the identity."""

    def __init__(self, attempt: BlockedApplication | None = None) -> None:
        super().__init__(
            _("We can’t take this application here. The applicant can call us."),
            code="application_not_accepted",
        )
        self.attempt = attempt


def refuse_blocked(
    identity: Identity, *, store: Store, now: datetime, is_new: bool = False
) -> None:
    """NotAccepted. `is_new`: a new application, to be kept as an attempt by `keeping_attempts`."""
    match = block_on(identity)
    if match is None:
        return
    log.warning("application_blocked block=%d store=%d", match.block.pk, store.pk)
    matched = [each.value for each in match.traits]
    attempt = BlockedApplication(block=match.block, store=store, matched=matched, at=now)
    raise NotAccepted(attempt if is_new else None)


@contextmanager
def keeping_attempts() -> Iterator[None]:
    """Around a transaction, which takes back all else that belongs to a refused application."""
    try:
        yield
    except NotAccepted as refusal:
        if refusal.attempt:
            refusal.attempt.save(force_insert=True)
        raise
