"""Contact wishes in the reader's words. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from common import formats
from leases.availability import Hours
from leases.enums import ContactChannel

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_PREFERS: dict[str, StrPromise] = {
    ContactChannel.EMAIL: pgettext_lazy("contact wish", "Prefers email"),
    ContactChannel.PHONE: pgettext_lazy("contact wish", "Prefers calls"),
    ContactChannel.LETTER: pgettext_lazy("contact wish", "Prefers letters"),
}


def availability_told(days: Collection[str], hours: Hours | None) -> str:
    """Days and hours for follow-up."""
    said = formats.days(days) or str(_("any day"))
    if hours is None:
        return said
    return _("%(days)s, %(start)s to %(end)s") % {
        "days": said,
        "start": formats.hour(hours.start),
        "end": formats.hour(hours.end),
    }


def wishes_told(
    *, no_calls: bool, not_at_work: bool, at_work: bool, channel: str
) -> list[StrPromise]:
    """What stops a call comes first. Empty without wishes; days and hours are told elsewhere."""
    told: list[StrPromise] = []
    if no_calls:
        told.append(pgettext_lazy("contact wish", "No calls"))
    if not_at_work:
        told.append(pgettext_lazy("contact wish", "Not at work"))
    if at_work:
        told.append(pgettext_lazy("contact wish", "Work number"))
    if channel in _PREFERS:
        told.append(_PREFERS[channel])
    return told
