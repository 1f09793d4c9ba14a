"""A case that was opened twice becomes part of another one; undone as easily."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.merge import MergeForm
from cases.mails.attorneys import recipient_of
from cases.models import Case, CaseMerge
from cases.queries.asked_for import items_of
from cases.queries.merges import could_go_on_in
from cases.views.case.page import case_page, found_case, told
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def merge(request: HttpRequest, number: str) -> HttpResponse:
    """Says what ends with the duplicate before anything is merged."""
    user = signed_in(request)
    found = found_case(user, number)
    if request.method != "POST":
        return _page(request, found, MergeForm(user=user))
    form = MergeForm(request.POST, user=user)
    if form.is_valid():
        kept = form.cleaned_data["kept"]
        if try_action(
            form,
            lambda: actions.merge_case(case=found, into=kept, by=user, now=timezone.now()),
        ):
            messages.success(request, told(kept, _("Merged. %(name)s will get an email about it.")))
            return redirect("case", number=kept.number)
    return _page(request, found, form, status=422)


def _page(request: HttpRequest, found: Case, form: MergeForm, *, status: int = 200) -> HttpResponse:
    others = could_go_on_in(found, user=signed_in(request))
    only = others[0].number if len(others) == 1 else ""
    context = {
        "case": found,
        "form": form,
        "others": others,
        "chosen": form["into"].value() if form.is_bound else only,
        "asked": [each.slot.name for each in items_of(found) if each.is_missing],
        "due": recipient_of(found),
        "planned": found.follow_ups.pending().count(),
    }
    return render(request, "cases/merge.html", context, status=status)


@require_POST
@case_workers_only
def undoing(request: HttpRequest, number: str, merge_id: int) -> HttpResponse:
    """On the page of either case."""
    user = signed_in(request)
    found = found_case(user, number)
    rows = CaseMerge.objects.select_related("case", "into")
    row = get_object_or_404(rows, pk=merge_id)
    if found.pk not in {row.case_id, row.into_id}:
        raise Http404
    form = forms.Form(request.POST)
    if try_action(form, lambda: actions.undo_merge(merge=row, by=user, now=timezone.now())):
        words = _("Undone: the case is in progress again. %(name)s will get an email about it.")
        messages.success(request, told(found_case(user, row.case.number), words))
        return redirect("case", number=row.case.number)
    return case_page(request, found, refused=RefusedCaseForm(unmerging=form), status=422)
