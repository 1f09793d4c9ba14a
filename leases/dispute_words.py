"""What a decision about a disputed charge means, in sentences for the customer."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from leases.enums import ChargeReason

_WHY_IT_STAYS = {
    ChargeReason.AS_AGREED: pgettext_lazy(
        "disputed charge", "It’s part of the lease agreement you signed."
    ),
    ChargeReason.PAID_LATE: pgettext_lazy(
        "disputed charge", "The payment came after its date and the grace period."
    ),
    ChargeReason.RETURNED: pgettext_lazy(
        "disputed charge", "Your bank returned the payment, so it’s due again."
    ),
    ChargeReason.CORRECTED: pgettext_lazy("disputed charge", "We had already corrected it before."),
    ChargeReason.NO_ERROR: pgettext_lazy(
        "disputed charge", "We checked our records and found no error."
    ),
}


def why_it_stays(reason: str) -> str:
    return str(_WHY_IT_STAYS[ChargeReason(reason)])
