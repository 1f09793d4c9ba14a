from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.entry import Entry

if TYPE_CHECKING:
    from accounts.models import User


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> Self:
        """Shares the visibility of its entry."""
        return self.filter(entry__in=Entry.objects.visible_to(user))


class Evidence(models.Model):
    """A file sent as proof: the original as it came, and a cleaned copy for people to look at."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    name = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=40)
    size = models.PositiveIntegerField(_("size"), help_text="bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    # Random names below EVIDENCE_ROOT.
    original = models.CharField(max_length=80, unique=True)
    view = models.CharField(max_length=80, unique=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        triggers = [
            pgtrigger.Protect(
                name="evidence_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


class EvidenceView(models.Model):
    """Somebody opened an original."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="views")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("view of evidence")
        verbose_name_plural = _("views of evidence")

    def __str__(self) -> str:
        return f"{self.evidence} {self.at:%Y-%m-%d}"
