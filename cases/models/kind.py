from __future__ import annotations

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language

KEY_LENGTH = 20


def key_field(*, primary_key: bool = True) -> models.CharField[str, str]:
    """What code, history and addresses call a row; it never changes."""
    return models.CharField(
        _("key"),
        max_length=KEY_LENGTH,
        primary_key=primary_key,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9_]*\Z",
                _("Use lowercase letters, digits and underscores. Start with a letter."),
            )
        ],
        help_text=_("For example, late_payment. It can’t be changed later."),
    )


def both_languages(*fields: str) -> Q:
    """For a constraint: no one reads half of the rows."""
    missing = Q()
    for name in (f"{field}_{language}" for field in fields for language in Language.values):
        missing |= Q((name, "")) | Q((f"{name}__isnull", True))
    return ~missing


class KindRowQuerySet(models.QuerySet[Any]):
    def offered(self) -> Self:
        """What can be chosen from now on; what was chosen before keeps its name."""
        return self.filter(is_offered=True)


class KindRow(models.Model):
    """A row an administrator edits and orders. One that was used is switched off, never deleted."""

    key = key_field()
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=1000)
    is_offered = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("Uncheck this to stop offering it. Cases that already have it keep it."),
    )
    # Counts saves, so that a page loaded before another's save is told from a fresh one.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = KindRowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name


class EvidenceSlot(KindRow):
    """Something a customer may be asked to send."""

    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("What the customer reads below the name."),
    )
    of_every_kind = models.BooleanField(_("fits every reason"), default=False)

    class Meta(KindRow.Meta):
        verbose_name = _("kind of proof")
        verbose_name_plural = _("kinds of proof")
        constraints = [
            models.CheckConstraint(condition=both_languages("name"), name="slot_both_languages")
        ]


class CaseOutcome(KindRow):
    """How a case may end: a name for staff, a sentence for the customer."""

    sentence = models.CharField(
        _("sentence for the customer"),
        max_length=200,
        help_text=_("A whole sentence for the portal and emails."),
    )
    of_every_kind = models.BooleanField(_("fits every reason"), default=False)

    class Meta(KindRow.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints = [
            models.CheckConstraint(
                condition=both_languages("name", "sentence"), name="outcome_both_languages"
            )
        ]


class ScriptSituation(KindRow):  # type: ignore[django-manager-missing]  # modeltranslation’s
    """What a call or an email is about; several reasons for a case may share its scripts."""

    class Meta(KindRow.Meta):
        verbose_name = _("script topic")
        verbose_name_plural = _("script topics")
        constraints = [
            models.CheckConstraint(
                condition=both_languages("name"), name="situation_both_languages"
            )
        ]


class CaseKind(KindRow):  # type: ignore[django-manager-missing]  # modeltranslation’s, of questions
    """What a case is about, and what follows from it."""

    hint = models.CharField(
        _("hint"),
        max_length=120,
        blank=True,
        db_default="",
        help_text=_("What it’s for, in one line. Agents see it while they choose the reason."),
    )
    due_days = models.PositiveSmallIntegerField(
        _("business days until the first next step"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    script = models.ForeignKey(
        ScriptSituation,
        models.PROTECT,
        db_column="script",
        related_name="kinds",
        verbose_name=_("script"),
        db_index=False,  # a hundred rows
    )
    goes_back = models.BooleanField(
        _("the item goes back to the store"),
        default=False,
        help_text=_("The customer can be sent the return instructions."),
    )
    offers_buyout = models.BooleanField(
        _("buying the item may help"),
        default=False,
        help_text=_("The case shows what it costs to buy the item early."),
    )
    disputes_charges = models.BooleanField(
        _("transactions can be disputed"),
        default=False,
        db_default=False,
        help_text=_("The case shows the lease’s transactions, to choose the ones in dispute."),
    )
    pauses_fees = models.BooleanField(
        _("late fees wait"),
        default=True,
        db_default=True,
        help_text=_(
            "No late fees on a disputed payment until it’s decided, if the program agrees."
        ),
    )
    waits_for_agreement = models.BooleanField(
        _("waits for what was agreed on"),
        default=False,
        db_default=False,
        help_text=_(
            "If the customer or the store agrees to do something later, our first next step is on"
            " the business day after."
        ),
    )
    slots = models.ManyToManyField(
        EvidenceSlot, through="KindSlot", related_name="kinds", verbose_name=_("kinds of proof")
    )
    outcomes = models.ManyToManyField(
        CaseOutcome, through="KindOutcome", related_name="kinds", verbose_name=_("outcomes")
    )

    class Meta(KindRow.Meta):
        verbose_name = _("reason for a case")
        verbose_name_plural = _("reasons for a case")
        constraints = [
            models.CheckConstraint(condition=both_languages("name"), name="kind_both_languages"),
            models.CheckConstraint(condition=Q(due_days__range=(1, 60)), name="kind_due_days"),
        ]


class KindSlot(models.Model):
    """What a kind of case usually needs, in the order in which it's requested."""

    kind = models.ForeignKey(
        CaseKind,
        models.CASCADE,
        related_name="own_slots",
        db_index=False,  # kind_slot_once starts with it
    )
    slot = models.ForeignKey(
        EvidenceSlot,
        models.PROTECT,
        verbose_name=_("kind of proof"),
        db_index=False,  # a hundred rows
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("kind of proof for a reason")
        verbose_name_plural = _("kinds of proof for a reason")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["kind", "slot"], name="kind_slot_once")]

    def __str__(self) -> str:
        return str(self.slot)


class KindOutcome(models.Model):
    """How a case of a kind may end, in the order in which it's offered."""

    kind = models.ForeignKey(
        CaseKind,
        models.CASCADE,
        related_name="own_outcomes",
        db_index=False,  # kind_outcome_once starts with it
    )
    outcome = models.ForeignKey(
        CaseOutcome,
        models.PROTECT,
        verbose_name=_("outcome"),
        db_index=False,  # a hundred rows
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("outcome of a reason")
        verbose_name_plural = _("outcomes of a reason")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "outcome"], name="kind_outcome_once")
        ]

    def __str__(self) -> str:
        return str(self.outcome)
