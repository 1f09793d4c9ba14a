"""Reference data is kept here; history and money are only looked at."""

from leases.admin import (  # noqa: F401
    api_keys,
    contracts,
    customers,
    merchants,
    money,
    programs,
    state_rules,
    webhooks,
)
