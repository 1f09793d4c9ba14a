"""What happens on an agent's phone now."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from telephone.models import PhoneCall, PhoneLine
from telephone.states import LASTS, RINGS

AFTERWARD = timedelta(minutes=10)  # in which an agent may still log a call that has ended


def lines_of(agent: User) -> list[str]:
    return list(PhoneLine.objects.filter(agent=agent).values_list("extension", flat=True))


def current_calls(agent: User, *, now: datetime) -> QuerySet[PhoneCall]:
    """Those that ring at this agent's phone, are answered there or have just ended; the newest
    first.
    """
    is_theirs = Q(answered_at=None, ended_at=None, rang_at__gt=now - RINGS) | Q(
        Q(ended_at=None) | Q(ended_at__gt=now - AFTERWARD),
        agent=agent,
        answered_at__gt=now - LASTS,
    )
    rang = PhoneCall.objects.visible_to(agent).filter(
        rings__agent=agent, rings__at__gt=now - LASTS - AFTERWARD
    )
    return rang.filter(is_theirs).order_by("-rings__at", "-id")
