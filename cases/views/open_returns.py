"""Merchandise returned on funded leases, until someone records the outcome."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import lease_readers_only, signed_in
from accounts.models import User
from cases.queries.return_cases import cases_about
from leases import actions, worklist_words
from leases.forms import CloseReturnForm
from leases.models import MerchandiseReturn
from leases.queries.open_returns import open_returns_page, with_age


@require_safe
@lease_readers_only
def open_returns(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@lease_readers_only
def closing(request: HttpRequest, return_id: int) -> HttpResponse:
    """Back to the list, or 422 with what was typed."""
    user = signed_in(request)
    if not _may_close(user):
        raise Http404
    row = get_object_or_404(MerchandiseReturn.objects.visible_to(user), pk=return_id)
    form = _form(row.pk, request.POST)
    if form.is_valid():
        try:
            actions.close_return(
                row=row, note=form.cleaned_data["note"], by=user, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error("note", error)
        else:
            messages.success(request, _("The return is closed."))
            return redirect("open_returns")
    return _page(request, closing=row.pk, form=form, status=422)


def _page(
    request: HttpRequest,
    *,
    closing: int = 0,
    form: CloseReturnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    page = open_returns_page(user=user, after=request.GET.get("after", ""))
    about = cases_about(page.rows, user=user)
    lines = [
        (
            each,
            about.get(each.row.lease_id),
            form if form and each.row.pk == closing else _form(each.row.pk),
        )
        for each in with_age(page.rows, now)
    ]
    context = {
        "words": worklist_words.RETURNS,
        "page": page,
        "lines": lines,
        "refused": form,
        "may_close": _may_close(user),
    }
    return render(request, "leases/open_returns.html", context, status=status)


def _may_close(user: User) -> bool:
    return user.decides_leases or user.supervises


def _form(pk: int, data: QueryDict | None = None) -> CloseReturnForm:
    return CloseReturnForm(data, auto_id=f"close-{pk}-%s")
