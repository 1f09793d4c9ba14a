"""The contract and its history, read-only: the pages' actions change them."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from django.contrib import admin
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from leases.admin.bases import History, Lines, Row
from leases.admin.imports import import_page, template_file
from leases.enums import LeaseStatus
from leases.models import (
    Autopay,
    BuyoutQuote,
    DisputedCharge,
    Instalment,
    Invoice,
    InvoiceLine,
    Lease,
    LedgerEntry,
    MerchandiseReturn,
    PaidOffLetter,
    Plan,
    Refund,
    StatusEvent,
    Terms,
)
from leases.return_words import returned

OF_A_LEASE = (
    StatusEvent, Terms, Invoice, Instalment, LedgerEntry, Plan, BuyoutQuote, Autopay,
    MerchandiseReturn, DisputedCharge, Refund, PaidOffLetter,
)  # fmt: skip
ACCOUNT_NUMBER = _("Account number")
BREAK = mark_safe("<br>")


@admin.register(Lease)
class LeaseAdmin(History[Lease]):
    list_display = ("account_number", "status_now", "customer", "store", "applied_at", "expires_at")
    list_filter = ("status",)
    list_select_related = ("customer", "store")
    search_fields = ("account_number__exact", "customer__email__exact")
    search_help_text = _("Account number or registered email address")
    ordering = ("-applied_at", "-id")
    # What has an index. By name, customers have a list of their own.
    sortable_by = ("account_number", "applied_at")
    fields = (
        "account_number", "application_id", "status_now", "customer", "store", "program",
        "merchandise", "approval_limit", "invoice_number", "invoice_total", "applied_at",
        "approved_at", "contracts_at", "signed_at", "delivered_at", "shipping_provider",
        "tracking_id", "expires_at", "expires_as", "ended_at", "supersedes", "rows",
    )  # fmt: skip
    readonly_fields = ("application_id", "status_now", "rows")

    change_list_template = "admin/leases/lease_list.html"

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view
        return [
            path("import/", door(partial(import_page, self)), name="leases_lease_import"),
            path(
                "import/<slug:name>.csv", door(template_file), name="leases_lease_import_template"
            ),
            *super().get_urls(),
        ]

    @admin.display(description=_("status"))
    def status_now(self, lease: Lease) -> str:
        return str(LeaseStatus(lease.status_at(timezone.now())).label)

    @admin.display(description=_("see also"))
    def rows(self, lease: Lease) -> SafeString:
        links = (
            (
                reverse(f"admin:leases_{model._meta.model_name}_changelist"),
                lease.pk,
                capfirst(model._meta.verbose_name_plural),
            )
            for model in OF_A_LEASE
        )
        return format_html_join(" · ", '<a href="{}?lease={}">{}</a>', links)


class OfALease(History[Row]):
    linked_by = ("lease",)  # from the page of a lease
    list_select_related: ClassVar[tuple[str, ...]] = ("lease",)
    search_fields = ("lease__account_number__exact",)
    search_help_text = ACCOUNT_NUMBER


@admin.register(StatusEvent)
class StatusEventAdmin(OfALease[StatusEvent]):
    list_display = (
        "at",
        "happened_at",
        "lease",
        "from_status",
        "to_status",
        "rule",
        "actor",
        "by",
        "api_key",
    )
    list_select_related = ("lease", "by", "api_key__merchant")


@admin.register(Terms)
class TermsAdmin(OfALease[Terms]):
    list_display = ("lease", "state", "payments", "frequency", "cash_price", "total", "buyout_rule")


class InvoiceLines(Lines):
    model = InvoiceLine


@admin.register(Invoice)
class InvoiceAdmin(OfALease[Invoice]):
    list_display = ("at", "lease", "number", "version", "total", "by")
    list_select_related = ("lease", "by")
    inlines = (InvoiceLines,)


@admin.register(MerchandiseReturn)
class MerchandiseReturnAdmin(OfALease[MerchandiseReturn]):
    list_display = ("returned_on", "lease", "outcome", "by", "at")
    list_select_related = ("lease", "by")
    fields = (
        "lease", "returned_on", "outcome", "what", "reason", "by", "api_key", "at", "closed_at",
        "closed_by", "closing_note",
    )  # fmt: skip
    readonly_fields = ("what",)

    @admin.display(description=_("items"))
    def what(self, back: MerchandiseReturn) -> SafeString:
        return format_html_join(BREAK, "{}", ([returned(item)] for item in back.items))
