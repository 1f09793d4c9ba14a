from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.masked_fields import MaskedJSON, MaskedText
from cases import numbers
from cases.call_texts import about_whom
from cases.enums import Searched
from cases.models.call_key import KEEPS_KEYS
from cases.models.case import Case
from cases.models.searched import keeps_searched
from leases.models import Lease
from telephone.models import PhoneCall

if TYPE_CHECKING:
    from accounts.models import User


class CallDraftQuerySet(models.QuerySet["CallDraft"]):
    def visible_to(self, user: User) -> Self:
        """The only door to calls being logged: everyone who works cases can finish another agent's
        call, too.
        """
        return self if user.works_cases else self.none()

    def unfinished(self) -> Self:
        return self.filter(case__isnull=True, discarded_at__isnull=True)

    def discarded(self) -> Self:
        return self.filter(discarded_at__isnull=False)


class CallDraft(models.Model):
    """A call being logged: it has the case number before the form is complete, and what was typed.

    Finishing the call makes the case with this number; finishing twice finds the case already made.
    Added to an open case, it keeps its number, which then leads to that case.
    A call that will never become a case is discarded with a reason: it stays, and so does its
    number.
    """

    number = models.CharField(_("case number"), max_length=12)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="call_drafts")
    lease = models.ForeignKey(Lease, models.PROTECT, null=True, blank=True, related_name="+")
    typed = MaskedJSON(default=dict)
    # Counts the saves; a page says which one it came with. Which window saved the last, whose and
    # when; what other windows have typed stands beside it (CallWindow).
    version = models.IntegerField(default=0, db_default=0)
    window = models.UUIDField(null=True, blank=True)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    typed_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField()
    # The case it became, or the open case that it was added to.
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="calls")
    # What the telephone system told of it, if there is one.
    phone_call = models.ForeignKey(
        PhoneCall,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="call_drafts",
        db_index=False,  # call_draft_of_phone_call
    )
    discarded_at = models.DateTimeField(null=True, blank=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    discard_reason = MaskedText(blank=True)

    objects = CallDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("call draft")
        verbose_name_plural = _("call drafts")
        indexes = [
            # the queue's list of one's own unfinished calls
            models.Index(
                fields=["agent", "-started_at"],
                name="call_draft_unfinished",
                condition=Q(case__isnull=True, discarded_at__isnull=True),
            ),
            # queries/calls.py: everyone's unfinished calls
            models.Index(
                fields=["-started_at", "-id"],
                name="call_draft_unfinished_all",
                condition=Q(case__isnull=True, discarded_at__isnull=True),
            ),
            # queries/calls.py: the latest discarded calls
            models.Index(
                fields=["-discarded_at", "-id"],
                name="call_draft_discarded",
                condition=Q(discarded_at__isnull=False),
            ),
            # queries/phone_calls.py: what was logged of a phone call
            models.Index(
                fields=["phone_call"],
                name="call_draft_of_phone_call",
                condition=Q(phone_call__isnull=False),
            ),
        ]
        constraints = [
            # What was discarded by mistake is logged again, under another number.
            models.UniqueConstraint(
                fields=["phone_call"],
                name="call_draft_phone_call_once",
                condition=Q(discarded_at__isnull=True),
            ),
            models.UniqueConstraint(fields=["number"], name="call_draft_number_once"),
            models.CheckConstraint(
                condition=Q(discarded_at=None, discarded_by=None, discard_reason="")
                | (
                    Q(discarded_at__isnull=False, discarded_by__isnull=False, case=None)
                    & ~Q(discard_reason="")
                ),
                name="call_draft_discarded_by_somebody",
            ),
        ]
        triggers = [
            keeps_searched(
                Searched.CALL,
                pgtrigger.Insert
                | pgtrigger.UpdateOf("typed", "lease_id", "case_id", "discard_reason"),
            ),
            KEEPS_KEYS,
            pgtrigger.Protect(name="call_draft_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="call_draft_discarded_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__discarded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.spoken_number

    @property
    def about(self) -> str:
        return about_whom(self.typed)

    @property
    def is_made_by_us(self) -> bool:
        """Whether we place this call: to return one we had missed when it began, or because the
        telephone says that it's outbound.
        """
        call = self.phone_call
        return call is not None and (not call.is_inbound or call.was_missed_by(self.started_at))

    @property
    def spoken_number(self) -> str:
        return numbers.shown(self.number)
