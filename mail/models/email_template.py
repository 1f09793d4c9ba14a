from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mail import kinds
from mail.kinds import Text
from mail.models.versioned_text import VersionedText, newest

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class EmailTemplateQuerySet(models.QuerySet["EmailTemplate"]):
    def current(self) -> Self:
        return newest(self, "key")


class EmailTemplate(VersionedText):
    """A mail's text in both languages."""

    key = models.CharField(_("email"), max_length=30)
    subject = models.CharField(_("subject"), max_length=150)

    # modeltranslation puts its own class in between
    objects = EmailTemplateQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("email template")
        verbose_name_plural = _("email templates")
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="email_template_version_once"),
            models.CheckConstraint(
                condition=~(
                    Q(subject_en="") | Q(subject_es="") | Q(body_en="") | Q(body_es="")
                    | Q(subject_en__isnull=True) | Q(subject_es__isnull=True)
                    | Q(body_en__isnull=True) | Q(body_es__isnull=True)
                ),
                name="email_template_both_languages",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(
                name="email_template_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return _("%(text)s, version %(number)s") % {"text": self.label, "number": self.version}

    def in_language(self, language: str) -> Text:
        subject, body = getattr(self, f"subject_{language}"), getattr(self, f"body_{language}")
        return kinds.text_of(self.key, language, subject, body)

    @property
    def label(self) -> StrPromise | str:
        return kinds.label_of(self.key)
