"""Reference data can be edited here; history and money are read-only."""

from leases.admin import (  # noqa: F401
    api_keys,
    contracts,
    customers,
    identity_blocks,
    merchants,
    money,
    programs,
    state_rules,
    webhooks,
)
