from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.enums import CaseStatus, Visibility
from cases.forms import UpdateForm
from cases.forms.evidence import Holding, hold_good_files
from cases.models import Case
from cases.views.case.language import doubt_language
from cases.views.case.page import case_page, found_case, told
from cases.views.case.refused import RefusedCaseForm
from cases.views.case.resolution import resolution_page
from common.form_errors import add_refusal
from common.formats import day


@require_POST
@case_workers_only
def entries(request: HttpRequest, number: str) -> HttpResponse:
    """The composer. A save that comes too late answers 409 and keeps both texts."""
    user = signed_in(request)
    found = found_case(user, number)
    form = UpdateForm(
        request.POST, request.FILES, case=found, user=user, holding=Holding(user, request.path)
    )
    stale = request.POST.get("version") not in {None, str(found.version)}
    if not stale and not form.is_valid():
        return _refused_page(request, found, form)
    if not stale and form.cleaned_data["to_status"] == CaseStatus.RESOLVED:
        hold_good_files(form, timezone.now())  # they wait in the composer
        return resolution_page(request, found, words=form.cleaned_data["body"])
    if not stale:
        try:
            actions.update_case(
                case=found,
                version=form.cleaned_data["version"],
                update=form.update(),
                files=form.cleaned_data["evidence"],
                by=user,
                now=timezone.now(),
            )
        except actions.StaleCase:
            stale = True
            found = found_case(user, number)
        except ValidationError as error:
            add_refusal(form, error)
            return _refused_page(request, found, form)
    if stale:
        return _stale_page(request, found, form)
    typed = form.cleaned_data
    if typed["body"] and typed["visibility"] == Visibility.PUBLIC:
        messages.success(request, told(found, _("%(name)s will get it in writing.")))
    doubt_language(request, found, text=typed["body"], language=typed["language"])
    return redirect("case", number=number)


def _refused_page(request: HttpRequest, found: Case, form: UpdateForm) -> HttpResponse:
    hold_good_files(form, timezone.now())
    return case_page(request, found, refused=RefusedCaseForm(composer=form), status=422)


def _stale_page(request: HttpRequest, found: Case, sent: UpdateForm) -> HttpResponse:
    """What was typed, on top of the case as it is now; what came in between is marked."""
    user = signed_in(request)
    typed = request.POST.copy()
    typed["version"] = str(found.version)
    typed.pop("translate", None)  # asked for again once the case was looked at
    blank = UpdateForm(typed, case=found, user=user)
    offered = blank.initial["due_on"]
    if "due_on" not in blank.changed_data:
        typed["due_on"] = day(offered, short=True) if offered else ""  # theirs, if they set another
    typed["initial-due_on"] = offered.isoformat() if offered else ""
    seen = request.POST.get("seen", "")[:18]
    typed["seen"] = seen
    form = UpdateForm(typed, case=found, user=user)
    sent.is_valid()  # inspects its files, if nothing did before
    hold_good_files(sent, timezone.now())
    form.show_files_of(sent)
    form.add_error(None, actions.StaleCase())
    if bad_files := sent.errors.as_data().get("evidence"):
        form.add_error("evidence", ValidationError(bad_files))
    return case_page(
        request,
        found,
        refused=RefusedCaseForm(composer=form),
        status=409,
        seen=int(seen) if seen.isdecimal() else None,
    )
