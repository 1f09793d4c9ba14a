"""Many cases of the queue at once: given to someone or tagged, and back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.assign_cases import AssignCasesForm, chosen_in
from cases.forms.tags import TagCasesForm
from cases.models import Tag
from cases.queries.people import case_workers
from cases.views.queue import queue_page
from cases.views.queue_filters import read
from cases.views.queue_result import keep_result, keep_tagging, take_undoable
from common.form_errors import try_action


@require_POST
@case_workers_only
def assignments(request: HttpRequest) -> HttpResponse:
    """The address says which queue it was sent from. Enter in the field of tags presses the first
    button, which is ours: without a person, it's the tag that is meant.
    """
    if request.POST.get("tag", "").strip() and not request.POST.get("to"):
        return _tagged(request)
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
def taggings(request: HttpRequest) -> HttpResponse:
    return _tagged(request)


def _tagged(request: HttpRequest) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    form = TagCasesForm(request.POST)

    def tag() -> None:
        name, reason = form.cleaned_data["tag"], form.cleaned_data["reason"]
        chosen = chosen_in(request.POST)
        done = actions.tag_cases(chosen=chosen, name=name, reason=reason, by=user, now=now)
        keep_tagging(request, done, is_undone=False)

    if try_action(form, tag):
        return redirect(read(request.GET).address())
    return queue_page(request, tagging=form, status=422)


@require_POST
@case_workers_only
def undone(request: HttpRequest) -> HttpResponse:
    """The last deed of this session, once; later it changes nothing."""
    user, now = signed_in(request), timezone.now()
    last = take_undoable(request)
    if last.given:
        back = actions.undo_assign_cases(given=last.given, by=user, now=now)
        keep_result(request, back, to="", is_undone=True)
    tag = Tag.objects.filter(pk=last.tag).first() if last.tag and last.tagged else None
    if tag:
        done = actions.undo_tag_cases(tag=tag, tagged=last.tagged, by=user, now=now)
        keep_tagging(request, done, is_undone=True)
    return redirect(read(request.GET).address())
