"""Schedule, ledger, and the agreements about them, read-only."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin_columns import said_yes_or_no
from leases.admin.bases import Lines
from leases.admin.contracts import OfALease
from leases.fee_words import explain
from leases.ledger_words import reason
from leases.models import (
    Autopay,
    AutopayEvent,
    BuyoutQuote,
    DisputedCharge,
    Instalment,
    LedgerEntry,
    PaidOffLetter,
    Plan,
    PlanPromise,
    Refund,
)
from leases.quote_words import formula, limit

NOTHING = "-"


@admin.register(Instalment)
class InstalmentAdmin(OfALease[Instalment]):
    list_display = ("due_on", "lease", "number", "amount")


@admin.register(LedgerEntry)
class LedgerEntryAdmin(OfALease[LedgerEntry]):
    list_display = ("effective_on", "lease", "kind", "part", "amount", "method", "by", "at")
    list_select_related = ("lease", "by")
    fields = (
        "lease", "kind", "part", "amount", "effective_on", "instalment", "reverses", "plan",
        "method", "reference", "external_id", "why", "calculation", "by", "at",
    )  # fmt: skip
    readonly_fields = ("why", "calculation")

    @admin.display(description=_("reason"))
    def why(self, entry: LedgerEntry) -> str:
        return reason(entry) or NOTHING

    @admin.display(description=_("breakdown"))
    def calculation(self, entry: LedgerEntry) -> str:
        return explain(entry.breakdown) or NOTHING


@admin.register(BuyoutQuote)
class BuyoutQuoteAdmin(OfALease[BuyoutQuote]):
    list_display = ("as_of", "lease", "rule", "total", "saving", "valid_until", "by")
    list_select_related = ("lease", "by")
    fields = (
        "lease", "as_of", "valid_until", "rule", "limited", "calculation", "cash_price",
        "cost_of_lease", "lease_total", "remaining", "tax", "total", "saving", "by", "at",
    )  # fmt: skip
    readonly_fields = ("limited", "calculation")

    @admin.display(description=_("limited by the state’s rule"))
    def limited(self, quote: BuyoutQuote) -> str:
        return said_yes_or_no(quote.is_ceiling)

    @admin.display(description=_("breakdown"))
    def calculation(self, quote: BuyoutQuote) -> str:
        return " ".join((formula(quote.rule, quote.inputs), limit(quote.inputs))).strip()


@admin.register(DisputedCharge)
class DisputedChargeAdmin(OfALease[DisputedCharge]):
    list_display = ("at", "lease", "amount", "decision", "taken_off", "decided_by")
    list_select_related = ("lease", "decided_by")
    list_filter = ("decision",)
    fields = (
        "lease", "entry", "amount", "waits", "pause_until", "by", "at", "decision", "taken_off",
        "reason", "correction", "decided_at", "decided_by",
    )  # fmt: skip
    readonly_fields = ("waits",)

    @admin.display(description=_("late fees wait"))
    def waits(self, charge: DisputedCharge) -> str:
        return said_yes_or_no(charge.pauses_fees)


@admin.register(Refund)
class RefundAdmin(OfALease[Refund]):
    list_display = (
        "expected_on",
        "lease",
        "amount",
        "method",
        "paid_on",
        "paid_by",
        "withdrawn_at",
    )
    list_select_related = ("lease", "paid_by")
    list_filter = ("method",)


@admin.register(PaidOffLetter)
class PaidOffLetterAdmin(OfALease[PaidOffLetter]):
    list_display = ("at", "lease", "paid_on", "received", "voided_at")
    list_select_related = ("lease",)
    fields = ("lease", "paid_on", "received", "purchase", "at", "voided_at")
    readonly_fields = ("purchase",)

    @admin.display(description=_("early purchase"))
    def purchase(self, letter: PaidOffLetter) -> str:
        return said_yes_or_no(letter.is_purchase)


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
    fields = ("change", "method", "effective_on", "warned", "reason", "by", "at")
    readonly_fields = ("warned",)

    @admin.display(description=_("overdraft warning given"))
    def warned(self, event: AutopayEvent) -> str:
        return said_yes_or_no(event.overdraft_warned)


@admin.register(Autopay)
class AutopayAdmin(OfALease[Autopay]):
    list_display = ("lease", "state", "method", "stop_payment_on")
    list_filter = ("state",)
    inlines = (Changes,)
