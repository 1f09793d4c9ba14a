"""The queue's filters under a name: saved from the queue, renamed and deleted on a page."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import case_workers_only, signed_in
from accounts.models import User
from cases import actions
from cases.forms.saved_views import RenameViewForm, SaveViewForm
from cases.models import SavedView
from cases.views.queue import queue_page
from cases.views.queue_filters import read
from cases.views.queue_saved import saved_query
from common.form_errors import try_action


class _Row(NamedTuple):
    view: SavedView
    address: str
    form: RenameViewForm | None  # if they may change it


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def saved_views(request: HttpRequest) -> HttpResponse:
    """POST saves what the address says."""
    user = signed_in(request)
    if request.method != "POST":
        return _page(request, user)
    asked = read(request.GET)
    form = SaveViewForm(request.POST, may_share=user.supervises)

    def save() -> None:
        actions.save_view(
            view=asked.view, filters=asked.kept, **form.cleaned_data, by=user, now=timezone.now()
        )

    if try_action(form, save):
        messages.success(request, _("View saved. You’ll find it above the queue."))
        return redirect(asked.address())
    return queue_page(request, naming=form, status=422)


@require_POST
@case_workers_only
def name(request: HttpRequest, saved_id: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(SavedView.objects.kept().changeable_by(user), pk=saved_id)
    form = _form(row, request)
    if try_action(form, lambda: actions.rename_view(row=row, **form.cleaned_data, by=user)):
        messages.success(request, _("Saved."))
        return redirect("saved_views")
    return _page(request, user, refused=(row.pk, form), status=422)


@require_POST
@case_workers_only
def removal(request: HttpRequest, saved_id: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(SavedView.objects.changeable_by(user), pk=saved_id)
    actions.delete_view(row=row, by=user, now=timezone.now())
    return redirect(f"{reverse('saved_views')}?deleted={row.pk}")


@require_POST
@case_workers_only
def restoring(request: HttpRequest, saved_id: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(SavedView.objects.changeable_by(user), pk=saved_id)
    try:
        actions.restore_view(row=row, by=user)
        messages.success(request, _("View restored."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("saved_views")


def _page(
    request: HttpRequest,
    user: User,
    *,
    refused: tuple[int, RenameViewForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = dict([refused] if refused else [])
    rows = [
        _Row(
            each,
            f"{reverse('queue')}?{saved_query(each.view, each.filters)}",
            (forms.get(each.pk) or _form(each)) if _is_changeable(each, user) else None,
        )
        for each in SavedView.objects.visible_to(user)
    ]
    shown = {
        "groups": [
            (_("Your own"), [each for each in rows if not each.view.is_shared]),
            (_("Shared with the team"), [each for each in rows if each.view.is_shared]),
        ],
        "form": refused[1] if refused else None,
        "deleted": _deleted(request, user),
    }
    return render(request, "cases/saved_views.html", shown, status=status)


def _form(row: SavedView, request: HttpRequest | None = None) -> RenameViewForm:
    sent = request.POST if request else None
    return RenameViewForm(sent, initial={"name": row.name}, auto_id=f"view_{row.pk}_%s")


def _is_changeable(row: SavedView, user: User) -> bool:
    return user.supervises or not row.is_shared


def _deleted(request: HttpRequest, user: User) -> SavedView | None:
    """What they have just deleted."""
    asked = request.GET.get("deleted", "")
    row = SavedView.objects.filter(deleted_by=user).first() if asked else None
    return row if row and str(row.pk) == asked else None
