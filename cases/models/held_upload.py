from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.stored_file import StoredFile


class HeldUpload(StoredFile):
    """A file that arrived before its form was sent successfully, or with one that was refused.

    It waits for that form and that person only; the form's action makes evidence of it.
    """

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="held_uploads",
        db_index=False,  # held_upload_of starts with it
    )
    form = models.CharField(max_length=250)  # its address
    at = models.DateTimeField()

    class Meta(StoredFile.Meta):
        verbose_name = _("held upload")
        verbose_name_plural = _("held uploads")
        indexes = [
            models.Index(fields=["holder", "at"], name="held_upload_of"),  # held_for, hold_upload
            models.Index(fields=["at"], name="held_upload_old"),  # sweep_uploads
        ]
