"""The way on when there's no lease to choose: who it's about is named instead."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse

from accounts.access import signed_in
from cases import actions, kinds
from cases.enums import WithoutLease
from cases.forms import CallForm
from cases.forms.caller import ABOUT_THEMSELVES
from cases.models import CallDraft
from cases.views.call.find import keep_files
from cases.views.call.leases import leases_for
from cases.views.call.page_state import CallPageState
from cases.views.call.shown import call_page
from cases.views.call.typed import typed_in
from cases.views.call.windows import window_of
from common.formats import parse_phone

#: Where the hand goes on: to the first that is empty.
_IN_ORDER = ("contact_name", "contact_phone", "contact_email", "known")
#: In the middle of a name they stay small: Rosa de la Cruz.
_SMALL = {"de", "del", "la", "las", "los", "y"}


def without(request: HttpRequest, draft: CallDraft, sent: CallForm, now: datetime) -> HttpResponse:
    """The whole page, with the reason pressed and the words of the search in their field."""
    user = signed_in(request)
    typed = without_lease(typed_in(request), request.POST["without"])
    draft.lease = None
    saved = actions.save_draft(
        draft=draft, typed=typed, by=user, window=window_of(request), leaves_lease=True
    )
    form = CallForm(user=user, now=now, initial=typed)
    keep_files(request, sent, form, now)
    empty = next((name for name in _IN_ORDER if not form[name].value()), "known")
    form.fields[empty].widget.attrs["autofocus"] = True
    leases = leases_for(user, typed["contract"], "")
    return call_page(request, draft, form, leases, CallPageState(beside=saved.beside))


def without_lease(typed: dict[str, Any], why: str) -> dict[str, Any]:
    """`why`: a WithoutLease; anything else leaves the one that was chosen. A lease that was chosen
    goes with its search, which would choose it again. Whose identity was used calls about that.
    """
    said = typed | {"lease": ""}
    if why in WithoutLease.values:
        said["why"] = why
    if why == WithoutLease.IDENTITY and not said["kind"] and _is_offered(kinds.IDENTITY_THEFT):
        said["kind"] = kinds.IDENTITY_THEFT
    if typed["relation"] in ABOUT_THEMSELVES:
        said["contact_name"] = said["contact_name"] or said["caller_name"]
    if typed["lease"]:
        return said | {"contract": "", "searched": ""}
    searched = typed["contract"].strip()
    field = _field_for(searched)
    if not said[field].strip():
        said[field] = _as_name(searched) if field == "contact_name" else searched
    return said


def _as_name(searched: str) -> str:
    """A search is typed without capitals, and the letter greets by the name. Who typed one capital
    has written the name.
    """
    if searched != searched.lower():
        return searched
    first, *others = searched.split()
    words = [each if each in _SMALL else _capital(each) for each in others]
    return " ".join([_capital(first), *words])


def _capital(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda part: part[0][:1].upper() + part[0][1:], word)


def _is_offered(kind: str) -> bool:
    row = kinds.kinds().get(kind)
    return row is not None and row.is_offered


def _field_for(searched: str) -> str:
    """Where it belongs in who it's about; a number that isn't a phone helps to find the lease."""
    if "@" in searched:
        try:
            validate_email(searched)
        except ValidationError:
            return "known"
        return "contact_email"
    if parse_phone(searched):
        return "contact_phone"
    return "known" if any(map(str.isdecimal, searched)) else "contact_name"
