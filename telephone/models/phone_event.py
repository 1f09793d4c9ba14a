from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedJSON
from telephone.enums import EventKind
from telephone.models.phone_call import PhoneCall


class PhoneEvent(models.Model):
    """What came, and when: once for each kind of event of a call. Only ever added."""

    call = models.ForeignKey(
        PhoneCall,
        models.PROTECT,
        related_name="events",
        db_index=False,  # phone_event_once starts with it
    )
    kind = models.CharField(_("event"), max_length=7, choices=EventKind.choices)
    at = models.DateTimeField(_("received"))
    sent = MaskedJSON(_("as sent"), default=dict)

    class Meta:
        verbose_name = _("phone event")
        verbose_name_plural = _("phone events")
        constraints = [
            models.UniqueConstraint(fields=["call", "kind"], name="phone_event_once"),
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values), name="phone_event_kind_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="phone_event_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
