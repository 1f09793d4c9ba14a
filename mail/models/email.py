from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import sealing
from accounts.enums import Language
from accounts.masked_fields import MaskedJSON
from mail import kinds
from mail.enums import EmailState, Settlement
from mail.models.email_template import EmailTemplate

if TYPE_CHECKING:
    from accounts.models import User
    from mail.kinds import MailKind, MailParams


#: In `params` of a secret mail, in place of all others.
SEALED = "sealed"


class EmailQuerySet(models.QuerySet["Email"]):
    def visible_to(self, user: User) -> Self:
        """The mails that staff may see and decide about: not those that open accounts or report to
        others.
        """
        if not user.works_cases:
            return self.none()
        mails = self.filter(is_secret=False)
        if user.supervises:
            return mails
        return mails.exclude(template__key__in=kinds.keys_with("for_supervisors"))

    def undecided(self) -> Self:
        """May have arrived, and no one has decided what to do about it."""
        return self.filter(state=EmailState.UNCERTAIN, settlement="", is_secret=False)

    def undelivered(self) -> Self:
        return self.filter(state=EmailState.FAILED, is_secret=False)


class Email(models.Model):
    """A mail to one recipient: it's a row before it's a mail. See docs/decisions/0003-outbox.md."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # What happened, and to whom: the same event never makes a second mail.
    key = models.CharField(max_length=120)
    template = models.ForeignKey(
        EmailTemplate, models.PROTECT, related_name="+", verbose_name=_("template")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    to = models.EmailField(_("to"))
    # Who gets it in the customer's place; see mail/recipients.py.
    care_of = models.CharField(
        _("in care of"), max_length=120, blank=True, default="", db_default=""
    )
    params = MaskedJSON(default=dict)
    # Holds a code or link that opens an account: erased once sent, never sent twice.
    is_secret = models.BooleanField(default=False)
    # Number of the conversation it belongs to, which answers come back to; see mail/threads.py.
    thread = models.CharField(
        _("conversation"), max_length=12, blank=True, default="", db_default=""
    )
    # Someone only wants to see how it arrives.
    is_test = models.BooleanField(default=False, db_default=False)
    # Someone decided to send it again, whether or not its reason still holds.
    is_again = models.BooleanField(default=False, db_default=False)

    state = models.CharField(
        _("status"), max_length=10, choices=EmailState.choices, default=EmailState.PENDING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    # Since when we've tried in vain; empty while it waits for its hour.
    trying_since = models.DateTimeField(null=True, blank=True)
    # How often it stayed unknown whether it arrived, and when that last happened.
    unanswered = models.PositiveSmallIntegerField(default=0, db_default=0)
    unanswered_at = models.DateTimeField(null=True, blank=True)
    owner = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # The provider's id for it, so that a later report of a bounce finds the mail.
    remote_id = models.CharField(max_length=200, blank=True, default="", db_default="")
    # What was decided about a mail that may or may not have arrived.
    settlement = models.CharField(
        _("decision"),
        max_length=10,
        choices=Settlement.choices,
        blank=True,
        default="",
        db_default="",
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        indexes = [
            # mail/outbound/claim.py: what may be sent now; secrets come first, because someone
            # waits for them
            models.Index(
                fields=["-is_secret", "next_attempt_at", "created_at"],
                name="email_pending",
                condition=Q(state=EmailState.PENDING),
            ),
            # mail/outbound/sweep.py: claims whose owner is gone
            models.Index(
                fields=["claimed_until"],
                name="email_claimed",
                condition=Q(state__in=[EmailState.CLAIMED, EmailState.SENDING]),
            ),
            # mail/outbound/cap.py: what an address got recently; admin.py: everything it got
            models.Index(fields=["to", "-sent_at"], name="email_recipient"),
            # mail/outbound/cap.py: what it may have got
            models.Index(
                fields=["to", "-unanswered_at"],
                name="email_unanswered",
                condition=Q(unanswered_at__isnull=False),
            ),
            # mail/queries/outbox.py: the mail tried in vain the longest
            models.Index(
                fields=["trying_since"],
                name="email_trying",
                condition=Q(
                    state__in=[EmailState.PENDING, EmailState.CLAIMED, EmailState.SENDING],
                    trying_since__isnull=False,
                ),
            ),
            # cases/queries/mails.py: what a supervisor has to decide
            models.Index(
                fields=["created_at", "id"],
                name="email_uncertain",
                condition=Q(state=EmailState.UNCERTAIN, settlement="", is_secret=False),
            ),
            # cases/queries/mails.py: what didn't arrive, newest first
            models.Index(
                fields=["-created_at", "-id"],
                name="email_failed",
                condition=Q(state=EmailState.FAILED, is_secret=False),
            ),
            # admin.py: all mails, newest first; those that weren't sent, by state
            models.Index(fields=["-created_at", "-id"], name="email_newest"),
            models.Index(
                fields=["state", "-created_at", "-id"],
                name="email_not_sent",
                condition=Q(
                    state__in=[EmailState.FAILED, EmailState.UNCERTAIN, EmailState.WITHDRAWN]
                ),
            ),
            # a provider's report about one mail
            models.Index(fields=["remote_id"], name="email_remote", condition=~Q(remote_id="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="email_key_once"),
            models.CheckConstraint(
                condition=Q(state__in=EmailState.values), name="email_state_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="email_language_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[EmailState.CLAIMED, EmailState.SENDING],
                    owner__isnull=False,
                    claimed_until__isnull=False,
                )
                | (
                    ~Q(state__in=[EmailState.CLAIMED, EmailState.SENDING])
                    & Q(owner__isnull=True, claimed_until__isnull=True)
                ),
                name="email_claim_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(state=EmailState.SENT, sent_at__isnull=False)
                | (~Q(state=EmailState.SENT) & Q(sent_at__isnull=True)),
                name="email_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(
                    is_secret=True,
                    state__in=[EmailState.SENT, EmailState.FAILED, EmailState.UNCERTAIN],
                )
                | Q(params={}),
                name="email_secret_is_erased",
            ),
            models.CheckConstraint(
                condition=Q(settlement="", settled_by__isnull=True, settled_at__isnull=True)
                | Q(
                    settlement__in=Settlement.values,
                    state=EmailState.UNCERTAIN,
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                ),
                name="email_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template.label} · {self.get_state_display()}"

    @property
    def kind(self) -> MailKind[Any]:
        """KeyError for a mail that is no longer sent."""
        return kinds.kind_of(self.template.key)

    @property
    def said(self) -> MailParams:
        """`params` as its kind reads them. KeyError or ValueError if they don't fit."""
        said: MailParams = self.kind.read(self._opened())
        return said

    def _opened(self) -> dict[str, Any]:
        if SEALED not in self.params:
            return self.params  # type: ignore[no-any-return]
        opened = sealing.opened(self.params[SEALED], row=f"email:{self.pk}")
        return json.loads(opened)  # type: ignore[no-any-return]

    def seal_params(self) -> None:
        """Called before saving: no one should read in the database what opens an account."""
        sealed = sealing.seal(json.dumps(self.params), row=f"email:{self.pk}")
        self.params = {SEALED: sealed}
