from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language


class TakePreference(models.Model):
    """Which cases "Take next" gives someone. Who has no row takes every case."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("user"),
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language.choices), verbose_name=_("languages")
    )
    # Keys of case kinds. None of them: all, also those that are added later.
    kinds = ArrayField(
        models.CharField(max_length=24), default=list, blank=True, verbose_name=_("reasons")
    )

    class Meta:
        verbose_name = _("cases someone takes")
        verbose_name_plural = _("cases people take")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(languages__len__gte=1), name="take_some_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {', '.join(self.languages)}"
