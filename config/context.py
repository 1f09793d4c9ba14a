from __future__ import annotations

from functools import cache, partial

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.enums import OFFERED_LANGUAGES, Language
from accounts.models import User
from accounts.tab_keys import tab_key
from cases.queries import mail_state, waiting
from cases.views.call.running import running_call
from cases.views.ringing import Ringing, ringing_at
from leases.queries import late_reports, monitoring
from mail.queries import inbound_watch
from telephone.queries.call_log import count_to_return


def site(request: HttpRequest) -> dict[str, object]:
    """What the frame of every page needs."""
    return {
        "company_name": settings.COMPANY_NAME,
        "source_url": settings.SOURCE_URL,
        "languages": [(each.value, each.own_name) for each in Language],
        "offered_languages": OFFERED_LANGUAGES,
        "demo": settings.DEMO,
        "tab_key": partial(_tab_key, request),
        "no_second_factor": settings.DEMO and not settings.STAFF_SECOND_FACTOR_REQUIRED,
        # asked only where the frame shows them, and once for both of its lists of places
        "mail_is_late": cache(partial(_mail_is_late, request)),
        "inbound_trouble": cache(partial(_inbound_trouble, request)),
        "correspondence_waits": cache(partial(_correspondence_waits, request)),
        "late_reports_wait": cache(partial(_late_reports_wait, request)),
        "lease_alerts": cache(partial(_lease_alerts, request)),
        "ringing": cache(partial(_ringing, request)),
        "running_call": cache(partial(running_call, request)),
        "phone_is_connected": bool(settings.TELEPHONE_SECRETS),
        "calls_to_return": cache(partial(_calls_to_return, request)),
    }


def _tab_key(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return tab_key(user) if isinstance(user, User) else ""


def _mail_is_late(request: HttpRequest) -> bool:
    """Shown only to people who can do something about it."""
    user = getattr(request, "user", None)
    return isinstance(user, User) and user.supervises and mail_state.is_late(timezone.now())


def _inbound_trouble(request: HttpRequest) -> inbound_watch.Inbound | None:
    """Shown only to people who can do something about it."""
    user = getattr(request, "user", None)
    if not (isinstance(user, User) and user.supervises):
        return None
    return inbound_watch.trouble(timezone.now())


def _correspondence_waits(request: HttpRequest) -> str:
    """How many items need a person's attention; empty for none."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.works_cases:
        return ""
    return waiting.capped(sum(waiting.waiting(user, timezone.now()).values()))


def _calls_to_return(request: HttpRequest) -> str:
    """How many missed calls wait for someone; empty for none."""
    user = getattr(request, "user", None)
    if not (settings.TELEPHONE_SECRETS and isinstance(user, User) and user.works_cases):
        return ""
    return waiting.capped(count_to_return(user, now=timezone.now()))


def _ringing(request: HttpRequest) -> Ringing | None:
    """Who is on this agent's phone; None for everyone who has none."""
    user = getattr(request, "user", None)
    return ringing_at(user, timezone.now()) if isinstance(user, User) else None


def _late_reports_wait(request: HttpRequest) -> str:
    """How many reports wait for this supervisor's decision; empty for none and for everyone
    else.
    """
    user = getattr(request, "user", None)
    count = late_reports.waiting_for(user) if isinstance(user, User) else 0
    return monitoring.capped(count) if count else ""


def _lease_alerts(request: HttpRequest) -> str:
    """How many leases need someone's attention now; empty for none."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.sees_leases:
        return ""
    count = monitoring.alerts(user=user, now=timezone.now())
    return monitoring.capped(count) if count else ""
