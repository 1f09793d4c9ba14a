from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leases.models.lease import Lease


class SsnDigest(models.Model):
    """The last four digits of the SSN that an application asked for: compared, never read.

    See `accounts.keyed_digests`.
    """

    lease = models.OneToOneField(
        Lease, models.PROTECT, primary_key=True, related_name="ssn_digest", verbose_name=_("lease")
    )
    digest = models.CharField(max_length=120, editable=False)

    class Meta:
        verbose_name = _("digest of an SSN")
        verbose_name_plural = _("digests of SSNs")
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^hmac:[^:]+:[A-Za-z0-9+/]{43}=$"),
                name="ssn_digest_is_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.lease)
