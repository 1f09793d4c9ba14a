"""Blocks on new applications, read-only: a supervisor lifts one on the page of its case."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from leases.admin.bases import History, Lines
from leases.models import BlockedApplication, IdentityBlock


class BlockedApplicationLines(Lines):
    model = BlockedApplication
    fields = ("at", "store", "traits")
    readonly_fields = fields

    @admin.display(description=_("matched"))
    def traits(self, application: BlockedApplication) -> str:
        return ", ".join(application.traits)


@admin.register(IdentityBlock)
class IdentityBlockAdmin(History[IdentityBlock]):
    list_display = ("name", "email", "phone", "said_in", "by", "at", "lifted_at")
    list_select_related = ("by",)
    search_fields = ("email__exact", "phone__exact", "said_in__exact")
    inlines = (BlockedApplicationLines,)
