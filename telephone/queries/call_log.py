"""The log of calls, and those to call back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from telephone.models import PhoneCall

MOST_COUNTED = 100


def logged_calls(user: User, *, view: str, number: str, now: datetime) -> QuerySet[PhoneCall]:
    """`view`: all, mine or missed."""
    calls = PhoneCall.objects.visible_to(user).select_related("agent", "settled_by")
    if number:
        calls = calls.filter(number=number)
    if view == "mine":
        return calls.filter(agent=user)
    return calls.missed(now) if view == "missed" else calls


def calls_to_return(user: User, *, now: datetime) -> QuerySet[PhoneCall]:
    calls = PhoneCall.objects.visible_to(user).to_call_back(now)
    return calls.select_related("agent")


def count_to_return(user: User, *, now: datetime) -> int:
    """Stops at MOST_COUNTED."""
    waiting = PhoneCall.objects.visible_to(user).to_call_back(now)
    return waiting.order_by("rang_at", "id")[:MOST_COUNTED].count()
