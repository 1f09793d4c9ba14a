from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine
from cases.tag_names import LONGEST_TAG

#: Rows in all: a list that is longer can't be read, and pages read all of it.
MOST_TAGS = 500
LONGEST_TAG_KEY = 100


class TagQuerySet(models.QuerySet["Tag"]):
    def offered(self) -> Self:
        return self.filter(is_offered=True)


class Tag(models.Model):
    """A word the team gives to cases, made by typing it. Switched off, never deleted: cases and
    their history have it.
    """

    name = MaskedLine(
        _("name"),
        max_length=LONGEST_TAG,
        help_text=_("As your team says it, in any language: it isn’t translated."),
    )
    # `tag_key` of the name
    key = models.CharField(max_length=LONGEST_TAG_KEY, editable=False)
    is_offered = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("Uncheck this to stop offering it. Cases that already have it keep it."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("created by"),
        db_index=False,  # a hundred rows
        editable=False,
    )
    created_at = models.DateTimeField(_("created"), editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="tag_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="tag_named"),
        ]
        triggers = [pgtrigger.Protect(name="tag_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name
