from __future__ import annotations

from collections.abc import Collection

from cases.models import Case, CaseMail, FollowUp
from mail.models import Email

#: On the page of a case: all plans, and the results of the last ones.
MOST_PLANNED, MOST_SETTLED = 50, 10


def follow_ups_of(case: Case) -> list[FollowUp]:
    """What is planned, next first, then what was sent, done or canceled, newest first."""
    found = case.follow_ups.select_related("by", "done_by", "cancelled_by")
    planned = found.pending().order_by("send_at", "pk")[:MOST_PLANNED]
    settled = found.settled().order_by("-send_at", "-pk")[:MOST_SETTLED]
    return [*planned, *settled]


def mails_of(follow_ups: Collection[FollowUp]) -> dict[int, Email]:
    """What was sent, by the follow-up it came from."""
    sent = [each.pk for each in follow_ups if each.done_at and not each.is_call]
    if not sent:
        return {}
    links = CaseMail.objects.filter(follow_up__in=sent).select_related("email__template")
    links = links.order_by("email__created_at")  # the last one, if it was sent again
    return {link.follow_up_id: link.email for link in links if link.follow_up_id}
