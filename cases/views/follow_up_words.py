from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.enums import Channel
from cases.models import FollowUp
from common.formats import day, moment_in


def tell_when(request: HttpRequest, follow_up: FollowUp, *, asked: date | None) -> None:
    """When it will really be sent: `asked` may not be one of the customer's days."""
    at = moment_in(follow_up.send_at, follow_up.case.person.time_zone)
    if follow_up.channel == Channel.PHONE:
        goes = _("The call is scheduled for %(moment)s.") % {"moment": at}
    else:
        goes = _("The email goes out on %(moment)s.") % {"moment": at}
    if asked is None or asked == follow_up.on:
        messages.success(request, goes)
    else:
        closed = _("%(name)s isn’t available on %(day)s.") % {
            "name": follow_up.case.person.name,
            "day": day(asked),
        }
        messages.warning(request, f"{closed} {goes}")
