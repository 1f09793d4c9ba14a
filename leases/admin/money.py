"""Schedule, ledger and what was agreed about them, to look at."""

from __future__ import annotations

from django.contrib import admin

from leases.admin.bases import Lines
from leases.admin.contracts import OfALease
from leases.models import (
    Autopay,
    AutopayEvent,
    BuyoutQuote,
    Instalment,
    LedgerEntry,
    Plan,
    PlanPromise,
)


@admin.register(Instalment)
class InstalmentAdmin(OfALease[Instalment]):
    list_display = ("due_on", "lease", "number", "amount")


@admin.register(LedgerEntry)
class LedgerEntryAdmin(OfALease[LedgerEntry]):
    list_display = ("effective_on", "lease", "kind", "part", "amount", "method", "by", "at")
    list_select_related = ("lease", "by")


@admin.register(BuyoutQuote)
class BuyoutQuoteAdmin(OfALease[BuyoutQuote]):
    list_display = ("as_of", "lease", "rule", "total", "saving", "valid_until", "by")
    list_select_related = ("lease", "by")


class Promises(Lines):
    model = PlanPromise


@admin.register(Plan)
class PlanAdmin(OfALease[Plan]):
    list_display = ("at", "lease", "kind", "arrears", "by", "cancelled_at")
    list_select_related = ("lease", "by")
    list_filter = ("kind",)
    inlines = (Promises,)


class Changes(Lines):
    model = AutopayEvent


@admin.register(Autopay)
class AutopayAdmin(OfALease[Autopay]):
    list_display = ("lease", "state", "method", "stop_payment_on")
    list_filter = ("state",)
    inlines = (Changes,)
