"""The texts a new installation starts with; administrators edit them from there."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cases.mail.defaults import (
    agreements,
    cases,
    deliveries,
    evidence,
    expirations,
    progress,
    promises,
    sign_in,
    staff,
)
from cases.models import EmailTemplate

TEXTS: dict[str, dict[str, str]] = (
    cases.TEXTS
    | evidence.TEXTS
    | promises.TEXTS
    | progress.TEXTS
    | sign_in.TEXTS
    | expirations.TEXTS
    | agreements.TEXTS
    | deliveries.TEXTS
    | staff.TEXTS
)


def install_defaults(*, now: datetime | None = None) -> int:
    """Version 1 of each mail that has no text yet; how many that were."""
    missing = TEXTS.keys() - set(EmailTemplate.objects.values_list("key", flat=True))
    for key in sorted(missing):
        EmailTemplate.objects.create(key=key, version=1, at=now or timezone.now(), **TEXTS[key])
    return len(missing)
