from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from leases.models import Customer, Merchant, Store


class KeepsHistory:
    """Rows that others point to are never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Merchant)
class MerchantAdmin(KeepsHistory, admin.ModelAdmin[Merchant]):
    search_fields = ("name",)


@admin.register(Store)
class StoreAdmin(KeepsHistory, admin.ModelAdmin[Store]):
    list_display = ("name", "merchant", "city", "state")
    list_filter = ("state",)
    list_select_related = ("merchant",)
    search_fields = ("name", "merchant__name", "city")
    autocomplete_fields = ("merchant",)


@admin.register(Customer)
class CustomerAdmin(KeepsHistory, admin.ModelAdmin[Customer]):
    list_display = ("name", "email", "phone", "language")
    list_filter = ("language",)
    search_fields = ("name", "email", "phone")
    readonly_fields = ("user", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a customer comes with a sign-in: leases.actions.register_customer
