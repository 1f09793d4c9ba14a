"""Tags of cases: named again or switched off. They're made where they're typed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_columns import yes_or_no
from cases import actions
from cases.models import Tag
from cases.tag_names import tag_key
from leases.admin.bases import KeepsHistory


class TagRowForm(forms.ModelForm[Tag]):
    def clean_name(self) -> str:
        """By the rules of one that is typed in a case."""
        name = actions.check_tag_name(self.cleaned_data["name"])
        key = tag_key(name)
        if Tag.objects.filter(key=key).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a tag of this name already."), code="tag_twice")
        self.instance.key = key
        return name


@admin.register(Tag)
class TagAdmin(KeepsHistory, admin.ModelAdmin[Tag]):
    form = TagRowForm
    list_display = ("name", yes_or_no("is_offered", _("offered")), "created_by", "created_at")
    list_filter = ("is_offered",)
    list_select_related = ("created_by",)
    search_fields = ("name", "key")
    ordering: ClassVar[tuple[str, ...]] = ("key",)
    fields = ("name", "is_offered", "created_by", "created_at")
    readonly_fields = ("created_by", "created_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
