from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.masked_fields import MaskedText
from cases.answers import Given, read_answer
from cases.enums import AnswerType
from cases.models.case import Case
from cases.models.kind_question import KindQuestion
from cases.models.searched import KEEPS_ANSWER
from leases.models import Store

if TYPE_CHECKING:
    from accounts.models import User


class CaseAnswerQuerySet(models.QuerySet["CaseAnswer"]):
    def visible_to(self, user: User) -> Self:
        """Customers read what the question says they may."""
        answers = self.filter(case__in=Case.objects.visible_to(user))
        return answers.filter(question__is_shown=True) if user.is_customer else answers

    def standing(self) -> Self:
        """Not corrected since, nor taken back."""
        later = CaseAnswer.objects.filter(
            case=OuterRef("case"), question=OuterRef("question"), pk__gt=OuterRef("pk")
        )
        return self.exclude(value="", store=None).filter(~Exists(later))


class CaseAnswer(models.Model):
    """What a question of a kind was answered with. Rows are only ever added: a corrected answer is
    a new one, and one that was taken back is empty.
    """

    case = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="answers",
        db_index=False,  # answer_of_case starts with it
    )
    question = models.ForeignKey(
        KindQuestion,
        models.PROTECT,
        related_name="answers",
        db_index=False,  # questions are never deleted
    )
    # As cases/answers.py writes it, whoever reads it; a store has its own column.
    value = MaskedText(_("answer"), blank=True)
    # Of words, if it's known.
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, blank=True)
    store = models.ForeignKey(
        Store,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # stores are never deleted
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("date and time"))

    objects = CaseAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["id"]
        indexes = [
            # queries/answers.py: the newest of each question of a case
            models.Index(fields=["case", "question", "-id"], name="answer_of_case")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(store=None) | Q(value=""), name="answer_words_or_store"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="answer_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            KEEPS_ANSWER,
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.store or self.value}"

    @property
    def given(self) -> Given | Store | None:
        """A date, an amount, a store and so on; None if it was taken back."""
        return self.store or read_answer(AnswerType(self.question.answer_type), self.value)
