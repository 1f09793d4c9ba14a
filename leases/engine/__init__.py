"""The way to the credit decision engine: another system decides, we only ask.

`DECISION_ENGINE_URL` names it. Without it the sandbox answers, but never in production: there the
engine counts as down, and applications wait as Pending.
"""

from __future__ import annotations

from django.conf import settings

from leases.engine import remote, sandbox
from leases.engine.contract import Application, Decision, EngineDown

__all__ = ["Application", "Decision", "EngineDown", "decide_application"]


def decide_application(application: Application) -> Decision:
    """Never inside a transaction, because it waits for another system. Raises EngineDown."""
    if settings.DECISION_ENGINE_URL:
        return remote.decide(
            application,
            url=settings.DECISION_ENGINE_URL,
            token=settings.DECISION_ENGINE_TOKEN,
            timeout=settings.DECISION_ENGINE_TIMEOUT,
        )
    if settings.PRODUCTION:
        raise EngineDown("DECISION_ENGINE_URL is not set")
    return sandbox.decide(application)
