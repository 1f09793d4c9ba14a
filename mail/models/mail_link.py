from __future__ import annotations

from django.db import models

from mail.models.email import Email


class MailLink(models.Model):
    """What a mail is about, in the words of the room that sent it: one row beside the mail's.

    Rooms above derive one model each; `mail.outbound.enqueue` writes it together with the mail.
    """

    email = models.OneToOneField(
        Email, models.PROTECT, primary_key=True, related_name="%(class)s", editable=False
    )

    class Meta:
        abstract = True
