from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

MOST_ROWS = 5_000
Row = TypeVar("Row", bound=Model)


class KeepsHistory:
    """Rows that others point to are never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class CapitalState(forms.ModelForm[Any]):
    """The two letters of a state may be typed small."""

    def clean_state(self) -> str:
        return str(self.cleaned_data["state"]).upper()


class LooksOnly(KeepsHistory):
    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class FirstThousands(Paginator[Any]):
    """Pages through the newest rows; counting all of a large table would take seconds."""

    @cached_property
    def count(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        return rows.order_by()[:MOST_ROWS].count()


class History(LooksOnly, admin.ModelAdmin[Row]):
    """Lists of what grows with every lease."""

    ordering: ClassVar[tuple[str, ...]] = ("-id",)
    paginator = FirstThousands
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50


class TellsRefusals:
    """What an action refuses although the form took it (a race) is told, and nothing is changed."""

    def changeform_view(self, request: HttpRequest, *args: Any, **fields: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **fields)  # type: ignore[misc,no-any-return]
        except ValidationError as refused:
            for each in refused.messages:
                messages.error(request, each)
            return HttpResponseRedirect(request.path)


class ShowsOnce:
    """After adding there is a secret to copy, so there is one way to go on."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        buttons = {"show_save_and_add_another": False, "show_save_and_continue": False}
        context = buttons | (extra_context or {})
        return super().add_view(request, form_url, context)  # type: ignore[misc,no-any-return]


class Lines(LooksOnly, admin.TabularInline[Any, Any]):
    extra = 0
