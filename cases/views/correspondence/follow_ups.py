from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms import MoveForm
from cases.models import FollowUp
from cases.queries.calendar import MOST, Week, monday_of, next_planned, week
from cases.views.correspondence.calendar_items import items_shown
from cases.views.correspondence.frame import frame
from cases.views.follow_up_words import tell_when
from common.company_day import business_day
from common.form_errors import add_refusal
from mail.queries.outbox import alert_after

NAME = "correspondence_follow_ups"


@require_safe
@case_workers_only
def calendar(request: HttpRequest) -> HttpResponse:
    """What is planned, by day: in the week named, otherwise this one."""
    return _page(request, request.GET)


@require_POST
@case_workers_only
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves one, then shows the week it moved to. A refused move answers with the page it
    was on.
    """
    user = signed_in(request)
    follow_ups = FollowUp.objects.visible_to(user).select_related("case")
    follow_up = get_object_or_404(follow_ups, pk=pk)
    form = MoveForm(request.POST, follow_up=follow_up, today=business_day(timezone.now()))
    if not form.is_valid():
        return _page(request, request.POST, moving=form, status=422)
    try:
        moved = actions.move_follow_up(
            follow_up=follow_up, **form.cleaned_data, by=user, now=timezone.now()
        )
    except ValidationError as error:
        add_refusal(form, error)
        is_stale = isinstance(error, actions.StaleFollowUp)
        return _page(request, request.POST, moving=form, status=409 if is_stale else 422)
    tell_when(request, moved, asked=form.cleaned_data["to"])
    return redirect(f"{_address(moved.on, _is_mine(request.POST))}#follow-up-{moved.pk}")


def shown_week(asked: QueryDict) -> str | None:
    """The address of the week someone comes from, if a form of the calendar said so."""
    monday = _day(asked.get("week", ""))
    return _address(monday, _is_mine(asked)) if monday else None


def _page(
    request: HttpRequest, asked: QueryDict, *, moving: MoveForm | None = None, status: int = 200
) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    today = business_day(now)
    is_mine = _is_mine(asked)
    found = week(user, _day(asked.get("week", "")) or today, mine=is_mine, today=today)
    monday = found.monday
    next_on = None
    if monday == monday_of(today) and not any(day.items for day in found.days if day.on >= today):
        next_on = next_planned(user, monday + timedelta(days=6), mine=is_mine)
    here, open_pk = _address(monday, is_mine), moving.follow_up.pk if moving else _opened(asked)
    late_before = now - alert_after()
    shown = items_shown(monday, user=user, is_mine=is_mine, now=now, late_before=late_before)
    context = {
        "week": found,
        "late": shown(found.late),
        "days": [(day, shown(day.items)) for day in found.days],
        "sunday": monday + timedelta(days=6),
        "is_empty": not found.late and not any(each.items or each.done for each in found.days),
        "most": MOST,
        "today": today,
        "is_this_week": monday == monday_of(today),
        "mine": is_mine,
        "next_on": next_on,
        "open_pk": open_pk,
        "open_form": "move" if moving else asked.get("form", "move"),
        "addresses": {
            "here": here,
            "mine": _address(monday, True),
            "everybody": _address(monday, False),
            "before": _address(monday - timedelta(days=7), is_mine),
            "this": _address(today, is_mine),
            "after": _address(monday + timedelta(days=7), is_mine),
            "next": _address(next_on, is_mine) if next_on else "",
        },
        "page_address": _with_open(here, asked) if open_pk and not moving else here,
        "moving": moving,
        "move": moving or _move_form(found, open_pk, today),
        **frame(user, tab=NAME),
    }
    return render(request, "correspondence/follow_ups.html", context, status=status)


def _move_form(shown: Week, pk: int | None, today: date) -> MoveForm | None:
    listed = [*shown.late, *(each for day in shown.days for each in day.items)]
    opened = next((each for each in listed if each.pk == pk), None)
    return MoveForm(follow_up=opened, today=today) if opened else None


def _opened(asked: QueryDict) -> int | None:
    """The follow-up whose forms are shown: one at a time, because a page has hundreds."""
    pk = asked.get("open", "")
    return int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else None


def _with_open(address: str, asked: QueryDict) -> str:
    return (
        f"{address}&{urlencode({name: asked[name] for name in ('open', 'form') if name in asked})}"
    )


def _is_mine(asked: QueryDict) -> bool:
    return asked.get("whose") != "everybody"


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date(2000, 1, 1) < found < date(2200, 1, 1) else None


def _address(day: date, is_mine: bool) -> str:
    whose = "mine" if is_mine else "everybody"
    return f"{reverse(NAME)}?{urlencode({'week': monday_of(day).isoformat(), 'whose': whose})}"
