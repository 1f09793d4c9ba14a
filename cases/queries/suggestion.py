"""A better spelling for words that no text has: “¿Quiso decir …?”"""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.search import TrigramSimilarity

from accounts.models import User
from cases.models import SearchWord
from cases.queries.search import search
from cases.search_text import AskedTerm, ParsedSearch
from cases.snippets import plain

MOST = 4  # words that are looked up
SHORTEST = 4  # letters; a shorter word resembles too many


def suggestion(asked: ParsedSearch, *, user: User, now: datetime) -> ParsedSearch | None:
    """The same search with words that look alike, if it finds something this person may see."""
    better = [_alike(term) if at < MOST else term for at, term in enumerate(asked.terms)]
    suggested = asked._replace(terms=tuple(better))
    if suggested == asked or not search(suggested, user=user, now=now).rows:
        return None
    return suggested


def _alike(term: AskedTerm) -> AskedTerm:
    """The term itself if it's spelled as in some text, or if nothing is close."""
    text = plain(term.text)
    if not term.is_wanted or not text.isalpha() or len(text) < SHORTEST:
        return term
    words = SearchWord.objects.filter(plain__trigram_similar=text)
    closest = words.order_by(TrigramSimilarity("plain", text).desc(), "-texts", "plain")
    return AskedTerm(closest.values_list("shown", flat=True).first() or term.text)
