from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.masked_fields import MaskedText
from cases.enums import CancelReason, Channel, FollowUpRule, FollowUpText
from cases.models.case import Case
from cases.models.holds import kept_on_hold

if TYPE_CHECKING:
    from accounts.models import User


_PENDING = Q(done_at__isnull=True, cancelled_at__isnull=True)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> Self:
        """Plans are internal: a customer sees a follow-up once it has been sent, as an entry."""
        return self if user.works_cases else self.none()  # who see every case

    def pending(self) -> Self:
        return self.filter(_PENDING)

    def settled(self) -> Self:
        return self.exclude(done_at__isnull=True, cancelled_at__isnull=True)

    def due(self, now: datetime) -> Self:
        return self.pending().filter(send_at__lte=now)


class FollowUp(models.Model):
    """A mail that goes to the customer, or a call that is due, at a time chosen in advance."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    rule = models.CharField(
        _("when"), max_length=13, choices=FollowUpRule.choices, default=FollowUpRule.ON_DAY
    )
    on = models.DateField(_("date"))
    # What a mail says: a text of the administrators, with these words if it has a place for them.
    template = models.CharField(
        _("email template"),
        max_length=30,
        choices=FollowUpText.choices,
        default=FollowUpText.FOLLOW_UP,
    )
    channel = models.CharField(
        _("channel"), max_length=10, choices=Channel.choices, default=Channel.EMAIL
    )
    # Empty until it's sent if no one chose one: our text then uses the customer's language of that
    # day.
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, blank=True, default=""
    )
    message = MaskedText(_("message"), blank=True)
    send_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,  # people are never deleted
    )
    # Whose case it is. Triggers maintain it, so that a person's plans are found without their
    # cases.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,  # people are never deleted
    )
    at = models.DateTimeField()
    # The mail was put into the outbox, or someone made the call.
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancel_reason = models.CharField(
        max_length=15, choices=CancelReason.choices, blank=True, default=""
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["send_at"]
        indexes = [
            # queries/calendar.py: what is planned,
            models.Index(fields=["send_at", "id"], name="follow_up_due", condition=_PENDING),
            # by a person, or about their cases,
            models.Index(fields=["by", "send_at"], name="follow_up_by", condition=_PENDING),
            models.Index(fields=["assignee", "send_at"], name="follow_up_own", condition=_PENDING),
            # and the next day with anything planned
            models.Index(fields=["on"], name="follow_up_day", condition=_PENDING),
            # actions/send_follow_ups.py, queries/mail_state.py: mails that are due, or late
            models.Index(
                fields=["send_at", "id"],
                name="follow_up_mail_due",
                condition=_PENDING & Q(channel=Channel.EMAIL),
            ),
            # queries/follow_up_reasons.py: what waits for a store
            models.Index(
                fields=["send_at", "id"],
                name="follow_up_store",
                condition=_PENDING & Q(rule=FollowUpRule.STORE_SILENT),
            ),
            models.Index(  # queries/calendar.py: what was sent or done in a week
                fields=["done_at"], name="follow_up_done", condition=Q(done_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="follow_up_done_or_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancel_reason="")
                | Q(cancelled_at__isnull=False, cancel_reason__in=CancelReason.values),
                name="follow_up_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(cancel_reason=CancelReason.BY_HAND) | Q(cancelled_by__isnull=False),
                name="follow_up_cancelled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.EMAIL, done_by__isnull=True)
                | Q(channel=Channel.PHONE, done_at__isnull=True, done_by__isnull=True)
                | Q(channel=Channel.PHONE, done_at__isnull=False, done_by__isnull=False),
                name="follow_up_call_made_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    rule__in=FollowUpRule.values,
                    template__in=FollowUpText.values,
                    language__in=["", *Language.values],
                ),
                name="follow_up_codes_known",
            ),
            models.CheckConstraint(
                condition=~Q(language="") | Q(message="", done_at__isnull=True),
                name="follow_up_words_have_a_language",
            ),
        ]

        triggers = [
            kept_on_hold("follow_up_kept_on_hold"),
            pgtrigger.Trigger(
                name="follow_up_owner",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    SELECT assignee_id INTO NEW.assignee_id FROM cases_case WHERE id = NEW.case_id;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.on}"

    @property
    def spoken(self) -> str:
        """The language it goes out in, as things are now."""
        return self.language or self.case.person.language

    @property
    def template_label(self) -> str:
        """Like `get_template_display`, which goes through all choices every time."""
        return str(FollowUpText(self.template).label)

    @property
    def is_pending(self) -> bool:
        return self.done_at is None and self.cancelled_at is None

    @property
    def is_call(self) -> bool:
        return self.channel == Channel.PHONE
