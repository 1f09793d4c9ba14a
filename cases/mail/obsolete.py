from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from cases.enums import TemplateKey
from cases.mail.render import TEST
from cases.models import Email
from leases.enums import LeaseStatus
from leases.lifecycle import UNDER_CONTRACT
from leases.models import Lease

_WHILE: Mapping[str, Collection[LeaseStatus]] = {
    TemplateKey.APPROVAL_EXPIRING.value: {LeaseStatus.APPROVED},
    TemplateKey.CONTRACTS_EXPIRING.value: UNDER_CONTRACT,
}


def is_obsolete(mail: Email, now: datetime) -> bool:
    """A warning of a deadline that has passed or is the lease's no longer would only confuse."""
    statuses = _WHILE.get(mail.template.key)
    if statuses is None or mail.params.get(TEST):
        return False
    deadline = datetime.fromisoformat(mail.params["expires_at"])
    number = mail.params["account_number"]
    same = Lease.objects.filter(
        account_number=number, status__in=statuses, expires_at=deadline, expires_at__gt=now
    )
    return not same.exists()
