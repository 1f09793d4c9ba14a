from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Searched
from cases.models.entry import Entry
from cases.models.searched import keeps_searched
from cases.models.stored_file import StoredFile

if TYPE_CHECKING:
    from accounts.models import User


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> Self:
        """Shares the visibility of its entry."""
        return self.filter(entry__in=Entry.objects.visible_to(user))


class Evidence(StoredFile):
    """A file sent as evidence: the original as it came, and a cleaned copy for people to
    look at.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")

    objects = EvidenceQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = _("proof")
        verbose_name_plural = _("proof")
        triggers = [
            keeps_searched(Searched.FILE),
            pgtrigger.Protect(
                name="evidence_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]


class EvidenceView(models.Model):
    """Someone looked at a file, or downloaded its original. Only ever added."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="views")
    # The original itself; otherwise its cleaned copy was shown. Before an upgrade, only this was
    # recorded.
    is_download = models.BooleanField(_("downloaded"), db_default=True)
    # Of a document shown page by page.
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("view of proof")
        verbose_name_plural = _("views of proof")
        triggers = [
            pgtrigger.Protect(
                name="evidence_view_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.evidence} {self.at:%Y-%m-%d}"
