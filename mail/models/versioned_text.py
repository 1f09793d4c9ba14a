from __future__ import annotations

from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

Rows = TypeVar("Rows", bound=QuerySet[Any])


class VersionedText(models.Model):
    """A text that administrators edit. An edit is a new row, so what was sent or said stays
    readable.

    Texts contain placeholders such as {case_number}, which are filled in and never executed.
    """

    version = models.PositiveIntegerField(_("version"), default=1)
    body = models.TextField(_("text"), max_length=10_000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    at = models.DateTimeField(_("date and time"))

    class Meta:
        abstract = True


def newest(rows: Rows, *fields: str) -> Rows:
    """The last version of each text; `fields` identify a text."""
    same = {field: OuterRef(field) for field in fields}
    versions = rows.model._default_manager.filter(**same).order_by("-version")
    return rows.filter(pk=Subquery(versions.values("pk")[:1]))
