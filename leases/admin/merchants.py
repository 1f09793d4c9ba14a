from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from accounts.named_lists import NamedList
from leases.admin.bases import CapitalState, KeepsHistory
from leases.models import Merchant, Store


@admin.register(Merchant)
class MerchantAdmin(KeepsHistory, admin.ModelAdmin[Merchant]):
    search_fields = ("name",)


@admin.register(Store)
class StoreAdmin(KeepsHistory, NamedList, admin.ModelAdmin[Store]):
    form = CapitalState
    list_display = ("name", "code", "merchant", "city", "state")
    list_filter = ("state",)
    list_select_related = ("merchant",)
    search_fields = ("name", "code", "merchant__name", "city")
    autocomplete_fields = ("merchant",)

    def get_readonly_fields(self, request: HttpRequest, obj: Store | None = None) -> list[str]:
        # Its leases would move with it to another merchant's keys and webhooks.
        return ["merchant"] if obj else []
