"""The states a contract can be signed in: postal abbreviations and names. Pure.

Includes the District of Columbia and the inhabited territories, whose own laws apply there.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# As they read after “the rule for”.
_NAMES = {
    "AL": _("Alabama"),
    "AK": _("Alaska"),
    "AZ": _("Arizona"),
    "AR": _("Arkansas"),
    "CA": _("California"),
    "CO": _("Colorado"),
    "CT": _("Connecticut"),
    "DE": _("Delaware"),
    "FL": _("Florida"),
    "GA": _("Georgia"),
    "HI": _("Hawaii"),
    "ID": _("Idaho"),
    "IL": _("Illinois"),
    "IN": _("Indiana"),
    "IA": _("Iowa"),
    "KS": _("Kansas"),
    "KY": _("Kentucky"),
    "LA": _("Louisiana"),
    "ME": _("Maine"),
    "MD": _("Maryland"),
    "MA": _("Massachusetts"),
    "MI": _("Michigan"),
    "MN": _("Minnesota"),
    "MS": _("Mississippi"),
    "MO": _("Missouri"),
    "MT": _("Montana"),
    "NE": _("Nebraska"),
    "NV": _("Nevada"),
    "NH": _("New Hampshire"),
    "NJ": _("New Jersey"),
    "NM": _("New Mexico"),
    "NY": _("New York"),
    "NC": _("North Carolina"),
    "ND": _("North Dakota"),
    "OH": _("Ohio"),
    "OK": _("Oklahoma"),
    "OR": _("Oregon"),
    "PA": _("Pennsylvania"),
    "RI": _("Rhode Island"),
    "SC": _("South Carolina"),
    "SD": _("South Dakota"),
    "TN": _("Tennessee"),
    "TX": _("Texas"),
    "UT": _("Utah"),
    "VT": _("Vermont"),
    "VA": _("Virginia"),
    "WA": _("Washington"),
    "WV": _("West Virginia"),
    "WI": _("Wisconsin"),
    "WY": _("Wyoming"),
    "DC": _("the District of Columbia"),
    "AS": _("American Samoa"),
    "GU": _("Guam"),
    "MP": _("the Northern Mariana Islands"),
    "PR": _("Puerto Rico"),
    "VI": _("the U.S. Virgin Islands"),
}
STATES = frozenset(_NAMES)


def state_name(code: str) -> str:
    """In the active language; the code itself if we don't know it."""
    return str(_NAMES.get(code, code))


def validate_state(code: str) -> None:
    """Upper or lower case. ValidationError: `state`."""
    if code.upper() not in STATES:
        raise ValidationError(
            _("“%(state)s” isn’t a US state. Enter its two letters, for example, TX."),
            code="state",
            params={"state": code},
        )
