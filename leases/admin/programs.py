from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from modeltranslation.utils import get_language

from accounts.admin_columns import yes_or_no
from accounts.named_lists import NamedList
from leases.admin.bases import KeepsHistory
from leases.enums import BuyoutRule, Frequency
from leases.models import Program


class ProgramForm(forms.ModelForm[Program]):
    frequencies = forms.MultipleChoiceField(
        label=_("Payment frequencies"),
        choices=Frequency.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        for name, field in self.fields.items():
            if name[-3:] in {"_en", "_es"}:
                field.widget.attrs["lang"] = name[-2:]
                field.label = str(field.label).removesuffix(f" [{name[-2:]}]")  # its tab says it

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("buyout_rule") == BuyoutRule.DISCOUNT and not cleaned.get("discount_rate"):
            self.add_error(
                "discount_rate",
                ValidationError(
                    _("Enter the share of the remaining payments due under this rule."),
                    code="discount_rate",
                ),
            )
        return cleaned


@admin.register(Program)
class ProgramAdmin(KeepsHistory, NamedList, TranslationAdmin[Program]):
    form = ProgramForm
    list_display = (
        "name", "merchant", "code", yes_or_no("is_active", _("active")), "approval_days",
        "contracts_days",
    )  # fmt: skip
    list_filter = ("is_active",)
    list_select_related = ("merchant",)
    search_fields = ("name_en", "name_es", "code", "merchant__name")
    autocomplete_fields = ("merchant",)
    # Tabs by our own script: modeltranslation's need jQuery UI from another host.
    fieldsets = (
        (None, {"fields": ("merchant", "code", "is_active")}),
        (
            _("In English"),
            {"classes": ("language",), "fields": ("name_en", "terms_en", "exchange_terms_en")},
        ),
        (
            _("In Spanish"),
            {"classes": ("language",), "fields": ("name_es", "terms_es", "exchange_terms_es")},
        ),
        (_("Deadlines"), {"fields": ("approval_days", "contracts_days")}),
        (
            _("Payments and buyout"),
            {
                "fields": (
                    "frequencies",
                    "cost_factor",
                    "buyout_rule",
                    "discount_rate",
                    "option_fee",
                )
            },
        ),
        (_("Exchanges"), {"fields": ("exchange_policy", "exchange_days")}),
        (
            _("Plans"),
            {"fields": ("recovery_payments", "rescheduling_days", "restructuring_payments")},
        ),
        (_("Disputed charges"), {"fields": ("pauses_fees", "pause_days")}),
    )

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("css/admin_tabs.css",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Program | None = None) -> list[str]:
        return ["merchant"] if obj else []

    def name_order(self) -> str:
        return f"name_sort_{get_language()}"

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("merchant__name_sort", self.name_order())
