from __future__ import annotations

from accounts.models import User
from cases.models import HeldUpload


def held_for(user: User, form: str) -> list[HeldUpload]:
    """This person's files that wait for the form at this address, in the order they came."""
    return list(HeldUpload.objects.filter(holder=user, form=form).order_by("at", "pk"))
