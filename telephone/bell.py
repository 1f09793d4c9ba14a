"""Tells browsers that something changed on an agent's phone, without asking PostgreSQL.

One short-lived value for each agent, in Valkey, which may forget it: pages read the rows.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable

from common import valkey

log = logging.getLogger(__name__)

KEPT = 12 * 60 * 60  # seconds, as long as a session
KEY = "telephone:{}"


def ring(agents: Iterable[int]) -> None:
    values = {KEY.format(agent): secrets.token_hex(6) for agent in agents}
    try:
        # Even after a failure: other processes may reach it, and no one rings twice.
        valkey.run(
            lambda together: [together.set(*each, ex=KEPT) for each in values.items()],
            even_if_quiet=True,
        )
    except valkey.ValkeyAway:
        log.warning("phone_bell_failed")


def last_ring(agent: int) -> str:
    """Another value after each change; empty if there was none lately. ValkeyAway."""
    (value,) = valkey.run(lambda together: together.get(KEY.format(agent)))
    return str(value or "")
