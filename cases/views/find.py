from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import lease_readers_only, signed_in
from accounts.models import User
from cases.commands import SIGN, is_asked
from cases.queries.find import Found, more_hits
from cases.queries.find import find as find_all
from cases.queries.search_progress import unfinished_search
from cases.views.commands import commands
from cases.views.narrowings import meant, narrowings, wider, words_of
from leases.queries.find import is_unusual_number


@require_safe
@lease_readers_only
def find(request: HttpRequest) -> HttpResponse:
    """The call bar: a case number goes straight to its case, one lease straight to its page."""
    searched = request.GET.get("q", "").strip()
    after = request.GET.get("after", "")
    user, now = signed_in(request), timezone.now()
    if is_asked(searched):
        return _commands(request, searched, user)
    found = None
    if searched and after:
        found = more_hits(searched, user=user, now=now, after=after)
    elif searched:
        found = find_all(searched, user=user, now=now)
        if address := _only_one(searched, found):
            return redirect(address)
    return render(
        request,
        "cases/find.html",
        {
            "searched": searched,
            "found": found,
            "meant": meant(found) if found else None,
            "narrowings": narrowings(found) if found else [],
            "wider": wider(found) if found and not found.is_anything else [],
            "words": words_of(found) if found else "",
            "progress": unfinished_search(user) if found else None,
            "is_unusual": is_unusual_number(searched) and not (found and found.is_anyone),
            "now": now,
        },
    )


def _commands(request: HttpRequest, typed: str, user: User) -> HttpResponse:
    """As the call bar lists them while someone types; a page that is the only one opens at once."""
    groups = commands(typed, user=user, language=str(request.LANGUAGE_CODE))
    every = [each for group in groups for each in group.commands]
    if len(every) == 1 and every[0].address:
        return redirect(every[0].address)
    if not every:
        groups = commands("", user=user, language=str(request.LANGUAGE_CODE))
    shown = {"typed": typed.removeprefix(SIGN), "groups": groups, "is_known": bool(every)}
    return render(request, "cases/find/commands.html", shown)


def _only_one(searched: str, found: Found) -> str | None:
    """Where to go at once. A name that also stands in texts of cases may have meant those."""
    if any(each.lease_id is None for each in found.cases):
        return None  # or someone without a lease was meant
    if found.leases:
        is_number = "@" in searched or any(letter.isdigit() for letter in searched)
        is_meant = is_number or not found.hits.rows
        is_meant = is_meant and not found.are_alike
        if found.case or found.call or len(found.leases) > 1 or not is_meant:
            return None
        return reverse("lease", args=[found.leases[0].account_number])
    if found.case:
        return reverse("case", args=[found.case.number])
    return reverse("call", args=[found.call.number]) if found.call else None
