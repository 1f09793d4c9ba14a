from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.entry import Entry
from cases.models.follow_up import FollowUp
from cases.models.holds import kept_on_hold
from cases.models.outside_deadline import OutsideDeadline
from cases.models.promise import Promise
from mail.models import MailLink


class CaseMail(MailLink):
    """A mail to the customer that is part of their case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="mails", db_index=False)
    # The timeline's entry that this mail came with.
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="mails", db_index=False
    )
    # What else the mail is about.
    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, null=True, blank=True, related_name="mails", db_index=False
    )
    promise = models.ForeignKey(
        Promise, models.PROTECT, null=True, blank=True, related_name="mails", db_index=False
    )

    class Meta:
        verbose_name = _("email about a case")
        verbose_name_plural = _("emails about cases")
        indexes = [
            models.Index(fields=["case"], name="case_mail_case"),
            # queries/timeline.py
            models.Index(
                fields=["entry"], name="case_mail_entry", condition=Q(entry__isnull=False)
            ),
            # queries/follow_ups.py: what became of each
            models.Index(
                fields=["follow_up"],
                name="case_mail_follow_up",
                condition=Q(follow_up__isnull=False),
            ),
            # queries/agreements.py, actions/remind_of_promises.py: what was sent
            models.Index(
                fields=["promise"], name="case_mail_promise", condition=Q(promise__isnull=False)
            ),
        ]
        triggers = [kept_on_hold("case_mail_kept_on_hold")]

    def __str__(self) -> str:
        return f"{self.case} {self.email_id}"


class DeadlineMail(MailLink):
    """A warning to one of our own people; not part of the customer's case."""

    deadline = models.ForeignKey(OutsideDeadline, models.PROTECT, related_name="mails")

    class Meta:
        verbose_name = _("outside deadline warning")
        verbose_name_plural = _("outside deadline warnings")

    def __str__(self) -> str:
        return f"{self.deadline} {self.email_id}"
