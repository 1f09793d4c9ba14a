from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases import asked_items
from cases.enums import ItemState
from cases.models.case import Case
from cases.models.evidence import Evidence
from cases.models.holds import kept_on_hold
from cases.models.kind import EvidenceSlot


class AskedItemQuerySet(models.QuerySet["AskedItem"]):
    def missing(self) -> Self:
        """What the customer still has to send."""
        return self.filter(state__in=asked_items.MISSING)

    def open(self) -> Self:
        """No one has decided about them."""
        return self.filter(state__in=asked_items.OPEN)


class AskedItem(models.Model):
    """Something a customer was asked to send: one row a case, the same state everywhere."""

    case = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="asked_items",
        db_index=False,  # asked_item_once starts with it
    )
    slot = models.ForeignKey(
        EvidenceSlot,
        models.PROTECT,
        db_column="slot",  # it holds the key
        related_name="asked_items",
        verbose_name=_("proof"),
        db_index=False,  # no list starts with it
    )
    state = models.CharField(
        _("status"), max_length=10, choices=ItemState.choices, default=ItemState.ASKED
    )
    #: What was sent as it, including unreadable files.
    files = models.ManyToManyField(
        Evidence, through="AskedItemFile", related_name="answers", verbose_name=_("files")
    )
    asked_at = models.DateTimeField(_("requested"))
    changed_at = models.DateTimeField(_("changed"))

    objects = AskedItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("requested item")
        verbose_name_plural = _("requested items")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "slot"], name="asked_item_once"),
            models.CheckConstraint(
                condition=Q(state__in=ItemState.values),
                name="asked_item_state_known",
            ),
        ]
        triggers = [
            kept_on_hold("asked_item_kept_on_hold"),
            pgtrigger.FSM(
                name="asked_item_state_table",
                field="state",
                transitions=[
                    (start.value, end.value)
                    for start, ends in asked_items.TRANSITIONS.items()
                    for end in sorted(ends)
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.slot_id}"

    @property
    def is_open(self) -> bool:
        return self.state in asked_items.OPEN

    @property
    def is_missing(self) -> bool:
        return self.state in asked_items.MISSING


class AskedItemFile(models.Model):
    """A file that was sent as an item. Its own table only because of its indexes."""

    item = models.ForeignKey(
        AskedItem,
        models.PROTECT,
        db_index=False,  # asked_item_file_once starts with it
    )
    evidence = models.ForeignKey(Evidence, models.PROTECT)

    class Meta:
        verbose_name = _("file for a requested item")
        verbose_name_plural = _("files for requested items")
        constraints = [
            models.UniqueConstraint(fields=["item", "evidence"], name="asked_item_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.evidence}"
