"""Lists of the administration whose names stand where people look for them."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest


class _NamedList(ChangeList):
    def get_ordering_field(self, field_name: Any) -> Any:
        if field_name == "name":
            return self.model_admin.name_order()  # type: ignore[attr-defined]
        return super().get_ordering_field(field_name)


class NamedList:
    """For a ModelAdmin, before its other bases: its column `name` sorts by `name_order`."""

    def name_order(self) -> str:
        return "name_sort"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _NamedList
