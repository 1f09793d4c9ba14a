"""The items of a calendar's page, in words: two hundred of them are rendered at once.

Dictionaries, because a template reads them fastest; what all share is said once, not per item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.enums import Language
from accounts.models import User
from cases.enums import FollowUpRule
from cases.models import FollowUp
from common.formats import day, iso, phone, time_in

TOLD_RULES = {FollowUpRule.STORE_SILENT, FollowUpRule.WINDOW_ENDS}


def items_shown(
    monday: date, *, user: User, is_mine: bool, now: datetime, late_before: datetime
) -> Callable[[Iterable[FollowUp]], list[dict[str, Any]]]:
    """How a list of this week's follow-ups is shown to this person."""
    call, email = pgettext("follow-up", "Call"), pgettext("follow-up", "Email:")
    move_call = _("Move this call: %(name)s, %(day)s")
    move_email = _("Move this email: %(name)s, %(day)s")
    set_by = _("Scheduled by %(name)s")
    languages = {each.value: str(each.label) for each in Language}
    call_now, is_late = _("call now"), pgettext("follow-up", "late")

    def shown(each: FollowUp) -> dict[str, Any]:
        customer, is_call, on = each.case.person, each.is_call, day(each.on)
        named = {"name": customer.name, "day": on}
        due = time_in(each.send_at, customer.time_zone)
        badge = ("warn", call_now) if is_call and each.send_at <= now else None
        if not is_call and each.send_at < late_before:
            badge = ("bad", is_late)
        return {
            "follow_up": each,
            "pk": each.pk,
            "on": each.on.isoformat(),
            "days": " ".join(customer.available_days),
            "channel": each.channel,
            "is_call": is_call,
            "move_to": reverse("correspondence_follow_up_day", args=[each.pk]),
            "send_at": iso(each.send_at),
            "time": f"{day(each.on, short=True)}, {due}" if each.on < monday else due,
            "badge": badge,
            "handle": (move_call if is_call else move_email) % named,
            "name": customer.name,
            "case": reverse("case", args=[each.case.number]),
            "number": each.case.spoken_number,
            "what": call if is_call else f"{email} {each.template_label}",
            "language": each.spoken,
            "language_name": languages[each.spoken],
            "rule": each.get_rule_display() if each.rule in TOLD_RULES else "",
            "wishes": [str(wish) for wish in customer.wishes] if is_call else [],
            "phone": customer.phone if is_call else "",
            "phone_shown": phone(customer.phone) if is_call else "",
            "message": each.message if is_call else "",
            "by": "" if is_mine and each.by_id == user.pk else set_by % {"name": each.by.name},
            "about": f": {customer.name}, {on}",
        }

    return lambda found: [shown(each) for each in found]
