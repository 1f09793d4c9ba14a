"""Windows of one call: which one a form comes from, and their texts side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import signed_in
from accounts.models import User
from cases import kinds
from cases.actions import Window
from cases.call_texts import WORDS, differing, fingerprint
from cases.enums import Party
from cases.forms import CallForm, answers
from cases.forms.call import agreements, checklist
from cases.forms.call.days import is_day
from cases.models import CallDraft
from cases.queries.call_windows import WindowText
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
    is_joined: bool  # both have room


class OtherWindow(NamedTuple):
    fingerprint: str
    name: str  # whose, if it's someone else's
    at: datetime | None
    language: str
    differences: list[Difference]


class Beside(NamedTuple):
    """`compared`: fingerprints of all that's shown. `choices`: fields where only one can stay."""

    compared: str
    windows: list[OtherWindow]
    my_language: str
    choices: list[str]

    @property
    def colleague(self) -> str:
        """Whose the only other text is; empty for one's own, and for several."""
        return self.windows[0].name if len(self.windows) == 1 else ""


def window_of(request: HttpRequest, *, is_final: bool = False) -> Window | None:
    """None for a form that says nothing of it. Only who ends the call has looked at all texts: a
    page that saves by itself has not.
    """
    try:
        key, version = UUID(request.POST[WINDOW]), int(request.POST[VERSION][:9])
    except (KeyError, ValueError):
        return None
    compared = request.POST.get(COMPARED, "").split() if is_final else ()
    return Window(key, version, timezone.now(), frozenset(compared))


def carried(
    request: HttpRequest, draft: CallDraft, *, beside: Iterable[WindowText]
) -> dict[str, Any]:
    """What the form carries. A page in answer to a form stays the window that it was."""
    window = window_of(request)
    return {
        WINDOW: window.key if window else uuid4(),
        VERSION: window.version if window else draft.version,
        COMPARED: " ".join(fingerprint(each.typed) for each in beside),
        OWNER: draft.agent_id,
    }


def is_taken_over(request: HttpRequest, draft: CallDraft) -> bool:
    """Someone else has the call by now, and the page still says that it's its reader's."""
    reader = signed_in(request).pk
    return request.POST.get(OWNER) == str(reader) and draft.agent_id != reader


def beside_of(form: CallForm, beside: Iterable[WindowText], *, user: User) -> Beside | None:
    """`beside`: what other windows have; None if they have nothing else."""
    shown = [(each, _differences(form, each.typed)) for each in beside]
    windows = [
        OtherWindow(
            fingerprint=fingerprint(text.typed),
            name=text.by.name if text.by and text.by != user else "",
            at=text.at,
            language=str(text.typed.get("language") or ""),
            differences=differences,
        )
        for text, differences in shown
        if differences
    ]
    if not windows:
        return None
    both = [each for window in windows for each in window.differences if each.theirs and each.mine]
    return Beside(
        compared=" ".join(each.fingerprint for each in windows),
        windows=windows,
        my_language=str(form.typed.get("language") or ""),
        choices=list(dict.fromkeys(each.label for each in both if not each.is_joined)),
    )


def _differences(form: CallForm, theirs: Mapping[str, Any]) -> list[Difference]:
    mine = form.typed
    return [
        Difference(
            label=_label(form, name),
            theirs=_shown(form, name, theirs),
            mine=_shown(form, name, mine),
            is_typed=name in WORDS or name.endswith("-what"),
            is_joined=name in WORDS,
        )
        for name in differing(mine, theirs)
        if name in form.fields or name.startswith(KEPT_PREFIXES)
    ]


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
