"""What the lists of leases by their money are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

MONEY_LISTS: dict[str, str | Promise] = {
    "past-due": pgettext_lazy("leases", "Past due"),
    "paid-off": pgettext_lazy("leases", "Paid off"),
    "paid-off-this-month": pgettext_lazy("leases", "Paid off this month"),
    "paid-off-last-month": pgettext_lazy("leases", "Paid off last month"),
}
