"""Many cases of the queue at once: given to someone, and back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.assign_cases import AssignCasesForm, chosen_in
from cases.queries.people import case_workers
from cases.views.queue import queue_page
from cases.views.queue_filters import read
from cases.views.queue_result import keep_result, take_given
from common.form_errors import try_action


@require_POST
@case_workers_only
def assignments(request: HttpRequest) -> HttpResponse:
    """The address says which queue it was sent from."""
    user, now = signed_in(request), timezone.now()
    form = AssignCasesForm(request.POST, people=case_workers().values_list("pk", "name"))

    def assign() -> None:
        to = form.cleaned_data["to"]
        done = actions.assign_cases(
            chosen=chosen_in(request.POST),
            to=to,
            reason=form.cleaned_data["reason"],
            by=user,
            now=now,
        )
        keep_result(request, done, to=to.name if to else "", is_undone=False)

    if try_action(form, assign):
        return redirect(read(request.GET).address())
    return queue_page(request, refused=form, status=422)


@require_POST
@case_workers_only
def undone(request: HttpRequest) -> HttpResponse:
    """The last one of this session, once; later it changes nothing."""
    given = take_given(request)
    if given:
        done = actions.undo_assign_cases(given=given, by=signed_in(request), now=timezone.now())
        keep_result(request, done, to="", is_undone=True)
    return redirect(read(request.GET).address())
