"""A file of a case, large, beside the forms that accept it or ask for it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.enums import Visibility
from cases.evidence import is_stored
from cases.forms.evidence_asked import AcceptFileForm, UnreadableForm
from cases.kinds import slot_name
from cases.models import Case, Evidence
from cases.queries.case_files import CaseFile, around, case_files, next_undecided
from cases.queries.custody import custody_of
from cases.views.case.page import found_case, named, told
from common.form_errors import try_action


@require_safe
@case_workers_only
def case_file(request: HttpRequest, number: str, evidence_id: UUID) -> HttpResponse:
    found, file = _found(request, number, evidence_id)
    return _page(request, found, file)


@require_POST
@case_workers_only
def acceptance(request: HttpRequest, number: str, evidence_id: UUID) -> HttpResponse:
    user = signed_in(request)
    found, file = _found(request, number, evidence_id)
    files = case_files(found, user=user)
    form = AcceptFileForm(request.POST, items=_shown(files, file).items)
    accepted: list[bool] = []
    if not try_action(
        form,
        lambda: accepted.append(
            actions.accept_file(
                evidence=file, slot=form.cleaned_data["slot"], by=user, now=timezone.now()
            )
        ),
    ):
        return _page(request, found, file, accepting=form)
    if any(accepted):
        slot = {"evidence": slot_name(form.cleaned_data["slot"])}
        messages.success(request, _("Accepted: %(evidence)s") % slot)
    else:
        messages.info(request, _("Someone else already recorded this."))
    return _onward(request, found, file)


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def unreadable(request: HttpRequest, number: str, evidence_id: UUID) -> HttpResponse:
    """Asks for it again: an address of its own, so that what was typed stays."""
    user, now = signed_in(request), timezone.now()
    found, file = _found(request, number, evidence_id, entry__visibility=Visibility.PUBLIC)
    typed = request.POST if request.method == "POST" else None
    form = UnreadableForm(typed, case=found, user=user, now=now, file=file)
    asked: list[bool] = []
    if not try_action(
        form,
        lambda: asked.append(
            actions.mark_unreadable(evidence=file, **form.request, by=user, now=now)
        ),
    ):
        return _page(request, found, file, refusing=form)
    if any(asked):
        messages.success(request, told(found, _("%(name)s will get an email asking for it.")))
    else:
        messages.info(request, _("%(name)s was already asked for this file.") % named(found))
    return _onward(request, found, file)


def _found(
    request: HttpRequest, number: str, evidence_id: UUID, **only: Any
) -> tuple[Case, Evidence]:
    user = signed_in(request)
    found = found_case(user, number)
    files = Evidence.objects.visible_to(user).select_related("entry__case", "entry__author")
    return found, get_object_or_404(files, pk=evidence_id, entry__case=found, **only)


def _onward(request: HttpRequest, found: Case, file: Evidence) -> HttpResponse:
    """To the next file that waits for someone, or else back to the case."""
    found.refresh_from_db()
    if following := next_undecided(case_files(found, user=signed_in(request)), file):
        return redirect("case_file", number=found.number, evidence_id=following.pk)
    return redirect("case", number=found.number)


def _shown(files: list[CaseFile], file: Evidence) -> CaseFile:
    """One of long ago, before the newest MOST_LEAFED, is only to be looked at."""
    alone = CaseFile(file, None, is_unreadable=False, items=[])
    return next((each for each in files if each.file == file), alone)


def _page(
    request: HttpRequest,
    found: Case,
    file: Evidence,
    *,
    accepting: AcceptFileForm | None = None,
    refusing: UnreadableForm | None = None,
) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    files = case_files(found, user=user)
    shown = _shown(files, file)
    place, before, after = around(files, file)
    if refusing is None and file.entry.is_public and not shown.is_unreadable:
        refusing = UnreadableForm(case=found, user=user, now=now, file=file)
    asks_again = request.path.endswith("/unreadable/")
    refused = [form for form in (accepting, refusing) if form and form.is_bound]
    context = {
        "case": found,
        "customer": found.person,
        "file": file,
        "shown": shown,
        "place": place,
        "of": len(files),
        "before": before,
        "after": after,
        "leaf": _leaf(request, file),
        "is_kept": is_stored(file.view, root=settings.EVIDENCE_ROOT),
        "accepting": accepting or (AcceptFileForm(items=shown.items) if shown.items else None),
        "form": refusing,
        "asks_again": asks_again,
        "custody": custody_of(
            file,
            user=user,
            slots=[each.slot_id for each in file.answers.all()],
            is_unreadable=shown.is_unreadable,
            after=request.GET.get("after", ""),
        ),
        "page_address": reverse(
            "case_unreadable" if asks_again else "case_file", args=[found.number, file.pk]
        ),
    }
    return render(request, "cases/viewer.html", context, status=422 if refused else 200)


def _leaf(request: HttpRequest, file: Evidence) -> int:
    """The page of a document that is asked for."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    return max(1, min(number, file.pages or 1))
