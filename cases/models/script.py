from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import ScriptMedium
from cases.models.kind import ScriptSituation
from mail.models.versioned_text import VersionedText, newest


class ScriptQuerySet(models.QuerySet["Script"]):
    def current(self) -> Self:
        return newest(self, "situation", "medium")


class Script(VersionedText):
    """What an agent says or writes in a situation, in both languages."""

    situation = models.ForeignKey(
        ScriptSituation,
        models.PROTECT,
        db_column="situation",
        related_name="scripts",
        verbose_name=_("topic"),
        db_index=False,  # script_version_once starts with it
    )
    medium = models.CharField(_("medium"), max_length=5, choices=ScriptMedium.choices)

    # modeltranslation puts its own class in between
    objects = ScriptQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("script")
        verbose_name_plural = _("scripts")
        ordering = ["situation", "medium", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["situation", "medium", "version"], name="script_version_once"
            ),
            models.CheckConstraint(
                condition=Q(medium__in=ScriptMedium.values), name="script_medium_known"
            ),
            models.CheckConstraint(
                condition=~(
                    Q(body_en="") | Q(body_es="")
                    | Q(body_en__isnull=True) | Q(body_es__isnull=True)
                ),
                name="script_both_languages",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(
                name="script_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.situation} · {self.get_medium_display()} · {self.version}"
