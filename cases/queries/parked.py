"""Mails that came in and wait for someone."""

from __future__ import annotations

from django.db.models.functions import Left

from accounts.models import User
from cases.enums import InboundState
from cases.models import InboundMail
from common.pages import Page, page

EXCERPT = 300  # characters


def parked(*, user: User, after: str = "") -> Page[InboundMail]:
    """Longest waiting first; of long texts, only what a list shows."""
    mails = InboundMail.objects.visible_to(user).parked().select_related("case").defer("text")
    mails = mails.annotate(excerpt=Left("text", EXCERPT))
    return page(mails, order=("received_at", "id"), after=after)


def dismissed(*, user: User, after: str = "") -> Page[InboundMail]:
    """Newest first: someone may want back what was dismissed recently."""
    mails = InboundMail.objects.visible_to(user).filter(state=InboundState.DISMISSED)
    mails = mails.select_related("case").defer("text").annotate(excerpt=Left("text", EXCERPT))
    return page(mails, order=("-received_at", "-id"), after=after)
