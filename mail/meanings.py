"""The meanings of placeholders that several mails share, for the editor of their texts."""

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
FIRST_NAME: Mapping[str, StrPromise] = {
    "first_name": _("the recipient’s first name, for the greeting"),
}
CUSTOMER_NAME: Mapping[str, StrPromise] = {
    **FIRST_NAME,
    "customer_name": _("the customer’s full name"),
}
STAFF_NAME: Mapping[str, StrPromise] = {
    **FIRST_NAME,
    "staff_name": _("the recipient’s full name"),
}
CHANGED_DAY: Mapping[str, StrPromise] = {
    "changed_day": _("the date it was changed"),
}
