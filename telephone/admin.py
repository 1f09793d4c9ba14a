"""Which phone is whose."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet

from accounts.enums import CASE_ROLES
from accounts.models import User
from telephone.models import PhoneLine


@admin.register(PhoneLine)
class PhoneLineAdmin(admin.ModelAdmin[PhoneLine]):
    list_display = ("extension", "agent")
    list_select_related = ("agent",)
    fields = ("agent", "extension")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):  # type: ignore[no-untyped-def]
        """Only people who take calls; Puente has as many customers as it has."""
        kwargs["queryset"] = _agents()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _agents() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=CASE_ROLES).order_by("name_sort", "pk")
