from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts.access import signed_in
from leases.actions.api_keys import create_api_key, revoke_api_key
from leases.admin.bases import LooksOnly, ShowsOnce, TellsRefusals
from leases.admin.confirm import ask_first, show_once
from leases.models import ApiKey


class NewKeyForm(forms.ModelForm[ApiKey]):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        store, merchant = cleaned.get("store"), cleaned.get("merchant")
        if store and merchant and store.merchant_id != merchant.pk:
            words = _("This store belongs to another partner merchant.")
            self.add_error("store", ValidationError(words, code="api_key_store"))
        return cleaned


class InUse(admin.SimpleListFilter):
    title = gettext_lazy("status")
    parameter_name = "in_use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("yes", pgettext_lazy("API key", "In use")),
            ("no", pgettext_lazy("API key", "Revoked")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> QuerySet[ApiKey]:
        if self.value() in {"yes", "no"}:
            return queryset.filter(revoked_at__isnull=self.value() == "yes")
        return queryset


@admin.register(ApiKey)
class ApiKeyAdmin(ShowsOnce, TellsRefusals, LooksOnly, admin.ModelAdmin[ApiKey]):
    """Can be created and revoked, never changed."""

    form = NewKeyForm
    list_display = ("name", "prefix", "merchant", "store", "last_used_at", "revoked_at")
    list_select_related = ("merchant", "store")
    list_filter = (InUse,)
    search_fields = ("name", "prefix", "merchant__name")
    autocomplete_fields = ("merchant", "store")
    actions = ("revoke",)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return True

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        asked = ["merchant", "store", "name"]
        kept = ["prefix", "created_by", "created_at", "last_used_at", "revoked_at", "revoked_by"]
        return [*asked, *kept] if obj else asked

    def save_model(self, request: HttpRequest, obj: ApiKey, form: forms.Form, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in ("merchant", "store", "name")}
        key, secret = create_api_key(**given, by=signed_in(request), now=timezone.now())
        obj.pk = key.pk  # where the admin goes next
        obj._secret = secret  # type: ignore[attr-defined]

    def response_add(
        self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None
    ) -> HttpResponse:
        secret: str = obj._secret  # type: ignore[attr-defined]
        return show_once(self, request, title=_("API key created"), row=obj, secret=secret)

    @admin.action(description=gettext_lazy("Revoke the selected API keys"))
    def revoke(self, request: HttpRequest, rows: QuerySet[ApiKey]) -> HttpResponse | None:
        title, text = (
            _("Revoke"),
            _("Requests with these keys will be rejected from now on. You can’t undo this."),
        )
        if question := ask_first(self, request, rows, title=title, text=text):
            return question
        keys = list(rows.filter(revoked_at=None))
        for key in keys:
            revoke_api_key(key=key, by=signed_in(request), now=timezone.now())
            self.log_change(request, key, [{"changed": {"fields": ["revoked"]}}])
        done = ngettext("%(count)d API key was revoked.", "%(count)d API keys were revoked.",
                        len(keys)) % {"count": len(keys)}  # fmt: skip
        messages.success(request, done)
        return None
