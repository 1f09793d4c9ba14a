from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from cases.enums import TemplateKey


class EmailTemplateQuerySet(models.QuerySet["EmailTemplate"]):
    def current(self) -> Self:
        newest = self.model._default_manager.filter(key=OuterRef("key")).order_by("-version")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))


class EmailTemplate(models.Model):
    """A mail's text in both languages. An edit is a new version: what was sent stays readable.

    Texts hold placeholders such as {case_number}; they are filled in, never executed.
    """

    key = models.CharField(_("mail"), max_length=30, choices=TemplateKey.choices)
    version = models.PositiveIntegerField(_("version"), default=1)
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"), max_length=10_000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"))

    # modeltranslation puts its own class in between
    objects = EmailTemplateQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("e-mail template")
        verbose_name_plural = _("e-mail templates")
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
        return f"{self.get_key_display()} · {self.version}"
