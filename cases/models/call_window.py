from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedJSON
from cases.models.call_draft import CallDraft


class CallWindow(models.Model):
    """What a window of a call had typed when another one's words became the draft: kept beside it
    until someone has looked at both (actions/save_call.py).
    """

    draft = models.ForeignKey(
        CallDraft,
        models.PROTECT,
        related_name="windows",
        db_index=False,  # call_window_once starts with it
    )
    key = models.UUIDField()
    typed = MaskedJSON(default=dict)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    typed_at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("window of a call")
        verbose_name_plural = _("windows of a call")
        constraints = [
            models.UniqueConstraint(fields=["draft", "key"], name="call_window_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.typed_at:%Y-%m-%d}"
