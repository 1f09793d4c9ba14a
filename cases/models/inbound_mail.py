from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine, MaskedText
from cases.enums import InboundSource, InboundState, Searched
from cases.models.case import Case
from cases.models.entry import Entry
from cases.models.holds import kept_on_hold
from cases.models.searched import keeps_searched
from mail.enums import ParkReason
from mail.models.email import Email

if TYPE_CHECKING:
    from accounts.models import User


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    def visible_to(self, user: User) -> Self:
        return self if user.works_cases else self.none()

    def parked(self) -> Self:
        return self.filter(state=InboundState.PARKED)


class InboundMail(models.Model):
    """A mail that came in: an entry of its case, or parked for someone. Never dropped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The same message, by another way or a second time, has the same key.
    key = models.CharField(max_length=64)
    source = models.CharField(_("source"), max_length=7, choices=InboundSource.choices)
    message_id = models.CharField(max_length=250, blank=True)
    sender = models.CharField(_("from"), max_length=320, blank=True)
    subject = MaskedLine(_("subject"), max_length=250, blank=True)
    # What could be read of it, within limits.
    text = MaskedText(_("text"), blank=True)
    received_at = models.DateTimeField(_("received"))
    # The original as it came: a random name under EVIDENCE_ROOT.
    original = models.CharField(max_length=80)
    size = models.PositiveIntegerField(_("size"), help_text="bytes")
    sha256 = models.CharField("SHA-256", max_length=64)

    state = models.CharField(_("status"), max_length=9, choices=InboundState.choices)
    reason = models.CharField(_("reason"), max_length=10, choices=ParkReason.choices, blank=True)
    # Which of our mails it answers or reports on, if known.
    answers = models.ForeignKey(
        Email, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    # The case it belongs to or, if parked, may belong to.
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="inbound_mails"
    )
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, blank=True, related_name="inbound_mail"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("incoming email")
        verbose_name_plural = _("incoming emails")
        indexes = [
            # queries/parked.py: what waits for someone, oldest first
            models.Index(
                fields=["received_at", "id"],
                name="inbound_parked",
                condition=Q(state=InboundState.PARKED),
            ),
            # queries/parked.py: what was dismissed, newest first
            models.Index(
                fields=["-received_at", "-id"],
                name="inbound_dismissed",
                condition=Q(state=InboundState.DISMISSED),
            ),
            # actions/receive_mail.py: how many a sender has sent recently
            models.Index(fields=["sender", "-received_at"], name="inbound_sender"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="inbound_key_once"),
            models.UniqueConstraint(fields=["original"], name="inbound_original_once"),
            models.CheckConstraint(
                condition=Q(state=InboundState.ENTERED, case__isnull=False, entry__isnull=False)
                | Q(state__in=[InboundState.PARKED, InboundState.DISMISSED], entry__isnull=True),
                name="inbound_entered_has_an_entry",
            ),
            models.CheckConstraint(
                condition=~Q(state=InboundState.PARKED) | Q(reason__in=ParkReason.values),
                name="inbound_parked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="inbound_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=InboundState.DISMISSED) | Q(decided_at__isnull=False),
                name="inbound_dismissed_by_somebody",
            ),
        ]
        triggers = [
            kept_on_hold("inbound_kept_on_hold"),
            keeps_searched(
                Searched.SUBJECT, pgtrigger.Insert | pgtrigger.UpdateOf("subject", "entry_id")
            ),
            keeps_searched(
                Searched.MAIL,
                pgtrigger.Insert | pgtrigger.UpdateOf("sender", "subject", "text", "entry_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.received_at:%Y-%m-%d}"


class InboundOriginalView(models.Model):
    """Someone opened a mail as it came, unmasked, and said why. Only ever added."""

    mail = models.ForeignKey(InboundMail, models.PROTECT, related_name="original_views")
    reason = MaskedLine(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("view of an original email")
        verbose_name_plural = _("views of original emails")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="original_view_has_a_reason")
        ]
        triggers = [
            pgtrigger.Protect(
                name="original_view_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.mail} {self.at:%Y-%m-%d}"
