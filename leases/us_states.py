"""The states a contract can be signed in, by postal abbreviation. Pure.

Includes the District of Columbia and the inhabited territories, whose own laws apply there.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_CODES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM "
    "NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI"
)
STATES = frozenset(_CODES.split())


def validate_state(code: str) -> None:
    """Upper or lower case. ValidationError: `state`."""
    if code.upper() not in STATES:
        raise ValidationError(
            _("“%(state)s” isn’t a US state. Enter its two letters, for example, TX."),
            code="state",
            params={"state": code},
        )
