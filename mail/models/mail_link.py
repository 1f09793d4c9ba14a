from __future__ import annotations

from django.db import models

from mail.models.email import Email


class MailLink(models.Model):
    """What a mail is about, in the terms of the room that sent it: one row for each mail.

    Each room above derives a model from this; `mail.outbound.enqueue` writes its row with the mail.
    """

    email = models.OneToOneField(
        Email, models.PROTECT, primary_key=True, related_name="%(class)s", editable=False
    )

    class Meta:
        abstract = True
