from cases.models.asked_item import AskedItem, AskedItemFile
from cases.models.call_correction import CallCorrection
from cases.models.call_draft import CallDraft
from cases.models.call_key import CallKey
from cases.models.call_takeover import CallTakeover
from cases.models.call_window import CallWindow
from cases.models.case import Case
from cases.models.case_answer import CaseAnswer
from cases.models.case_charge import CaseCharge
from cases.models.case_contact import CaseContact
from cases.models.case_flag import CaseFlag, FlagMail
from cases.models.case_mail import CaseMail, DeadlineMail
from cases.models.case_merge import CaseMerge
from cases.models.case_reference import CaseReference
from cases.models.case_refund import CaseRefund
from cases.models.confirmed_address import ConfirmedAddress
from cases.models.contact_attempt import AttemptRetraction, ContactAttempt
from cases.models.entry import Entry
from cases.models.entry_language import EntryTranslation, LanguageCorrection
from cases.models.escalation import Escalation
from cases.models.evidence import Evidence, EvidenceView
from cases.models.follow_up import FollowUp
from cases.models.held_upload import HeldUpload
from cases.models.inbound_mail import InboundMail, InboundOriginalView
from cases.models.kind import (
    CaseKind,
    CaseOutcome,
    EvidenceSlot,
    KindOutcome,
    KindSlot,
    ScriptSituation,
)
from cases.models.kind_question import KindQuestion, QuestionChoice
from cases.models.outside_deadline import OutsideDeadline
from cases.models.promise import Promise
from cases.models.saved_view import SavedView
from cases.models.script import Script
from cases.models.search_document import SearchDocument, SearchProgress
from cases.models.search_word import SearchWord
from cases.models.store_complaint import StoreComplaint
from cases.models.store_return import StoreReturn, StoreReturnQuerySet
from cases.models.tag import Tag
from cases.models.take_preference import TakePreference
from cases.models.verification import Verification

__all__ = [
    "AskedItem",
    "AskedItemFile",
    "AttemptRetraction",
    "CallCorrection",
    "CallDraft",
    "CallKey",
    "CallTakeover",
    "CallWindow",
    "Case",
    "CaseAnswer",
    "CaseCharge",
    "CaseContact",
    "CaseFlag",
    "CaseKind",
    "CaseMail",
    "CaseMerge",
    "CaseOutcome",
    "CaseReference",
    "CaseRefund",
    "ConfirmedAddress",
    "ContactAttempt",
    "DeadlineMail",
    "Entry",
    "EntryTranslation",
    "Escalation",
    "Evidence",
    "EvidenceSlot",
    "EvidenceView",
    "FlagMail",
    "FollowUp",
    "HeldUpload",
    "InboundMail",
    "InboundOriginalView",
    "KindOutcome",
    "KindQuestion",
    "KindSlot",
    "LanguageCorrection",
    "OutsideDeadline",
    "Promise",
    "QuestionChoice",
    "SavedView",
    "Script",
    "ScriptSituation",
    "SearchDocument",
    "SearchProgress",
    "SearchWord",
    "StoreComplaint",
    "StoreReturn",
    "StoreReturnQuerySet",
    "Tag",
    "TakePreference",
    "Verification",
]
