from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine
from accounts.models import User
from common.sort_keys import sort_key_column

#: Characters of a name.
LONGEST_VIEW_NAME = 60


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def kept(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """Their own, and those that are shared with the team."""
        if not user.works_cases:
            return self.none()
        return self.kept().filter(Q(owner=user) | Q(is_shared=True))

    def changeable_by(self, user: User) -> Self:
        """Also what was deleted. What is shared is changed by any supervisor."""
        if not user.works_cases:
            return self.none()
        own = Q(owner=user, is_shared=False)
        return self.filter(own | Q(is_shared=True)) if user.supervises else self.filter(own)


class SavedView(models.Model):
    """A view of the queue and its filters, under a name: codes, never what they led to."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = MaskedLine(_("name"), max_length=LONGEST_VIEW_NAME)
    name_sort = sort_key_column()
    view = models.CharField(_("view"), max_length=16)
    filters = models.JSONField(_("filters"))  # name → value, as in the address of the queue
    is_shared = models.BooleanField(_("shared with the team"), default=False)
    created_at = models.DateTimeField(_("saved"))
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    # the last one of each person can be undone
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["is_shared", "name_sort", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name_sort"],
                condition=Q(deleted_at__isnull=True, is_shared=False),
                name="saved_view_once",
            ),
            models.UniqueConstraint(
                fields=["name_sort"],
                condition=Q(deleted_at__isnull=True, is_shared=True),
                name="shared_view_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_named"),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True, deleted_by__isnull=True)
                | Q(deleted_at__isnull=False, deleted_by__isnull=False),
                name="saved_view_deleted_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.name
