from cases.models.call_draft import CallDraft
from cases.models.case import Case
from cases.models.email import Email
from cases.models.email_template import EmailTemplate
from cases.models.entry import Entry
from cases.models.escalation import Escalation
from cases.models.evidence import Evidence, EvidenceView
from cases.models.follow_up import FollowUp

__all__ = [
    "CallDraft",
    "Case",
    "Email",
    "EmailTemplate",
    "Entry",
    "Escalation",
    "Evidence",
    "EvidenceView",
    "FollowUp",
]
