"""What placeholders of several mails mean, for the editor of their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrPromise

COMPANY: Mapping[str, StrPromise] = {
    "company": _("the company’s name"),
    "support_phone": _("the number to call, in the reader’s language"),
    "support_hours": _("the hours when someone answers that number"),
}
CUSTOMER_NAME: Mapping[str, StrPromise] = {
    "customer_name": _("the customer’s name"),
}
STAFF_NAME: Mapping[str, StrPromise] = {
    "staff_name": _("the name of the colleague who gets it"),
}
CHANGED_DAY: Mapping[str, StrPromise] = {
    "changed_day": _("the date it was changed"),
}
