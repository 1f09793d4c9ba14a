"""Reasons for a case, proof and outcomes: worded in both languages, ordered, switched off.

A row is never deleted: history, drafts and links name it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from accounts.admin_columns import yes_or_no
from cases.enums import ScriptMedium
from cases.models import (
    CaseKind,
    CaseOutcome,
    EvidenceSlot,
    KindOutcome,
    KindSlot,
    ScriptSituation,
)
from leases.admin.bases import KeepsHistory


class KindRowForm(forms.ModelForm[Any]):
    """`seen`: the version on the page. Whoever saves second is told, and nothing is overwritten."""

    seen = forms.IntegerField(label="", widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        self.fields["seen"].initial = self.instance.version
        for name, field in self.fields.items():
            if name[-3:] in {"_en", "_es"}:
                field.widget.attrs["lang"] = name[-2:]
                field.label = str(field.label).removesuffix(f" [{name[-2:]}]")  # its tab says it

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.instance._state.adding:
            rows = type(self.instance).objects.select_for_update()
            self._check_seen(rows.get(pk=self.instance.pk).version, cleaned.get("seen"))
            self.instance.version += 1
        return cleaned

    def _check_seen(self, version: int, seen: int | None) -> None:
        if version != seen:
            raise ValidationError(
                _("Someone else saved this while you were editing. Load the page again."),
                code="row_stale",
            )


class KindForm(KindRowForm):
    def __init__(self, *args: Any, **fields: Any) -> None:
        """Of the topics those that are offered, and the one it has."""
        super().__init__(*args, **fields)
        rows = ScriptSituation.objects.filter(Q(is_offered=True) | Q(kinds=self.instance.pk))
        self.fields["script"].queryset = rows.distinct()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Locks all of them, in one order, so that two administrators don’t switch off the last
        two.
        """
        list(CaseKind.objects.order_by("key").select_for_update())
        cleaned = super().clean()
        if not cleaned.get("is_offered") and not self.instance._state.adding:
            self._check_not_the_last()
        return cleaned

    def _check_not_the_last(self) -> None:
        others = CaseKind.objects.offered().exclude(key=self.instance.key)
        if not others.exists():
            self.add_error(
                "is_offered",
                ValidationError(
                    _("This is the last reason that’s offered. Offer another one first."),
                    code="last_kind",
                ),
            )


class KindRowAdmin(KeepsHistory, TranslationAdmin[Any]):
    form = KindRowForm
    list_filter: ClassVar[tuple[str, ...]] = ("is_offered",)
    search_fields = ("key", "name_en", "name_es")
    ordering: ClassVar[tuple[str, ...]] = ("position", "key")

    class Media:
        css = {"all": ("css/admin_tabs.css",)}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The key is chosen once; from then on the row goes by its name."""
        (title, first), *others = super().get_fieldsets(request, obj)
        names = [each for each in first["fields"] if each != "key" or obj is None]
        return [(title, first | {"fields": names}), *others]


class SlotsOfKind(admin.TabularInline[KindSlot, CaseKind]):
    model = KindSlot
    extra = 0
    fields = ("slot", "position")

    def get_queryset(self, request: HttpRequest) -> QuerySet[KindSlot]:
        return super().get_queryset(request).select_related("slot")


class OutcomesOfKind(admin.TabularInline[KindOutcome, CaseKind]):
    model = KindOutcome
    extra = 0
    fields = ("outcome", "position")

    def get_queryset(self, request: HttpRequest) -> QuerySet[KindOutcome]:
        return super().get_queryset(request).select_related("outcome")


@admin.register(CaseKind)
class KindAdmin(KindRowAdmin):
    form = KindForm
    list_display = ("name", "position", yes_or_no("is_offered", _("offered")), "due_days")
    inlines = (SlotsOfKind, OutcomesOfKind)
    fieldsets = (
        (None, {"fields": ("key", "position", "is_offered", "seen")}),
        (_("In English"), {"classes": ("language",), "fields": ("name_en", "hint_en")}),
        (_("In Spanish"), {"classes": ("language",), "fields": ("name_es", "hint_es")}),
        (
            _("What follows from it"),
            {
                "fields": (
                    "due_days", "waits_for_agreement", "script", "goes_back", "offers_buyout",
                    "disputes_charges", "pauses_fees",
                )
            },
        ),
    )  # fmt: skip


@admin.register(EvidenceSlot)
class SlotAdmin(KindRowAdmin):
    list_display = (
        "name", "position", yes_or_no("is_offered", _("offered")),
        yes_or_no("of_every_kind", _("fits every reason")),
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("key", "position", "is_offered", "of_every_kind", "seen")}),
        (_("In English"), {"classes": ("language",), "fields": ("name_en", "description_en")}),
        (_("In Spanish"), {"classes": ("language",), "fields": ("name_es", "description_es")}),
    )


@admin.register(CaseOutcome)
class OutcomeAdmin(KindRowAdmin):
    list_display = (
        "name", "position", yes_or_no("is_offered", _("offered")),
        yes_or_no("of_every_kind", _("fits every reason")),
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("key", "position", "is_offered", "of_every_kind", "seen")}),
        (_("In English"), {"classes": ("language",), "fields": ("name_en", "sentence_en")}),
        (_("In Spanish"), {"classes": ("language",), "fields": ("name_es", "sentence_es")}),
    )


class SituationForm(KindRowForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("is_offered") and not self.instance._state.adding:
            self._check_unused()
        return cleaned

    def _check_unused(self) -> None:
        """A call about one of these would have nothing to say."""
        users = list(CaseKind.objects.offered().filter(script=self.instance))
        if users:
            self.add_error(
                "is_offered",
                ValidationError(
                    _("These reasons still use it: %(reasons)s. Give them another script first."),
                    code="situation_used",
                    params={"reasons": ", ".join(str(each) for each in users)},
                ),
            )


@admin.register(ScriptSituation)
class SituationAdmin(KindRowAdmin):
    form = SituationForm
    list_display = ("name", "position", yes_or_no("is_offered", _("offered")))
    fieldsets = (
        (None, {"fields": ("key", "position", "is_offered", "texts", "seen")}),
        (_("In English"), {"classes": ("language",), "fields": ("name_en",)}),
        (_("In Spanish"), {"classes": ("language",), "fields": ("name_es",)}),
    )
    readonly_fields = ("texts",)

    @admin.display(description=_("texts"))
    def texts(self, row: ScriptSituation) -> str:
        """Where they are written, in versions."""
        if not row.pk:
            return str(_("Save this first. Then write what to say."))
        return format_html_join(
            " · ",
            '<a href="{}">{}</a>',
            (
                (reverse("correspondence_script", args=[row.pk, each]), each.label)
                for each in ScriptMedium
            ),
        )
