"""What happens on an agent's phone now."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from telephone.enums import CallState
from telephone.models import PhoneCall, PhoneLine
from telephone.states import LASTS

MOST = 3  # at once on one phone


def lines_of(agent: User) -> list[str]:
    return list(PhoneLine.objects.filter(agent=agent).values_list("extension", flat=True))


def current_calls(agent: User, *, now: datetime) -> list[PhoneCall]:
    """Ringing at this agent's phone, or answered there; the newest first."""
    rang = PhoneCall.objects.visible_to(agent).filter(
        rings__agent=agent, rings__at__gt=now - LASTS, ended_at=None
    )
    calls = rang.order_by("-rings__at", "-id")[: 2 * MOST]
    return [call for call in calls if _is_current(call, agent, now)][:MOST]


def _is_current(call: PhoneCall, agent: User, now: datetime) -> bool:
    state = call.state(now)
    return state == CallState.RINGING or (state == CallState.ANSWERED and call.agent_id == agent.pk)
