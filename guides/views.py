from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import staff_only
from accounts.enums import Language
from guides.files import INDEX, guides
from guides.glossary import find_terms
from guides.search import find_sections

LONGEST = 100  # the longest search text, in letters
FEW = 3  # terms shown beside guides


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    """The list of guides, or what was found in them."""
    searched = _searched(request)
    language, other_language = _languages()
    return render(
        request,
        "guides/index.html",
        {
            "searched": searched,
            "guide": guides(language)[INDEX],
            "hits": find_sections(searched, language=language) if searched else [],
            "terms": find_terms(searched, language=language)[:FEW] if searched else [],
            "language": language,
            "other_language": other_language,
        },
    )


@require_safe
@staff_only
def guide(request: HttpRequest, guide_name: str) -> HttpResponse:
    language, _other = _languages()
    found = guides(language).get(guide_name)
    if found is None or guide_name == INDEX:
        raise Http404
    return render(request, "guides/guide.html", {"guide": found})


@require_safe
@staff_only
def glossary(request: HttpRequest) -> HttpResponse:
    """The words in both languages, to look up while someone is on the phone."""
    searched = _searched(request)
    language, other_language = _languages()
    is_part = bool(request.headers.get("HX-Request"))
    context = {
        "searched": searched,
        "terms": find_terms(searched, language=language),
        "language": language,
        "other_language": other_language,
        "is_part": is_part,
    }
    return render(request, f"guides/glossary.html{'#terms' if is_part else ''}", context)


def _languages() -> tuple[Language, Language]:
    """The reader's, and the one to look words up in."""
    own = Language(get_language())
    [other] = set(Language) - {own}
    return own, other


def _searched(request: HttpRequest) -> str:
    return request.GET.get("words", "").strip()[:LONGEST]
