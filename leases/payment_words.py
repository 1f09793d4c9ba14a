"""How many payments a lease has and how often, as one phrase."""

from __future__ import annotations

from django.utils.translation import ngettext

from leases.enums import Frequency


def payments(count: int, frequency: str) -> str:
    match Frequency(frequency):
        case Frequency.WEEKLY:
            words = ngettext("%(count)d weekly payment", "%(count)d weekly payments", count)
        case Frequency.BIWEEKLY:
            words = ngettext(
                "%(count)d payment, every two weeks", "%(count)d payments, every two weeks", count
            )
        case Frequency.SEMIMONTHLY:
            words = ngettext(
                "%(count)d payment, twice a month", "%(count)d payments, twice a month", count
            )
        case Frequency.MONTHLY:
            words = ngettext("%(count)d monthly payment", "%(count)d monthly payments", count)
    return words % {"count": count}
