"""What administrators look at: the texts of mails, and what became of each mail."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Email, EmailTemplate
from cases.people_admin import PersonAdmin

admin.site.unregister(User)
admin.site.register(User, PersonAdmin)


@admin.register(EmailTemplate)
class EmailTemplateAdmin(admin.ModelAdmin[EmailTemplate]):
    """Only to look at: texts are revised under /correspondence/texts/, with a preview."""

    list_display = ("key", "subject_en", "subject_es", "version", "at", "by")
    list_filter = ("key",)
    ordering = ("key", "-version")
    fields = (
        "page", "subject_es", "body_es", "subject_en", "body_en", "version", "at", "by",
    )  # fmt: skip
    readonly_fields = ("page",)

    @admin.display(description=_("preview and new version"))
    def page(self, template: EmailTemplate) -> SafeString:
        address = reverse("correspondence_text", args=[template.key])
        return format_html('<a href="{}">{}</a>', address, template.get_key_display())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: EmailTemplate | None = None) -> bool:
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
