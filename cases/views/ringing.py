"""The caller's card, on every page of the agent whose phone rings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, signed_in
from accounts.models import User
from cases import actions
from cases.queries.callers import CallerCard, caller_of
from common import formats
from leases.queries.find import leases_numbered
from telephone.enums import CallState
from telephone.models import PhoneCall
from telephone.queries.ringing import current_calls, lines_of
from telephone.views import changes_key

MOST_CARDS = 2  # calls at once on one screen


@dataclass(frozen=True)
class Card:
    call: PhoneCall
    state: CallState
    caller: CallerCard


@dataclass(frozen=True)
class Ringing:
    cards: list[Card]
    ask: str  # where a page hears of changes
    now: datetime


def ringing_at(user: User, now: datetime) -> Ringing | None:
    """None without a telephone system, or for someone without a phone line."""
    if not settings.TELEPHONE_SECRETS or not user.works_cases or not lines_of(user):
        return None
    # What is being logged has its own page; what was discarded is logged again from the call log.
    calls = current_calls(user, now=now).filter(call_drafts=None)[:MOST_CARDS]
    cards = [
        Card(call, call.state(now), caller_of(call.number, user=user, now=now)) for call in calls
    ]
    query = urlencode({"key": changes_key(user)})
    return Ringing(cards, f"{reverse('phone_changes')}?{query}", now)


@require_safe
@case_workers_only
def card(request: HttpRequest) -> HttpResponse:
    """What the page shows after a change; nothing is on the phone if it's empty."""
    shown = ringing_at(signed_in(request), timezone.now())
    return render(request, "components/ringing_cards.html", {"shown": shown})


@require_POST
@case_workers_only
def answers(request: HttpRequest, phone_call: int) -> HttpResponse:
    """Starts logging this call: with the lease that was chosen, or the only one there is."""
    user, now = signed_in(request), timezone.now()
    call = get_object_or_404(PhoneCall.objects.visible_to(user), pk=phone_call)
    caller = caller_of(call.number, user=user, now=now)
    lease = caller.only_lease
    if account_number := request.POST.get("lease"):
        lease = get_object_or_404(leases_numbered(account_number, user=user))
    draft = actions.log_phone_call(
        phone_call=call, lease=lease, typed=_known(caller), by=user, now=now
    )
    return redirect("call", number=draft.number)


def _known(caller: CallerCard) -> dict[str, str]:
    if not caller.number:
        return {}
    number = formats.phone(caller.number)
    known = {"contract": number, "contact_phone": number}
    if caller.language:
        known |= {"language": caller.language, "suggested_language": caller.language}
    return known
