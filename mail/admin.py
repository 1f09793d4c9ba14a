"""What administrators can look at: the texts of mails, and each mail's fate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.large_lists import LargeList
from mail.errors import answer_in, in_words
from mail.kinds import all_kinds
from mail.models import Email, EmailTemplate

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _spoken(language: str, text: str) -> SafeString:
    return format_html('<span lang="{}">{}</span>', language, linebreaksbr(text))


class KeyFilter(admin.SimpleListFilter):
    title = _("email")
    parameter_name = "key"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, StrPromise | str]]:
        return [(kind.key, kind.label) for kind in all_kinds()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[EmailTemplate]
    ) -> QuerySet[EmailTemplate]:
        return queryset.filter(key=self.value()) if self.value() else queryset


@admin.register(EmailTemplate)
class EmailTemplateAdmin(admin.ModelAdmin[EmailTemplate]):
    """Read-only: texts are edited under /correspondence/texts/, with a preview."""

    list_display = ("mail", "in_english", "in_spanish", "version", "at", "by")
    list_filter = (KeyFilter,)
    ordering = ("key", "-version")
    fields = (
        "page", "in_spanish", "text_in_spanish", "in_english", "text_in_english", "version", "at",
        "by",
    )  # fmt: skip
    readonly_fields = fields[:5]

    @admin.display(description=_("email"), ordering="key")
    def mail(self, template: EmailTemplate) -> str:
        return str(template.label)

    @admin.display(description=_("subject in English"))
    def in_english(self, template: EmailTemplate) -> SafeString:
        return _spoken("en", template.in_language("en").subject)

    @admin.display(description=_("subject in Spanish"))
    def in_spanish(self, template: EmailTemplate) -> SafeString:
        return _spoken("es", template.in_language("es").subject)

    @admin.display(description=_("text in English"))
    def text_in_english(self, template: EmailTemplate) -> SafeString:
        return _spoken("en", template.in_language("en").body)

    @admin.display(description=_("text in Spanish"))
    def text_in_spanish(self, template: EmailTemplate) -> SafeString:
        return _spoken("es", template.in_language("es").body)

    @admin.display(description=_("preview and new version"))
    def page(self, template: EmailTemplate) -> SafeString:
        address = reverse("correspondence_text", args=[template.key])
        return format_html('<a href="{}">{}</a>', address, template.label)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: EmailTemplate | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: EmailTemplate | None = None) -> bool:
        return False


class TemplateFilter(admin.SimpleListFilter):
    """Filters by the ids of a text's versions: with a join, the database would plan a rare mail
    like a common one.
    """

    title = _("template")
    parameter_name = "template"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, StrPromise | str]]:
        return [(kind.key, kind.label) for kind in all_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Email]) -> QuerySet[Email]:
        if not self.value():
            return queryset
        versions = EmailTemplate.objects.filter(key=self.value()).values_list("pk", flat=True)
        return queryset.filter(template__in=list(versions))


@admin.register(Email)
class EmailAdmin(LargeList[Email]):
    """Read-only, and without the mail's content."""

    list_display = ("created_at", "state", "to", "template", "attempts", "why")
    list_filter = ("state", TemplateFilter)
    list_select_related = ("template",)
    search_fields = ("to__exact",)
    search_help_text = _("The full address the email went to")
    ordering = ("-created_at", "-id")
    fields = (
        "state", "to", "language", "template", "thread", "attempts", "why", "created_at",
        "next_attempt_at", "sent_at",
    )  # fmt: skip
    readonly_fields = ("why",)

    @admin.display(description=_("last error"))
    def why(self, email: Email) -> str:
        return " ".join(filter(None, (str(in_words(email.error)), answer_in(email.error))))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Email | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Email | None = None) -> bool:
        return False
