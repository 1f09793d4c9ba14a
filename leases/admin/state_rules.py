from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from leases.admin.bases import CapitalState, KeepsHistory
from leases.models import StateRule


@admin.register(StateRule)
class StateRuleAdmin(KeepsHistory, admin.ModelAdmin[StateRule]):
    form = CapitalState
    list_display = (
        "state", "buyout_ceiling", "late_fee_percent", "late_fee_of", "late_fee_most",
        "grace_days_weekly", "grace_days_longer",
    )  # fmt: skip
    search_fields = ("state", "source")
    fieldsets = (
        (None, {"fields": ("state", "source", "buyout_ceiling", "data_request_days")}),
        (
            _("Late fees"),
            {
                "description": _("Leave the percentage blank to charge no late fees."),
                "fields": (
                    "late_fee_percent", "late_fee_of", "late_fee_least_weekly",
                    "late_fee_least_longer", "late_fee_most", "grace_days_weekly",
                    "grace_days_longer",
                ),
            },
        ),
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: StateRule | None = None) -> list[str]:
        return ["state"] if obj else []
