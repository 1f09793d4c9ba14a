"""What administrators edit and look at: the texts of mails, and what became of each mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from accounts.access import signed_in
from cases.actions.revise_template import FIELDS, check_texts, revise_template
from cases.enums import TemplateKey
from cases.mail import placeholders
from cases.models import Email, EmailTemplate


class EmailTemplateForm(forms.ModelForm[EmailTemplate]):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        texts = {field: _lines(cleaned.get(field)) for field in FIELDS}
        try:
            check_texts(TemplateKey(self.instance.key), texts)
        except ValidationError as error:
            for field, problems in error.error_dict.items():
                if field not in self.errors:
                    self.add_error(field, ValidationError(problems))
        if not EmailTemplate.objects.current().filter(pk=self.instance.pk).exists():
            raise ValidationError(
                _("Somebody else changed this mail meanwhile. Please look at their version first."),
                code="template_stale",
            )
        return cleaned | texts


def _lines(text: str | None) -> str:
    """Browsers end lines with CR and LF, which alone is no change."""
    return (text or "").replace("\r\n", "\n")


@admin.register(EmailTemplate)
class EmailTemplateAdmin(TranslationAdmin[EmailTemplate]):
    """Rows are only added: saving a change makes the mail's next version."""

    form = EmailTemplateForm
    list_display = ("key", "subject_en", "subject_es", "version", "at", "by")
    ordering = ("key",)
    fields = ("allowed", "subject", "body", "version", "at", "by")
    readonly_fields = ("allowed", "version", "at", "by")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[EmailTemplate]:
        """The list has current versions only; an older one can be read, or be found out of date."""
        templates: QuerySet[EmailTemplate] = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name == "cases_emailtemplate_changelist":
            return templates.filter(pk__in=EmailTemplate.objects.current())
        return templates

    @admin.display(description=_("placeholders"))
    def allowed(self, template: EmailTemplate) -> SafeString:
        key = TemplateKey(template.key)
        lines = ((name, placeholders.MEANING[name]) for name in placeholders.ALLOWED[key])
        return format_html_join("", "<div><code>{{{}}}</code> {}</div>", lines)

    def save_model(
        self, request: HttpRequest, obj: EmailTemplate, form: forms.Form, change: bool
    ) -> None:
        texts = {field: form.cleaned_data[field] for field in FIELDS}
        if texts == {field: form.initial[field] for field in FIELDS}:
            return
        revised = revise_template(
            key=TemplateKey(obj.key),
            texts=texts,
            by=signed_in(request),
            now=timezone.now(),
        )
        obj.pk, obj.version = revised.pk, revised.version  # where the admin goes on from here

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: EmailTemplate | None = None) -> bool:
        return False


@admin.register(Email)
class EmailAdmin(admin.ModelAdmin[Email]):
    """Only to look at, and without what the mail says."""

    list_display = ("created_at", "state", "to", "template", "attempts", "error")
    list_filter = ("state", "template__key")
    list_select_related = ("template",)
    search_fields = ("to",)
    ordering = ("-created_at",)
    show_full_result_count = False
    fields = (
        "state", "to", "language", "template", "case", "attempts", "error", "created_at",
        "next_attempt_at", "sent_at",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Email | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Email | None = None) -> bool:
        return False
