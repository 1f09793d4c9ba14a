"""The administration site. Its lists can be filtered only by what they show.

By default Django lets a URL filter a list by any column (`?password__startswith=pbkdf2`), so anyone
who may see the list could read hidden columns one character at a time.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst


class ShownLookups(ModelAdmin[Any]):
    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only lookups sent by a filter beside the list or by one of our own links
        (`linked_by`).
        """
        if "\x00" in str(value):  # PostgreSQL refuses to search for NUL
            return False
        if lookup in getattr(self, "linked_by", ()):
            return True
        filters = self.get_list_filter(request) if request else self.list_filter
        if any(getattr(each, "parameter_name", None) == lookup for each in filters):
            return True  # a filter of our own, which takes the value and leaves no lookup
        fields = [each[0] if isinstance(each, tuple | list) else each for each in filters]
        is_shown = any(
            isinstance(field, str) and lookup.startswith((f"{field}__exact", f"{field}__is"))
            for field in fields
        )
        return is_shown and super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]


class NamedLists(ModelAdmin[Any]):
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A list is called what it holds: Django’s “Select X to change” has no Spanish that fits
        every X.
        """
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))


class Site(AdminSite):
    def register(
        self, model_or_iterable: Any, admin_class: type[Any] | None = None, **options: Any
    ) -> None:
        """Covers every list, including those of other packages and those registered later."""
        plain = admin_class or ModelAdmin
        kept = type(
            plain.__name__, (ShownLookups, NamedLists, plain), {"__module__": plain.__module__}
        )
        super().register(model_or_iterable, kept, **options)


class Administration(AdminConfig):
    default_site = "config.admin_site.Site"
