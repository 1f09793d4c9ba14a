"""What the mails about money that goes back have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cases.mails.base import CASE_PLACEHOLDERS, CaseParams
from common.formats import money
from leases.enums import PaymentMethod
from leases.refund_words import way

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REFUND_PLACEHOLDERS: Mapping[str, StrPromise] = {
    **CASE_PLACEHOLDERS,
    "amount": _("the amount of the refund"),
    "way": _("how it’s paid, such as “by check”"),
}


@dataclass(frozen=True, kw_only=True)
class RefundParams(CaseParams):
    amount: Decimal
    method: PaymentMethod

    def words(self) -> dict[str, str]:
        return super().words() | {"amount": money(self.amount), "way": way(self.method)}
