"""Each code of the timeline has its class, and old rows are still told."""

from __future__ import annotations

import pytest
from django.utils import translation

from cases.enums import Event
from cases.events import KINDS, describe
from cases.models import Entry

#: As the first versions wrote them, with less than what is written today.
OLD = {
    Event.OPENED: ({}, "Case opened"),
    Event.STATUS_CHANGED: (
        {"from_status": "open", "to_status": "in_progress", "due_on": "2026-11-20"},
        "Status: Open → In progress. Next step by November 20, 2026",
    ),
    Event.DUE_CHANGED: ({"due_on": "2026-11-20"}, "Next step by November 20, 2026"),
    Event.FOLLOW_UP_SET: ({"on": "2026-11-20"}, "Follow-up set for November 20, 2026"),
    Event.FOLLOW_UP_CANCELLED: ({"on": "2026-11-20"}, "Follow-up of November 20, 2026 cancelled"),
    Event.EVIDENCE_SETTLED: ({"slots": ["receipts"]}, "Accepted: Receipts"),
    Event.MAIL_BOUNCED: (
        {"template": "case_opened", "email": "1"},
        "The e-mail “Case opened” came back: the address takes no mail",
    ),
    Event.PROMISE_MADE: (
        {
            "promise": 1,
            "party": "customer",
            "what": "Call.",
            "amount": None,
            "due_on": "2026-11-20",
        },
        "Agreed (the customer): Call, by November 20, 2026",
    ),
}


def test_every_code_has_its_class() -> None:
    assert set(KINDS) == set(Event)
    assert [kind.event for kind in KINDS.values()] == list(KINDS)


@pytest.mark.parametrize("event", OLD)
def test_old_rows_are_told(event: Event) -> None:
    params, told = OLD[event]
    with translation.override("en"):
        assert describe(Entry(event=event, params=params), for_customer=False) == told
