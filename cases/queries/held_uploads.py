from __future__ import annotations

from accounts.models import User
from cases.models import HeldUpload


def held_for(user: User, form: str) -> list[HeldUpload]:
    """What this person has waiting for the form at this address, in the order it came."""
    return list(HeldUpload.objects.filter(holder=user, form=form).order_by("at", "pk"))
