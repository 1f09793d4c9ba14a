"""Two windows of one call: which one a form comes from, and both texts side by side."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.access import signed_in
from accounts.models import User
from cases import kinds
from cases.actions import Window
from cases.call_texts import TYPED_BY, WORDS, differing, fingerprint
from cases.enums import Party
from cases.forms import CallForm, answers
from cases.forms.call import agreements, checklist
from cases.forms.call.days import is_day
from cases.models import CallDraft
from cases.questions import questions
from cases.views.call.typed import KEPT_PREFIXES
from common.formats import day

#: What a page's form carries.
WINDOW, VERSION, COMPARED = "window", "version", "compared"
#: Whose call it was when the page was made.
OWNER = "of"


class Difference(NamedTuple):
    label: str
    theirs: str
    mine: str
    is_typed: bool  # not chosen from a list


class Beside(NamedTuple):
    """`colleague`: whose text it is, empty for another window of one's own."""

    fingerprint: str
    colleague: str
    their_language: str
    my_language: str
    differences: list[Difference]


def window_of(request: HttpRequest, *, is_final: bool = False) -> Window | None:
    """None for a form that says nothing of it. Only who ends the call has looked at both texts: a
    page that saves by itself has not.
    """
    try:
        key, version = UUID(request.POST[WINDOW]), int(request.POST[VERSION][:9])
    except (KeyError, ValueError):
        return None
    return Window(key, version, request.POST.get(COMPARED, "") if is_final else "")


def carried(request: HttpRequest, draft: CallDraft, *, beside: Mapping[str, Any]) -> dict[str, Any]:
    """What the form carries. A page in answer to a form stays the window that it was."""
    window = window_of(request)
    return {
        WINDOW: window.key if window else uuid4(),
        VERSION: window.version if window else draft.version,
        COMPARED: fingerprint(beside) if beside else "",
        OWNER: draft.agent_id,
    }


def is_taken_over(request: HttpRequest, draft: CallDraft) -> bool:
    """Someone else has the call by now, and the page still says that it's its reader's."""
    reader = signed_in(request).pk
    return request.POST.get(OWNER) == str(reader) and draft.agent_id != reader


def beside_of(form: CallForm, theirs: Mapping[str, Any], *, user: User) -> Beside | None:
    """`theirs`: what another window has; None if it has nothing else."""
    mine = form.typed
    differences = [
        Difference(
            label=_label(form, name),
            theirs=_shown(form, name, theirs),
            mine=_shown(form, name, mine),
            is_typed=name in WORDS or name.endswith("-what"),
        )
        for name in differing(mine, theirs)
        if name in form.fields or name.startswith(KEPT_PREFIXES)
    ]
    if not differences:
        return None
    return Beside(
        fingerprint=fingerprint(theirs),
        colleague=_colleague(theirs, user),
        their_language=str(theirs.get("language") or ""),
        my_language=str(mine.get("language") or ""),
        differences=differences,
    )


def _colleague(theirs: Mapping[str, Any], user: User) -> str:
    by = str(theirs.get(TYPED_BY) or user.pk)
    if by == str(user.pk):
        return ""
    return User.objects.filter(pk=by).values_list("name", flat=True).first() or ""


def _label(form: CallForm, name: str) -> str:
    if name in form.fields:
        return str(form.fields[name].label)
    if name.startswith(checklist.PREFIX):
        return kinds.slot_name(name.removeprefix(checklist.PREFIX))
    if name.startswith(answers.PREFIX):
        question = questions().get(name.removeprefix(answers.PREFIX))
        return str(question) if question else name
    return _("What you agree on") if name.startswith(agreements.PREFIX) else _("Transactions")


def _shown(form: CallForm, name: str, typed: Mapping[str, Any]) -> str:
    """The choice in words, anything else as it was typed."""
    value = str(typed.get(name) or "")
    names: dict[Any, Any]
    if name.startswith(checklist.PREFIX):
        names = {each.value: label for each, label in checklist.STATES.items()}
    elif name.startswith(agreements.PREFIX):
        names = dict(Party.choices)
    elif name not in form.fields or isinstance(form.fields[name], forms.ModelChoiceField):
        names = {}
    elif isinstance(form.fields[name], forms.BooleanField):
        names = {value: _("Yes") if value else ""}
    else:
        names = dict(getattr(form.fields[name], "choices", ()))
    if is_day(name):
        with suppress(ValueError):  # what couldn't be read as one
            return day(date.fromisoformat(value), short=True)
    return str(names.get(value, value))
