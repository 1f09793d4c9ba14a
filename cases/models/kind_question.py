from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import AnswerType
from cases.models.kind import CaseKind, KindRow, both_languages, key_field


class KindQuestion(KindRow):  # type: ignore[django-manager-missing]  # as below, of choices
    """Something that is asked in every case of a kind."""

    kind = models.ForeignKey(
        CaseKind,
        models.PROTECT,
        related_name="questions",
        verbose_name=_("reason for a case"),
        db_index=False,  # a hundred rows
    )
    name = models.CharField(_("question"), max_length=80)
    help = models.CharField(
        _("hint for the agent"),
        max_length=200,
        blank=True,
        help_text=_("What the agent reads below the question."),
    )
    answer_type = models.CharField(
        _("answered with"),
        max_length=10,
        choices=AnswerType.choices,
        help_text=_("It can’t be changed later."),
    )
    is_needed = models.BooleanField(
        _("always needed"),
        default=False,
        help_text=_("The case says so until it’s answered. A call can always be saved without it."),
    )
    is_shown = models.BooleanField(
        _("the customer reads the answer"),
        default=False,
        help_text=_("It’s shown with the case in the portal."),
    )
    is_past = models.BooleanField(
        _("never a future date"),
        default=False,
        db_default=False,
        help_text=_("Of a date: it has to be today or earlier."),
    )

    class Meta(KindRow.Meta):
        verbose_name = _("question of a reason")
        verbose_name_plural = _("questions of reasons")
        constraints = [
            models.CheckConstraint(
                condition=both_languages("name"), name="question_both_languages"
            ),
            models.CheckConstraint(
                condition=Q(answer_type__in=AnswerType.values), name="question_type_known"
            ),
        ]


class QuestionChoice(models.Model):
    """One of several answers. One that was given is switched off, never deleted."""

    question = models.ForeignKey(
        KindQuestion,
        models.PROTECT,
        related_name="choices",
        db_index=False,  # question_choice_once starts with it
    )
    key = key_field(primary_key=False)
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    # modeltranslation puts its own class in between
    objects = models.Manager["QuestionChoice"]()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["question", "key"], name="question_choice_once"),
            models.CheckConstraint(condition=both_languages("name"), name="choice_both_languages"),
        ]

    def __str__(self) -> str:
        return self.name
