from __future__ import annotations

from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from leases.queries import monitoring


def site(request: HttpRequest) -> dict[str, object]:
    """What the frame of every page needs."""
    return {
        "company_name": settings.COMPANY_NAME,
        "languages": [("en", "English"), ("es", "Español")],
        "demo": settings.DEMO,
        "lease_alerts": partial(_lease_alerts, request),  # asked where the frame shows it
    }


def _lease_alerts(request: HttpRequest) -> str:
    """How many leases need somebody now; empty for none."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.sees_leases:
        return ""
    count = monitoring.alerts(user=user, now=timezone.now())
    return monitoring.capped(count) if count else ""
