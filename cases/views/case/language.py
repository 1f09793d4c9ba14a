from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from accounts.enums import Language
from cases import actions
from cases.language import guess
from cases.models import Case, Entry
from cases.views.case.page import case_page, found_case


@require_POST
@case_workers_only
def corrections(request: HttpRequest, number: str, entry_id: int) -> HttpResponse:
    """Sets the language of an entry, by someone who reads it."""
    user = signed_in(request)
    found = found_case(user, number)
    entry = found_entry(request, found, entry_id)
    try:
        is_news = actions.correct_language(
            entry=entry, language=request.POST.get("language", ""), by=user, now=timezone.now()
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return case_page(request, found, status=422)
    if is_news:
        messages.success(request, _("Language corrected."))
    return back_to(request, entry)


def found_entry(request: HttpRequest, found: Case, entry_id: int) -> Entry:
    entries = Entry.objects.visible_to(signed_in(request)).filter(case=found)
    return get_object_or_404(entries.select_related("case"), pk=entry_id)


def back_to(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The entry, on its page of the timeline."""
    place = {name: request.POST.get(name, "") for name in ("after", "part")}
    query = urlencode({name: value for name, value in place.items() if value})
    address = reverse("case", args=[entry.case.number])
    return redirect(f"{address}{'?' if query else ''}{query}#entry-{entry.pk}")


def doubted(text: str, *, language: str) -> str:
    """What to say if a text is surely not in the language it was saved in."""
    told = guess(text, otherwise=language).language
    if told == language:
        return ""
    if told == Language.SPANISH:
        return _("You saved a text as English, but it looks like Spanish.")
    return _("You saved a text as Spanish, but it looks like English.")


def doubt_language(
    request: HttpRequest, case: Case, *, text: str, language: str, **only: str
) -> None:
    """Says so if what was just saved is surely in the other language; the choice stands.

    `only`: fields of the entry it was saved in.
    """
    doubt = doubted(text, language=language)
    if not doubt:
        return
    entry = case.entries.filter(author=signed_in(request), **only).exclude(body="").latest("pk")
    messages.warning(
        request,
        format_html(
            '{} <a href="#entry-{}">{}</a>',
            doubt,
            entry.pk,
            _("Correct the language"),
        ),
    )
