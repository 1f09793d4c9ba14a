"""Doors by role. A page that is not for this person answers as if it were not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that passed one of the doors below."""
    return cast(User, request.user)


def _only(may_enter: Callable[[User], bool]) -> Callable[[View[P]], View[P]]:
    def door(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may_enter(signed_in(request)):
                raise Http404
            return view(request, *args, **kwargs)

        return cast("View[P]", login_required(guarded))

    return door


case_workers_only = _only(lambda user: user.works_cases)
supervisors_only = _only(lambda user: user.supervises)
lease_readers_only = _only(lambda user: user.sees_leases)
staff_only = _only(lambda user: not user.is_customer)
customers_only = _only(lambda user: user.is_customer)
anyone_signed_in = _only(lambda user: True)
