from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from telephone.phone_numbers import LONGEST, line_key


class PhoneLine(models.Model):
    """An agent's phone, as the telephone system names it. An agent may have several."""

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="phone_lines",
        verbose_name=_("agent"),
    )
    extension = models.CharField(
        _("extension"),
        max_length=LONGEST,
        help_text=_("As your telephone system sends it: 101, w0, an email address or a number."),
        error_messages={"unique": _("Someone already has this extension.")},
    )

    class Meta:
        verbose_name = _("phone line")
        verbose_name_plural = _("phone lines")
        ordering = ["extension"]
        constraints = [
            models.UniqueConstraint(
                fields=["extension"],
                name="phone_line_once",
                violation_error_message=_("Someone already has this extension."),
                violation_error_code="extension_taken",
            ),
            models.CheckConstraint(
                condition=Q(extension=Lower("extension")) & ~Q(extension=""),
                name="phone_line_as_compared",
            ),
        ]

    def __str__(self) -> str:
        return self.extension

    def clean(self) -> None:
        self.extension = line_key(self.extension)
        if not self.extension:
            raise ValidationError({"extension": _("Enter the extension.")}, code="extension")
