from __future__ import annotations

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_time_zone(value: str) -> None:
    """It must be in the time zone database; anything else would fail on every page."""
    if value not in available_timezones():
        raise ValidationError(
            _("No time zone has this name. Example: America/Chicago."), code="time_zone"
        )
