from __future__ import annotations

from leases.models import StateRule


def data_request_days(state: str) -> int | None:
    """Days to answer a request for personal data, if the state's rule names them."""
    rule = StateRule.objects.filter(state=state).values_list("data_request_days", flat=True)
    return rule.first()
