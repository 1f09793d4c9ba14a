from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case as CaseWhen
from django.db.models import Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.masked_fields import MaskedLine
from cases import lifecycle, numbers
from cases.enums import CaseStatus, Channel, Party, Searched
from cases.models.case_contact import CaseContact
from cases.models.kind import CaseKind
from cases.models.searched import KEEPS_CONTACT, KEEPS_KIND, keeps_searched
from leases.models import Customer, Lease

if TYPE_CHECKING:
    from accounts.models import User

HEADLINE = 140
SNOOZE_REASON = 300
#: Of one case: more would be a text.
MOST_CASE_TAGS = 12

#: Who a case is about.
Person = Customer | CaseContact


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Self:
        """The only door to cases: lists, searches, pages, mails and downloads start here."""
        if user.is_customer:
            return self.filter(lease__customer__user=user)
        return self if user.works_cases else self.none()

    def active(self) -> Self:
        return self.filter(status__in=lifecycle.ACTIVE)

    def awake(self) -> Self:
        return self.filter(snoozed_until=None)

    def snoozed(self) -> Self:
        return self.filter(snoozed_until__isnull=False)

    def tagged(self, tag: int) -> Self:
        """With this key of a Tag. That there are tags is said, too, as the indexes say it."""
        return self.filter(~models.Q(tags=[]), tags__contains=[tag])

    def overdue(self, today: date) -> Self:
        return self.active().filter(due_on__lt=today)

    def with_parties(self) -> Self:
        return self.select_related(
            "kind", "lease__customer", "lease__store__merchant", "contact", "assignee"
        )


class Case(models.Model):
    """A dispute, return or late-payment issue, from the first call to its outcome."""

    number = models.CharField(_("case number"), max_length=12)
    # A case may begin without one; then `contact` says who it's about.
    lease = models.ForeignKey(
        Lease,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("lease"),
        db_index=False,  # case_of_lease starts with it
    )
    # Stays when a lease is attached, so that it can be detached.
    contact = models.OneToOneField(
        CaseContact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case",
        verbose_name=_("contact"),
    )
    kind = models.ForeignKey(
        CaseKind,
        models.PROTECT,
        db_column="kind",  # it holds the key
        related_name="cases",
        verbose_name=_("reason for the case"),
        db_index=False,  # case_queue_of_kind and case_done_of_kind start with it
    )
    status = models.CharField(
        _("status"), max_length=20, choices=CaseStatus.choices, default=CaseStatus.OPEN
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    # The language of the contact that opened the case; the customer's own is on the customer.
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    headline = MaskedLine(_("summary"), max_length=HEADLINE)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_cases",
        verbose_name=_("assigned to"),
    )
    due_on = models.DateField(_("due"))
    # Since when a customer's message waits for an answer.
    customer_wrote_at = models.DateTimeField(_("customer wrote"), null=True, blank=True)
    # Snoozed until then; not in the queue's usual views in the meantime. Its dates go on.
    snoozed_until = models.DateTimeField(_("snoozed until"), null=True, blank=True)
    snooze_ends_on_reply = models.BooleanField(
        _("or until something comes in"), default=False, db_default=False
    )
    snooze_reason = MaskedLine(
        _("why it’s snoozed"), max_length=SNOOZE_REASON, blank=True, default="", db_default=""
    )
    # Keys of Tag, in the order in which they were added.
    tags = ArrayField(
        models.BigIntegerField(), verbose_name=_("tags"), default=list, db_default=[], blank=True
    )
    # Whether a flag is in force; a trigger of CaseFlag keeps it.
    is_flagged = models.BooleanField(default=False, db_default=False, editable=False)
    # Counts saves, so that a stale page is told from a fresh one.
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("changed"))
    # Escalated cases come first in every queue.
    rank = models.GeneratedField(
        expression=CaseWhen(When(status=CaseStatus.ESCALATED, then=Value(0)), default=Value(1)),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        # Those of the queue include `snoozed_until`, so that it's looked at without the row.
        indexes = [
            # queries/queue.py: what is due first, among cases with work left
            models.Index(
                fields=["rank", "due_on", "id"],
                name="case_queue",
                include=["snoozed_until"],
                condition=Q(status__in=sorted(lifecycle.ACTIVE)),
            ),
            # queries/queue.py: a person's own queue
            models.Index(
                fields=["assignee", "rank", "due_on", "id"],
                name="case_own_queue",
                include=["snoozed_until"],
                condition=Q(status__in=sorted(lifecycle.ACTIVE)),
            ),
            # queries/queue.py: customers who wait for an answer
            models.Index(
                fields=["rank", "due_on", "id"],
                name="case_unanswered",
                include=["snoozed_until"],
                condition=Q(customer_wrote_at__isnull=False, status__in=sorted(lifecycle.ACTIVE)),
            ),
            # queries/queue.py: cases with a flag, which are few
            models.Index(
                fields=["rank", "due_on", "id"],
                name="case_flagged",
                include=["snoozed_until"],
                condition=Q(is_flagged=True, status__in=sorted(lifecycle.ACTIVE)),
            ),
            # queries/week.py: who has waited longest for an answer
            models.Index(
                fields=["customer_wrote_at", "id"],
                name="case_waiting",
                condition=Q(customer_wrote_at__isnull=False),
            ),
            # queries/queue.py: what was finished last
            models.Index(
                fields=["-changed_at", "-id"],
                name="case_done",
                condition=~Q(status__in=sorted(lifecycle.ACTIVE)),
            ),
            # queries/queue.py: what is due first of one status, and of one language
            models.Index(
                fields=["status", "rank", "due_on", "id"],
                name="case_queue_of_status",
                include=["snoozed_until"],
                condition=Q(status__in=sorted(lifecycle.ACTIVE)),
            ),
            models.Index(
                fields=["language", "rank", "due_on", "id"],
                name="case_queue_of_language",
                include=["snoozed_until"],
                condition=Q(status__in=sorted(lifecycle.ACTIVE)),
            ),
            # both of these for one kind
            models.Index(
                fields=["kind", "rank", "due_on", "id"],
                name="case_queue_of_kind",
                include=["snoozed_until"],
                condition=Q(status__in=sorted(lifecycle.ACTIVE)),
            ),
            models.Index(
                fields=["kind", "-changed_at", "-id"],
                name="case_done_of_kind",
                condition=~Q(status__in=sorted(lifecycle.ACTIVE)),
            ),
            # queries/take_next.py: what is due first of what no one has, by what people take
            models.Index(
                fields=["language", "kind", "rank", "due_on", "id"],
                name="case_to_take",
                include=["snoozed_until"],
                condition=Q(assignee__isnull=True, status__in=sorted(lifecycle.ACTIVE)),
            ),
            # queries/queue.py and actions/snooze.py: what is snoozed, by when it comes back
            models.Index(
                fields=["snoozed_until", "id"],
                name="case_snoozed",
                condition=Q(snoozed_until__isnull=False),
            ),
            # queries/queue.py: what has a tag that few cases have; of a common one, case_queue
            # leads to a page sooner
            GinIndex(
                fields=["tags"],
                name="case_tagged",
                fastupdate=False,
                condition=~Q(tags=[]) & Q(status__in=sorted(lifecycle.ACTIVE)),
            ),
            GinIndex(
                fields=["tags"],
                name="case_done_tagged",
                fastupdate=False,
                condition=~Q(tags=[]) & ~Q(status__in=sorted(lifecycle.ACTIVE)),
            ),
            # lease page and portal: a lease's cases, newest first
            models.Index(fields=["lease", "-opened_at"], name="case_of_lease"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=CaseStatus.values), name="case_status_known"
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{9,12}$"), name="case_number_is_digits"
            ),
            models.CheckConstraint(
                condition=Q(lease__isnull=False) | Q(contact__isnull=False),
                name="case_is_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(tags__len__lte=MOST_CASE_TAGS), name="case_tags_at_most"
            ),
            # A supervisor's case doesn't wait, and nothing brings back what has ended.
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=True) | Q(status__in=sorted(lifecycle.SNOOZABLE)),
                name="case_snoozed_can_wait",
            ),
            models.CheckConstraint(
                condition=Q(
                    snoozed_until__isnull=True, snooze_ends_on_reply=False, snooze_reason=""
                )
                | (Q(snoozed_until__isnull=False) & ~Q(snooze_reason="")),
                name="case_snooze_whole",
            ),
        ]
        triggers = [
            keeps_searched(Searched.HEADLINE, pgtrigger.Insert | pgtrigger.UpdateOf("headline")),
            KEEPS_KIND,
            KEEPS_CONTACT,
            pgtrigger.FSM(
                name="case_status_table",
                field="status",
                transitions=[
                    (start.value, end.value)
                    for start, ends in lifecycle.TRANSITIONS.items()
                    for end in sorted(ends)
                ],
            ),
            pgtrigger.Trigger(
                name="case_owner_of_plans",
                operation=pgtrigger.UpdateOf("assignee_id"),
                when=pgtrigger.After,
                condition=pgtrigger.Q(old__assignee__df=pgtrigger.F("new__assignee")),
                func="""
                    UPDATE cases_followup SET assignee_id = NEW.assignee_id WHERE case_id = NEW.id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return numbers.grouped(self.number)

    @property
    def spoken_number(self) -> str:
        """Grouped for reading aloud."""
        return numbers.shown(self.number)

    @property
    def person(self) -> Person:
        """Who it's about: the lease's customer, or else the contact. Name, language, email, phone
        and hours are read of either.
        """
        if self.lease:
            return self.lease.customer
        if self.contact is None:
            raise ValueError(f"case {self.pk} is about no one")  # a constraint refuses it
        return self.contact

    @property
    def store_name(self) -> str:
        """ "" without a lease."""
        return self.lease.store.name if self.lease else ""

    @property
    def is_active(self) -> bool:
        return self.status in lifecycle.ACTIVE

    @property
    def who_acts(self) -> Party:
        return lifecycle.ACTS[CaseStatus(self.status)]
