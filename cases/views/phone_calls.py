"""What the telephone system told: the log of calls, and those to call back."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, signed_in
from cases.forms import SettleCallForm
from cases.queries.phone_calls import phone_call_page
from cases.queries.waiting import capped
from common.form_errors import try_action
from common.formats import parse_phone
from telephone.actions import settle_call
from telephone.models import PhoneCall
from telephone.queries.call_log import count_to_return
from telephone.queries.ringing import lines_of

#: Lists of calls, the first one without asking.
VIEWS = ("callback", "missed", "mine", "all")


@require_safe
@case_workers_only
def phone_calls(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@case_workers_only
def settlement(request: HttpRequest, phone_call: int) -> HttpResponse:
    """No one needs to call back."""
    user, now = signed_in(request), timezone.now()
    call = get_object_or_404(PhoneCall.objects.visible_to(user), pk=phone_call)
    form = SettleCallForm(request.POST)
    if try_action(
        form,
        lambda: settle_call(call=call, reason=form.cleaned_data["reason"], by=user, now=now),
    ):
        messages.success(request, _("Done: it’s off the list."))
        return redirect("phone_calls")
    if form.non_field_errors():  # someone else was faster: it's no longer on the list
        messages.info(request, str(form.non_field_errors()[0]))
        return redirect("phone_calls")
    return _page(request, refused=(call.pk, form), status=422)


def _page(
    request: HttpRequest, *, refused: tuple[int, SettleCallForm] | None = None, status: int = 200
) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    view, number = _asked(request)
    found = phone_call_page(
        user, view=view, number=number, after=request.GET.get("after", ""), now=now
    )
    context = {
        "view": view,
        "number": number,
        "page": found.page,
        "days": [(each, list(rows)) for each, rows in groupby(found.rows, lambda row: row.day)],
        "today": timezone.localtime(now).date(),  # the reader's, as the times are
        "yesterday": timezone.localtime(now - timedelta(days=1)).date(),
        "refused": refused[0] if refused else None,
        "form": refused[1] if refused else SettleCallForm(),
        "to_call_back": capped(count_to_return(user, now=now)),
        "extensions": lines_of(user),
        "is_connected": bool(settings.TELEPHONE_SECRETS),
        "page_address": reverse("phone_calls") if request.method == "POST" else None,
    }
    return render(request, "cases/phone_calls.html", context, status=status)


def _asked(request: HttpRequest) -> tuple[str, str]:
    """All calls with a number are one list."""
    if number := parse_phone(request.GET.get("number", "").strip()[:40]):
        return "all", number
    view = request.GET.get("view", "")
    return (view if view in VIEWS else VIEWS[0]), ""
