"""What agents say and write: everyone who takes calls reads it, administrators change it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import administrators_only, case_workers_only, signed_in
from accounts.enums import LANGUAGE_CHOICES
from accounts.models import User
from cases import actions
from cases.enums import ScriptMedium
from cases.forms.scripts import ScriptForm
from cases.kinds import situations
from cases.models import Script
from cases.scripts import placeholders
from cases.scripts.current import current_script, current_scripts
from cases.scripts.sample import filled_sample
from cases.views.correspondence.frame import frame
from cases.views.correspondence.versions import earlier_version
from common.form_errors import try_action

TAB = "correspondence_scripts"
PAGE = "correspondence_script"
NEWEST = 30


@require_safe
@case_workers_only
def scripts(request: HttpRequest) -> HttpResponse:
    """Those of topics that are offered; an administrator finds those not written yet, too."""
    user, current = signed_in(request), current_scripts()
    groups = [
        {
            "situation": row,
            "scripts": [
                {"script": current[key, medium], "sides": _sides(current[key, medium])}
                for medium in ScriptMedium
                if (key, medium) in current
            ],
            "unwritten": [each for each in ScriptMedium if (key, each) not in current],
        }
        for key, row in situations().items()
        if row.is_offered or user.is_superuser
    ]
    return render(
        request,
        "correspondence/scripts.html",
        {"groups": groups, **frame(user, tab=TAB)},
    )


@require_safe
@case_workers_only
def script(request: HttpRequest, situation: str, medium: str) -> HttpResponse:
    """The script as it is, or was in version `?from=`."""
    current = _current(situation, medium)
    versions = Script.objects.filter(situation=situation, medium=medium)
    return _page(request, current, start=earlier_version(versions, request) or current)


@require_POST
@administrators_only
def versions(request: HttpRequest, situation: str, medium: str) -> HttpResponse:
    """A new version. One made from an old one answers 409 and keeps what was typed."""
    current = _current(situation, medium)
    form = ScriptForm(request.POST, saved=_saved(current))
    if "preview" in request.POST:
        return _page(request, current, form=form, previewed=_typed(form))
    if form.is_valid() and form.texts == _saved(current):
        messages.info(request, _("Nothing changed."))
        return redirect(PAGE, situation, medium)
    if try_action(
        form,
        lambda: actions.revise_script(
            situation=situation,
            medium=medium,
            texts=form.texts,
            by=signed_in(request),
            now=timezone.now(),
            based_on=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, _("Saved. From now on, cases and calls show this text."))
        return redirect(PAGE, situation, medium)
    if not form.has_error(NON_FIELD_ERRORS, "script_stale"):
        return _page(request, current, form=form, status=422)
    current = _current(situation, medium)
    typed = request.POST.copy()
    typed["version"] = str(current.version)  # if saved again, it comes after theirs
    again = ScriptForm(typed, saved=_saved(current))
    for problem in form.errors.as_data()[NON_FIELD_ERRORS]:
        again.add_error(None, problem)
    return _page(request, current, form=again, is_stale=True, status=409)


@require_safe
@case_workers_only
def earlier(request: HttpRequest, situation: str, medium: str, version: int) -> HttpResponse:
    found: Script = get_object_or_404(
        Script.objects.select_related("by", "situation"),
        situation=situation,
        medium=medium,
        version=version,
    )
    return render(
        request,
        "correspondence/script_version.html",
        {
            "script": found,
            "newest": _current(situation, medium).version,
            "sides": _sides(found),
            **frame(signed_in(request), tab=TAB),
        },
    )


def _current(situation: str, medium: str) -> Script:
    """404 for a script that doesn't exist."""
    try:
        return current_script(situation, medium)
    except KeyError as error:
        raise Http404 from error


def _saved(script: Script) -> dict[str, str]:
    return {name: getattr(script, name) or "" for name in actions.SCRIPT_FIELDS}


def _typed(form: ScriptForm) -> dict[str, str]:
    return {name: str(form[name].value() or "") for name in actions.SCRIPT_FIELDS}


def _previews(texts: dict[str, str], user: User, now: datetime) -> list[dict[str, Any]]:
    """Each language as an agent reads it, of a made-up case."""
    return [
        {
            "language": language,
            "name": name,
            "body": filled_sample(text, language, by=user, now=now),
        }
        for language, name in LANGUAGE_CHOICES
        if (text := texts[f"body_{language}"].strip())
    ]


def _sides(script: Script) -> list[dict[str, Any]]:
    """Both languages, side by side."""
    return [
        {"language": language, "name": name, "body": getattr(script, f"body_{language}") or ""}
        for language, name in LANGUAGE_CHOICES
    ]


def _page(
    request: HttpRequest,
    current: Script,
    *,
    start: Script | None = None,
    form: ScriptForm | None = None,
    is_stale: bool = False,
    previewed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    user = signed_in(request)
    if form is None and user.is_superuser:
        initial = {**_saved(start or current), "version": current.version}
        form = ScriptForm(initial=initial, saved=_saved(current))
    of_this = Script.objects.filter(situation=current.situation, medium=current.medium)
    return render(
        request,
        "correspondence/script.html",
        {
            "script": current,
            "start": start,
            "sides": _sides(current),
            # Where the language switch leads from a refused form that has its own address.
            "page_address": reverse(PAGE, args=[current.situation_id, current.medium]),
            "form": form,
            "is_stale": is_stale,
            "is_previewed": previewed is not None,
            "previews": _previews(previewed or _saved(current), user, timezone.now()),
            "placeholders": [
                {"name": name, "meaning": meaning, "needed": name in placeholders.REQUIRED}
                for name, meaning in placeholders.MEANING.items()
            ],
            "history": of_this.select_related("by").order_by("-version")[:NEWEST],
            **frame(user, tab=TAB),
        },
        status=status,
    )
