from __future__ import annotations

from dataclasses import dataclass, fields

from django import forms

from cases.forms import (
    AssignmentForm,
    CallMadeForm,
    EscalationForm,
    FollowUpForm,
    MoveForm,
    TranslationForm,
    UpdateForm,
)
from cases.forms.agreements import AgreementForm, SettlementForm
from cases.forms.answers import AnswersForm
from cases.forms.caller import VerificationForm
from cases.forms.evidence_asked import EvidenceRequestForm, SettleEvidenceForm, TieFileForm
from cases.forms.flags import FlagForm, LiftForm
from cases.forms.identity import LiftBlockForm
from cases.forms.outside import OutsideAnswerForm, OutsideForm, OutsideMoreForm
from cases.forms.references import ReferenceForm
from cases.forms.reopen import ReopenForm
from cases.forms.snooze import SnoozeForm
from cases.forms.tags import TagForm


@dataclass(frozen=True, kw_only=True)
class RefusedCaseForm:
    """The form on a case's page that was refused; the page shows it with what was typed."""

    composer: UpdateForm | None = None
    assignment: AssignmentForm | None = None
    escalation: EscalationForm | None = None
    reopening: ReopenForm | None = None
    snoozing: SnoozeForm | None = None
    review: TranslationForm | None = None

    follow_up: FollowUpForm | None = None
    moving: MoveForm | None = None
    calling: CallMadeForm | None = None

    agreement: AgreementForm | None = None
    settlement: SettlementForm | None = None

    asking: EvidenceRequestForm | None = None
    settling: SettleEvidenceForm | None = None
    tying: TieFileForm | None = None
    steps: forms.Form | None = None
    detaching: forms.Form | None = None
    unmerging: forms.Form | None = None

    outside: OutsideForm | None = None
    answering: OutsideAnswerForm | None = None
    extending: OutsideMoreForm | None = None

    answering_questions: AnswersForm | None = None
    referring: ReferenceForm | None = None
    tagging: TagForm | None = None
    verifying: VerificationForm | None = None

    flagging: FlagForm | None = None
    lifting: LiftForm | None = None
    unblocking: LiftBlockForm | None = None

    @property
    def panel(self) -> str:
        """The one with this form, which is then open; empty if it's in none."""
        return next((_PANELS[name] for name in self.context() if name in _PANELS), "")

    def context(self) -> dict[str, forms.Form]:
        """Under its own name, in place of the empty form the page would show."""
        shown = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: form for name, form in shown.items() if form is not None}


#: Where each of them is (opened.py).
_PANELS = {
    "assignment": "assignment",
    "escalation": "escalation",
    "reopening": "reopen",
    "snoozing": "snooze",
    "follow_up": "follow-ups",
    "moving": "follow-ups",
    "calling": "follow-ups",
    "agreement": "agreements",
    "settlement": "agreements",
    "asking": "evidence",
    "settling": "evidence",
    "tying": "evidence",
    "steps": "evidence",
    "outside": "outside",
    "answering": "outside",
    "extending": "outside",
    "answering_questions": "answers",
    "referring": "references",
    "tagging": "tags",
    "verifying": "verification",
    "flagging": "flags",
    "lifting": "flags",
    "unblocking": "identity",
}

NONE_REFUSED = RefusedCaseForm()
