from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file a person sent, checked and stored: the original as it came, and a cleaned copy."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=40)
    size = models.PositiveIntegerField(_("size"), help_text="bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    # Random names under EVIDENCE_ROOT.
    original = models.CharField(max_length=80)
    view = models.CharField(max_length=80)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["original"], name="%(class)s_original_once"),
            models.UniqueConstraint(fields=["view"], name="%(class)s_view_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def facts(self) -> dict[str, Any]:
        """All that describes the file itself, for a row of another kind that takes it over."""
        return {
            field.name: getattr(self, field.name)
            for field in StoredFile._meta.get_fields()
            if field.name != "id"
        }
