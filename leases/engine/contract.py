from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from leases.enums import LeaseStatus


class Application(NamedTuple):
    """What the engine is told. `data` (opt-in data, more information) is passed on, never
    stored.
    """

    name: str
    email: str
    phone: str
    language: str
    merchant: str
    store: str
    state: str
    program: str = ""
    merchandise: str = ""
    account_number: str = ""  # once it exists: for a second request
    data: Mapping[str, str] = {}


class Decision(NamedTuple):
    status: LeaseStatus  # approved, pre_approved, prequalified or denied
    limit: Decimal | None = None  # with an approval, and only then


class EngineDown(Exception):
    """No answer, or one that can't be understood. The text is for logs and names no one."""
