from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedLine, MaskedText
from telephone.enums import CallState, Direction, EndCause
from telephone.phone_numbers import LONGEST
from telephone.reading import LONGEST_ID
from telephone.states import RINGS, call_state

if TYPE_CHECKING:
    from accounts.models import User

#: Someone called, and no one of ours answered.
UNANSWERED = Q(direction=Direction.INBOUND, answered_at=None) & ~Q(end_cause=EndCause.FORWARDED)


class PhoneCallQuerySet(models.QuerySet["PhoneCall"]):
    def visible_to(self, user: User) -> Self:
        """The only door to phone calls."""
        return self if user.works_cases else self.none()

    def missed(self, now: datetime) -> Self:
        is_over = Q(ended_at__isnull=False) | Q(rang_at__lt=now - RINGS)
        return self.filter(UNANSWERED).filter(is_over)

    def unreached(self, now: datetime) -> Self:
        """Ours, and no one answered."""
        is_over = Q(ended_at__isnull=False) | Q(rang_at__lt=now - RINGS)
        return self.filter(is_over, direction=Direction.OUTBOUND, answered_at=None)

    def to_call_back(self, now: datetime) -> Self:
        """Missed, with a number, and neither called back nor marked as done."""
        return self.missed(now).filter(settled_at=None).exclude(number="")


class PhoneCall(models.Model):
    """A call as the telephone system told it, event by event (actions/record_event.py)."""

    call_id = models.CharField(_("call ID"), max_length=LONGEST_ID)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    from_sent = MaskedLine(_("caller as sent"), max_length=LONGEST, blank=True)
    to_sent = MaskedLine(_("called number as sent"), max_length=LONGEST, blank=True)
    from_number = models.CharField(_("caller"), max_length=16, blank=True, help_text="E.164")
    to_number = models.CharField(_("called number"), max_length=16, blank=True, help_text="E.164")
    number = models.GeneratedField(
        expression=Case(
            When(direction=Direction.INBOUND, then=F("from_number")), default=F("to_number")
        ),
        output_field=models.CharField(max_length=16),
        db_persist=True,
        verbose_name=_("the other party’s number"),
    )
    extension = models.CharField(_("extension"), max_length=LONGEST, blank=True)
    # Who answered, or whose phone alone rang.
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="phone_calls",
        verbose_name=_("agent"),
        db_index=False,  # phone_call_of_agent starts with it
    )
    rang_at = models.DateTimeField(_("rang"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_cause = models.CharField(
        _("why it ended"), max_length=14, choices=EndCause.choices, blank=True
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    later_call = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    settled_reason = MaskedText(blank=True)

    objects = PhoneCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("phone call")
        verbose_name_plural = _("phone calls")
        indexes = [
            # queries/call_log.py: all calls, newest first
            models.Index(fields=["-rang_at", "-id"], name="phone_call_newest"),
            # queries/call_log.py: an agent's own
            models.Index(fields=["agent", "-rang_at", "-id"], name="phone_call_of_agent"),
            # queries/call_log.py: with one number
            models.Index(
                fields=["number", "-rang_at", "-id"],
                name="phone_call_with_number",
                condition=~Q(number=""),
            ),
            # queries/call_log.py: missed
            models.Index(
                fields=["-rang_at", "-id"], name="phone_call_missed", condition=UNANSWERED
            ),
            # queries/call_log.py: to call back, and how many
            models.Index(
                fields=["rang_at", "id"],
                name="phone_call_to_call_back",
                condition=UNANSWERED & Q(settled_at=None) & ~Q(number=""),
            ),
            # actions/record_event.py: what an answered call settles
            models.Index(
                fields=["number"],
                name="phone_call_unsettled",
                condition=UNANSWERED & Q(settled_at=None) & ~Q(number=""),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call_id"], name="phone_call_once"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="phone_call_direction_known"
            ),
            models.CheckConstraint(
                condition=Q(end_cause="") | Q(ended_at__isnull=False),
                name="phone_call_cause_of_an_end",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, later_call=None, settled_by=None, settled_reason="")
                | Q(
                    settled_at__isnull=False,
                    later_call__isnull=False,
                    settled_by=None,
                    settled_reason="",
                )
                | (
                    Q(settled_at__isnull=False, later_call=None, settled_by__isnull=False)
                    & ~Q(settled_reason="")
                ),
                name="phone_call_settled_by_call_or_person",
            ),
        ]
        triggers = [pgtrigger.Protect(name="phone_call_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.rang_at:%Y-%m-%d}"

    def state(self, now: datetime) -> CallState:
        return call_state(
            direction=self.direction,
            rang_at=self.rang_at,
            answered_at=self.answered_at,
            ended_at=self.ended_at,
            now=now,
        )

    def was_missed_by(self, moment: datetime) -> bool:
        """By then, whatever was told of it later."""
        if self.answered_at or not self.is_inbound:
            return False
        was_over = self.ended_at is not None and self.ended_at <= moment
        return was_over or moment - self.rang_at > RINGS

    @property
    def talked(self) -> str:
        """Minutes and seconds as telephones show them; empty until both ends are known."""
        if self.answered_at is None or self.ended_at is None:
            return ""
        minutes, seconds = divmod(int((self.ended_at - self.answered_at).total_seconds()), 60)
        return f"{minutes}:{seconds:02}"

    @property
    def is_inbound(self) -> bool:
        return self.direction == Direction.INBOUND


class PhoneCallRing(models.Model):
    """Whose phone rang: a group's call rings at several."""

    call = models.ForeignKey(
        PhoneCall,
        models.PROTECT,
        related_name="rings",
        db_index=False,  # phone_ring_once starts with it
    )
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,  # phone_ring_of_agent starts with it
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("ring")
        verbose_name_plural = _("rings")
        indexes = [
            # queries/ringing.py: an agent's latest
            models.Index(fields=["agent", "-at"], name="phone_ring_of_agent")
        ]
        constraints = [models.UniqueConstraint(fields=["call", "agent"], name="phone_ring_once")]
        triggers = [
            pgtrigger.Protect(
                name="phone_ring_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.at:%Y-%m-%d}"
