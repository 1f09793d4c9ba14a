"""Filters of a search as links: what is on can be taken off, what would narrow it can be added.

And what else to try where nothing was found.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.queries.find import Found
from cases.search_text import AskedTerm, Filter, ParsedSearch, written

MOST_KINDS = 5


class Narrowing(NamedTuple):
    label: str
    address: str
    is_on: bool


def narrowings(found: Found) -> list[Narrowing]:
    asked, names = found.asked, filter_names()
    on = [
        Narrowing(
            f"{'' if each.is_wanted else '−'}{names[each.name]}: {each.value}",
            _address(asked._replace(filters=tuple(f for f in asked.filters if f != each)), names),
            is_on=True,
        )
        for each in asked.filters
    ]
    there = {each.name for each in asked.filters}
    off = [
        Narrowing(
            label, _address(asked._replace(filters=(*asked.filters, each)), names), is_on=False
        )
        for label, each in _offered(found)
        if each.name not in there
    ]
    return on + (off if found.hits.rows else [])


def meant(found: Found) -> Narrowing | None:
    """The search that was probably meant, as a link."""
    if found.meant is None:
        return None
    names = filter_names()
    return Narrowing(written(found.meant, names), _address(found.meant, names), is_on=False)


def wider(found: Found) -> list[Narrowing]:
    """Searches that find more, for one that found nothing."""
    asked, names = found.asked, filter_names()
    without_filters = asked._replace(filters=())
    words = [AskedTerm(word) for term in asked.wanted for word in term.text.split()]
    in_any_order = asked._replace(terms=tuple(dict.fromkeys(words)), filters=())
    tries = [(_("Search without the filters"), without_filters)] if asked.filters else []
    if any(" " in term.text for term in asked.wanted) or len(asked.wanted) < len(asked.terms):
        tries.append((_("Search for the words in any order"), in_any_order))
    return [
        Narrowing(label, _address(each, names), is_on=False) for label, each in tries if each.wanted
    ]


def words_of(found: Found) -> str:
    """What was searched without its filters, for a call about it."""
    return " ".join(term.text for term in found.asked.wanted)


def filter_names() -> dict[str, str]:
    """As this reader would type them; both languages' names are understood."""
    return {
        "kind": pgettext("search filter", "kind"),
        "lang": pgettext("search filter", "lang"),
        "is": pgettext("search filter", "is"),
        "by": pgettext("search filter", "by"),
        "after": pgettext("search filter", "after"),
        "before": pgettext("search filter", "before"),
        "in": pgettext("search filter", "in"),
    }


def _offered(found: Found) -> list[tuple[str, Filter]]:
    cases = [hit.document.case for hit in found.hits.rows if hit.document.case]
    kinds = {case.kind_id: case.kind.name for case in cases}
    return [
        *((str(label), Filter("lang", code)) for code, label in Language.choices),
        (_("Open cases"), Filter("is", pgettext("search filter", "open"))),
        (_("File names"), Filter("in", pgettext("search filter", "file"))),
        *(
            (label, Filter("kind", label.lower()))
            for _kind, label in sorted(kinds.items())[:MOST_KINDS]
            if len(kinds) > 1
        ),
    ]


def _address(asked: ParsedSearch, names: dict[str, str]) -> str:
    return f"{reverse('find')}?{urlencode({'q': written(asked, names)})}"
