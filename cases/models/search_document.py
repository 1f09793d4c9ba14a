from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.enums import WITHOUT_CASE, Searched, Visibility
from cases.models.case import Case
from cases.models.entry import Entry
from cases.models.search_words import DayOf, MonthOf, SearchWords

if TYPE_CHECKING:
    from accounts.models import User


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    def visible_to(self, user: User) -> Self:
        """As cases, entries, unmatched mails and begun calls: all of them to who works cases; to a
        customer what is public in their own cases.
        """
        if user.works_cases:
            return self
        found = self.filter(case__in=Case.objects.visible_to(user))
        return found.filter(visibility=Visibility.PUBLIC)


class SearchDocument(models.Model):
    """A text that can be found by its words: one row for each entry, file name, summary and so on.

    Only triggers write here (cases/models/searched.py), so nothing is missed whatever wrote it.
    """

    # None for an unmatched mail and for a call that hasn't become a case: `source` says which.
    case = models.ForeignKey(
        Case,
        models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,  # search_document_case
    )
    what = models.CharField(max_length=11, choices=Searched.choices)
    source = models.CharField(max_length=36)  # the row's key in its table
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+", db_index=False)
    # What searches are narrowed by; the case's kind is kept here, because an index has one table.
    kind = models.CharField(max_length=40)
    visibility = models.CharField(max_length=10, choices=Visibility.choices)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("date and time"))
    text = models.TextField()
    day = models.GeneratedField(
        expression=DayOf("at"), output_field=models.DateField(), db_persist=True
    )
    words = models.GeneratedField(
        expression=SearchWords("text"), output_field=SearchVectorField(), db_persist=True
    )

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("searchable text")
        verbose_name_plural = _("searchable texts")
        indexes = [
            # queries/search.py: any of them together; by day and month, so that the newest of a
            # common word are found without reading the others
            GinIndex(
                "day",
                MonthOf("day"),
                "kind",
                "language",
                "what",
                "author",
                "words",
                name="search_document_by_time",
                fastupdate=False,
            ),
            # searched.py: when a case gets another kind
            models.Index(fields=["case"], name="search_document_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["what", "source"], name="search_document_once"),
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values, what__in=Searched.values),
                name="search_document_known",
            ),
            models.CheckConstraint(
                condition=models.Q(case=None, what__in=WITHOUT_CASE, visibility=Visibility.INTERNAL)
                | (models.Q(case__isnull=False) & ~models.Q(what__in=WITHOUT_CASE)),
                name="search_document_of_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.source}"

    @property
    def label(self) -> str:
        """What kind of text it is, as the case's page names it."""
        if self.what != Searched.ENTRY or self.entry is None:
            return self.get_what_display()
        return self.entry.get_event_display() or self.entry.get_kind_display()


class SearchProgress(models.Model):
    """How far the texts that were there before the search have got: from the newest case down."""

    below = models.BigIntegerField()  # this case and all after it are done
    started_from = models.BigIntegerField()
    # These answers and all after them are done; the others are older than their search.
    answers_below = models.BigIntegerField(default=0, db_default=0)
    finished_at = models.DateTimeField(null=True)
    # The words of texts up to this one are learned (actions/learn_words.py).
    words_to = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("progress of the search")
        verbose_name_plural = _("progress of the search")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="search_progress_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.below}/{self.started_from}"

    @property
    def percent(self) -> int:
        """Of the cases; their older answers may still be missing."""
        done = 100 - 100 * self.below // max(1, self.started_from)
        return min(done, 99) if self.answers_below else done
