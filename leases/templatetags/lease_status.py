from __future__ import annotations

from datetime import datetime

from django import template

from leases.enums import LeaseStatus
from leases.models import Lease
from leases.words import status_for_customer

register = template.Library()
register.filter(status_for_customer)


@register.simple_tag
def effective_status(lease: Lease, now: datetime) -> LeaseStatus:
    return lease.status_at(now)
