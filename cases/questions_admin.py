"""Questions of reasons: worded in both languages, ordered, switched off with their choices.

Neither is ever deleted: answers name them.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationTabularInline

from accounts.admin_columns import yes_or_no
from cases.enums import AnswerType
from cases.kinds_admin import KindRowAdmin
from cases.models import KindQuestion, QuestionChoice
from leases.admin.bases import KeepsHistory

#: Chosen once: answers are read by them.
FIXED = ("kind", "answer_type")


class ChoiceForm(forms.ModelForm[QuestionChoice]):
    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        self.fields["name_en"].label = _("In English")
        self.fields["name_es"].label = _("In Spanish")
        if self.instance.pk:
            self.fields["key"].disabled = True


class ChoicesFormSet(forms.BaseInlineFormSet[QuestionChoice, KindQuestion, Any]):
    def clean(self) -> None:
        super().clean()
        offered = [
            each
            for each in self.forms
            if each.has_changed() or each.instance.pk
            if getattr(each, "cleaned_data", {}).get("is_offered")
        ]
        if self.instance.answer_type == AnswerType.CHOICE and len(offered) < 2:
            raise ValidationError(
                _("Offer at least two choices, or choose another kind of answer."),
                code="choices_few",
            )


class ChoicesOfQuestion(  # type: ignore[misc]  # modeltranslation's bases disagree
    KeepsHistory, TranslationTabularInline[QuestionChoice, KindQuestion]
):
    model = QuestionChoice
    form = ChoiceForm
    formset = ChoicesFormSet
    extra = 0
    fields = ("key", "name", "position", "is_offered")


@admin.register(KindQuestion)
class QuestionAdmin(KindRowAdmin):
    list_display = (
        "name", "kind", "position", yes_or_no("is_offered", _("offered")),
        yes_or_no("is_needed", _("always needed")),
        yes_or_no("is_shown", _("the customer reads the answer")),
    )  # fmt: skip
    list_filter = ("is_offered", "kind")
    list_select_related = ("kind",)
    ordering = ("kind__position", "position", "key")
    inlines = (ChoicesOfQuestion,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "key", "kind", "answer_type", "position", "is_offered", "is_needed",
                    "is_shown", "is_past", "seen",
                )
            },
        ),
        (_("In English"), {"classes": ("language",), "fields": ("name_en", "help_en")}),
        (_("In Spanish"), {"classes": ("language",), "fields": ("name_es", "help_es")}),
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return FIXED if obj else ()
