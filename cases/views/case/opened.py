"""The panels of a case's page. Each is closed until it's asked for: then nothing of it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest

from accounts.models import User
from cases.forms import AssignmentForm, EscalationForm
from cases.forms.reopen import ReopenForm
from cases.forms.tags import TagForm
from cases.models import Case
from cases.queries.attempts import newest_of
from cases.queries.flags import Flags
from cases.queries.people import case_workers
from cases.queries.tags import offered_names
from cases.views.case import panels
from cases.views.case.answer_panel import answering
from cases.views.case.attempt_keys import RESULT_KEYS
from cases.views.case.flag_panel import flag_panel
from cases.views.case.follow_up_panel import follow_up_panel
from cases.views.case.identity_panel import identity_panel
from cases.views.case.refused import RefusedCaseForm
from cases.views.case.snooze_panel import snooze_panel
from cases.views.case.verification_panel import verifying


class Asked(NamedTuple):
    """What a panel is made from."""

    found: Case
    user: User
    flags: Flags
    refused: RefusedCaseForm
    now: datetime


Build = Callable[[Asked], dict[str, Any]]

PANELS: Mapping[str, Build] = {
    "agreements": lambda asked: panels.agreements(asked.found, refused=asked.refused),
    "answers": lambda asked: answering(asked.found),
    "assignment": lambda asked: {
        "assignment": AssignmentForm(people=case_workers(), had=asked.found.assignee_id)
    },
    "attempts": lambda asked: {
        "newest_attempts": newest_of(asked.found),
        "call_results": RESULT_KEYS,
    },
    "charges": lambda asked: panels.charges(asked.found, user=asked.user),
    "escalation": lambda asked: {
        "escalation": EscalationForm(),
        "escalations": asked.found.escalations.select_related("by")[:5],
    },
    "evidence": lambda asked: panels.evidence(asked.found, user=asked.user, now=asked.now),
    "flags": lambda asked: flag_panel(
        asked.found, asked.flags, user=asked.user, refused=asked.refused
    ),
    "follow-ups": lambda asked: follow_up_panel(asked.found, now=asked.now, refused=asked.refused),
    "identity": lambda asked: {
        "blocked": identity_panel(asked.found, user=asked.user, refused=asked.refused.unblocking)
    },
    "outside": lambda asked: panels.outside(asked.found, now=asked.now, refused=asked.refused),
    "references": lambda asked: panels.references(asked.found),
    "reopen": lambda asked: {
        "reopening": ReopenForm(now=asked.now),
        "is_emailed": panels.is_emailed(asked.found),
    },
    "snooze": lambda asked: snooze_panel(asked.found, now=asked.now),
    "tags": lambda _asked: {"tagging": TagForm(), "tag_names": offered_names()},
    "verification": lambda asked: verifying(asked.found, refused=asked.refused.verifying),
}


def opened(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """The one that is asked for, or whose form was refused. `opened_row`: its row to open."""
    name = asked.refused.panel or request.GET.get("open", "")
    if name not in PANELS:
        return {"opened": ""}
    row = request.GET.get("row", "")
    return {
        "opened": name,
        "opened_template": f"cases/case/_{name.replace('-', '_')}.html",
        "opened_row": int(row) if row.isascii() and row.isdecimal() and len(row) < 19 else None,
        **PANELS[name](asked),
    }
