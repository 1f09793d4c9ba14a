"""The lease a request is about, and the response to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from leases.api.answers import Application
from leases.models import ApiKey, Lease
from leases.models.lease import LeaseQuerySet


def caller(request: HttpRequest) -> ApiKey:
    key: ApiKey = request.auth  # type: ignore[attr-defined]
    return key


def own(request: HttpRequest) -> LeaseQuerySet:
    """What this key may see. A foreign lease is as missing as one that doesn't exist."""
    return Lease.objects.visible_to_key(caller(request))


def by_id(request: HttpRequest, application_id: UUID) -> Lease:
    return own(request).with_parties().get(application_id=application_id)


def read(leases: LeaseQuerySet, now: datetime, **where: Any) -> Application:
    """Reads the one lease, in two queries."""
    found = leases.select_related("store", "program", "supersedes")
    return Application.of(found.prefetch_related("status_events").get(**where), now)


def shown(lease: Lease, now: datetime) -> Application:
    """As it is in the database after the change."""
    return read(Lease.objects.all(), now, pk=lease.pk)
