"""A person's open work, which someone else must take over when they leave."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.models import CallDraft, Case, FollowUp


class Held(NamedTuple):
    cases: int
    follow_ups: int  # pending: about those cases, or planned by the person
    calls: int  # begun and not finished

    def __bool__(self) -> bool:
        return any(self)

    def __str__(self) -> str:
        parts = (
            (self.cases, ngettext("%(n)d active case", "%(n)d active cases", self.cases)),
            (self.follow_ups, ngettext("%(n)d follow-up", "%(n)d follow-ups", self.follow_ups)),
            (self.calls, ngettext("%(n)d unfinished call", "%(n)d unfinished calls", self.calls)),
        )
        return get_text_list([words % {"n": n} for n, words in parts if n], _("and"))


def held_by(person: User) -> Held:
    """Three counts, each of one person's rows by an index."""
    pending = FollowUp.objects.pending().filter(Q(case__assignee=person) | Q(by=person))
    return Held(
        Case.objects.active().filter(assignee=person).count(),
        pending.count(),
        CallDraft.objects.unfinished().filter(agent=person).count(),
    )
