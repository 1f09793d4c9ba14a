"""The limits on one sign-in attempt."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.limits import Limit, limit, take
from accounts.paces import RESET_LINK, Pace, Step, network_of
from accounts.sign_in import device


def network(request: HttpRequest) -> str:
    return network_of(get_adapter().get_client_ip(request))


def of_person(kind: str, step: Step, *, request: HttpRequest, subject: str) -> list[Limit]:
    """`subject`: who they say they are. Limits that everyone shares are locked last and briefly.

    A network over its limit affects no one else. A browser that this person signed in with before
    has one limit of its own, so strangers can't lock it out.
    """
    if known := device.known_as(request, subject):
        return [limit(kind, "device", f"{known} {subject}", step.device)]
    near = network(request)
    return [
        limit(kind, "network", near, step.network),
        limit(kind, "pair", f"{near} {subject}", step.pair),
        limit(kind, "subject", subject, step.subject),
        overall(kind),
    ]


def of_network(kind: str, pace: Pace, *, request: HttpRequest) -> list[Limit]:
    return [limit(kind, "network", network(request), pace), overall(kind)]


def overall(kind: str) -> Limit:
    """However many networks someone has."""
    most = settings.SIGN_IN_PER_MINUTE
    return limit(kind, "overall", "", Pace(most, 60 / most))


def reset_link_paced(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def paced(request: HttpRequest, **kwargs: str) -> HttpResponse:
        limits = of_network("reset_link", RESET_LINK, request=request)
        if request.method == "POST" and take(limits, now=timezone.now()):
            return respond_429(request)  # type: ignore[no-any-return]
        return view(request, **kwargs)

    return paced
