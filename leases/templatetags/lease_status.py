from __future__ import annotations

from datetime import datetime

from django import template

from leases.enums import LeaseStatus
from leases.models import Lease

register = template.Library()


@register.simple_tag
def effective_status(lease: Lease, now: datetime) -> LeaseStatus:
    return lease.status_at(now)
