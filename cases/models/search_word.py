from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchWord(models.Model):
    """A word that stands in some text, for suggesting it to whoever misspells it.

    Filled in a little later (actions/learn_words.py), so that no one who writes waits for it.
    """

    plain = models.CharField(max_length=30)  # as searches compare it
    shown = models.CharField(max_length=60)  # with its accents
    texts = models.PositiveIntegerField()  # about how many have it

    class Meta:
        verbose_name = _("word for suggestions")
        verbose_name_plural = _("words for suggestions")
        indexes = [
            # queries/suggestion.py: words that look alike
            GinIndex(OpClass("plain", "gin_trgm_ops"), name="search_word_alike")
        ]
        constraints = [models.UniqueConstraint(fields=["plain"], name="search_word_once")]

    def __str__(self) -> str:
        return self.shown
