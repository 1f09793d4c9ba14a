from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.large_lists import LargeList

Row = TypeVar("Row", bound=Model)


class KeepsHistory:
    """Rows that others point to can't be deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class CapitalState(forms.ModelForm[Any]):
    """The two letters of a state may be typed in lower case."""

    def clean_state(self) -> str:
        return str(self.cleaned_data["state"]).upper()


class LooksOnly(KeepsHistory):
    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class History(LooksOnly, LargeList[Row]):
    """For lists that grow with every lease."""

    ordering: ClassVar[tuple[str, ...]] = ("-id",)


class TellsRefusals:
    """If an action refuses what the form accepted (a race), that is said, and nothing changes."""

    def changeform_view(self, request: HttpRequest, *args: Any, **fields: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **fields)  # type: ignore[misc,no-any-return]
        except ValidationError as refused:
            for each in refused.messages:
                messages.error(request, each)
            return HttpResponseRedirect(request.path)


class ShowsOnce:
    """After adding there is a secret to copy, so there is only one button to continue."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        buttons = {"show_save_and_add_another": False, "show_save_and_continue": False}
        context = buttons | (extra_context or {})
        return super().add_view(request, form_url, context)  # type: ignore[misc,no-any-return]


class Lines(LooksOnly, admin.TabularInline[Any, Any]):
    extra = 0
