"""The mails to a customer about their lease."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from common.pages import SIZE, Page, page
from leases.models import Lease, LeaseMail
from mail.models import Email


def mails_about(lease: Lease, *, user: User) -> QuerySet[Email]:
    about = LeaseMail.objects.visible_to(user).filter(lease=lease)
    mails = Email.objects.filter(pk__in=about.values("email"))
    if not user.works_cases:  # agreements made in a case are for people who can read cases
        mails = mails.filter(thread="")
    return mails.select_related("template", "settled_by")


def mails_of(lease: Lease, *, user: User, after: str = "", size: int = SIZE) -> Page[Email]:
    """Newest first, `size` of them from the cursor on."""
    mails = mails_about(lease, user=user)
    return page(mails, order=("-created_at", "-id"), after=after, size=size)
