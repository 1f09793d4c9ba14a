from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedText
from cases.models.case import Case
from cases.models.holds import kept_on_hold


class Escalation(models.Model):
    """A case handed to the supervisors, with the reason."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="escalations")
    reason = MaskedText(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("date and time"))

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="escalation_has_a_reason")
        ]
        triggers = [kept_on_hold("escalation_kept_on_hold")]

    def __str__(self) -> str:
        return f"{self.case} {self.at:%Y-%m-%d}"
