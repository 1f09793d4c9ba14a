"""Codes that are stored, with the labels people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseStatus(TextChoices):
    OPEN = "open", pgettext_lazy("case status", "Open")
    IN_PROGRESS = "in_progress", pgettext_lazy("case status", "In progress")
    WAITING_CUSTOMER = "waiting_customer", pgettext_lazy("case status", "Waiting for the customer")
    WAITING_STORE = "waiting_store", pgettext_lazy("case status", "Waiting for the store")
    ESCALATED = "escalated", pgettext_lazy("case status", "Escalated")
    RESOLVED = "resolved", pgettext_lazy("case status", "Resolved")
    CLOSED = "closed", pgettext_lazy("case status", "Closed")


class Party(TextChoices):
    """Who must act."""

    COMPANY = "company", pgettext_lazy("party", "Our team")
    CUSTOMER = "customer", pgettext_lazy("party", "The customer")
    STORE = "store", pgettext_lazy("party", "The store")
    NOBODY = "nobody", pgettext_lazy("party", "No one")


class Channel(TextChoices):
    PHONE = "phone", pgettext_lazy("channel", "Phone")
    WEB = "web", pgettext_lazy("channel", "Website")
    EMAIL = "email", pgettext_lazy("channel", "Email")
    STORE = "store", pgettext_lazy("channel", "Store")
    LETTER = "letter", pgettext_lazy("channel", "Letter")


class WithoutLease(TextChoices):
    """Why a case has no lease (yet)."""

    NOT_FOUND = "not_found", pgettext_lazy("case without a lease", "We can’t find their lease")
    NO_LEASE = "no_lease", pgettext_lazy("case without a lease", "They have no lease with us")
    DENIED = "denied", pgettext_lazy("case without a lease", "Their application was denied")
    IDENTITY = (
        "identity",
        pgettext_lazy("case without a lease", "Someone else used their name or data"),
    )


class CallerRelation(TextChoices):
    """Who is on the line."""

    CUSTOMER = "customer", pgettext_lazy("caller", "Customer")
    APPLICANT = "applicant", pgettext_lazy("caller", "Applicant")
    AUTHORIZED = "authorized", pgettext_lazy("caller", "Authorized person")
    ATTORNEY = "attorney", pgettext_lazy("caller", "Attorney")
    STORE = "store", pgettext_lazy("caller", "Store")
    OTHER = "other", pgettext_lazy("caller", "Someone else")


#: Whoever calls for the customer.
CUSTOMERS_SIDE = frozenset(
    {CallerRelation.CUSTOMER, CallerRelation.APPLICANT, CallerRelation.AUTHORIZED}
)


class Factor(TextChoices):
    """What a caller is asked to show that they are who they say."""

    NAME = "name", pgettext_lazy("verification", "full name")
    PHONE = "phone", pgettext_lazy("verification", "phone")
    EMAIL = "email", pgettext_lazy("verification", "email")
    ACCOUNT = "account", pgettext_lazy("verification", "account number")
    STORE = "store", pgettext_lazy("verification", "store")
    ITEM = "item", pgettext_lazy("verification", "item")
    SSN = "ssn", pgettext_lazy("verification", "last 4 of the SSN")


class EntryKind(TextChoices):
    CALL = "call", pgettext_lazy("entry", "Call")
    NOTE = "note", pgettext_lazy("entry", "Internal note")
    MESSAGE = "message", pgettext_lazy("entry", "Message")
    EVIDENCE = "evidence", pgettext_lazy("entry", "Proof")
    EVENT = "event", pgettext_lazy("entry", "Event")


class Visibility(TextChoices):
    INTERNAL = "internal", pgettext_lazy("visibility", "Internal")
    PUBLIC = "public", pgettext_lazy("visibility", "Visible to the customer")


class Searched(TextChoices):
    """What a text that can be searched is."""

    ENTRY = "entry", pgettext_lazy("search", "Entry")
    TRANSLATION = "translation", pgettext_lazy("search", "Translation")
    FILE = "file", pgettext_lazy("search", "File")
    HEADLINE = "headline", pgettext_lazy("search", "Summary")
    SUBJECT = "subject", pgettext_lazy("search", "Email subject")
    REFERENCE = "reference", pgettext_lazy("search", "Outside reference")
    CONTACT = "contact", pgettext_lazy("search", "Contact")
    QUOTED = "quoted", pgettext_lazy("search", "Reference from the customer")
    ANSWER = "answer", pgettext_lazy("search", "Answer")
    # Not of a case yet, or never.
    MAIL = "mail", pgettext_lazy("search", "Unmatched email")
    CALL = "call", pgettext_lazy("search", "Unfinished call")


#: What a case has, besides what has none.
WITHOUT_CASE = (Searched.MAIL, Searched.CALL)


class Event(TextChoices):
    """What an event entry says; `cases.events` puts it into words for each reader."""

    OPENED = "opened", _("Case opened")
    STATUS_CHANGED = "status_changed", _("Status changed")
    DUE_CHANGED = "due_changed", _("Next step date changed")
    ASSIGNED = "assigned", _("Assigned")
    ESCALATED = "escalated", _("Escalated")
    FOLLOW_UP_SET = "follow_up_set", _("Follow-up scheduled")
    FOLLOW_UP_CANCELLED = "follow_up_cancelled", _("Follow-up canceled")
    FOLLOW_UP_SENT = "follow_up_sent", _("Follow-up sent")
    PLAN_AGREED = "plan_agreed", _("Plan agreed on")
    PLAN_CANCELLED = "plan_cancelled", _("Plan canceled")
    FOLLOW_UP_MOVED = "follow_up_moved", _("Follow-up moved")
    FOLLOW_UP_DONE = "follow_up_done", _("Follow-up completed")
    EVIDENCE_REQUESTED = "evidence_requested", _("Proof requested")
    EVIDENCE_SETTLED = "evidence_settled", _("Proof request closed")
    EVIDENCE_TIED = "evidence_tied", _("File matched to a request")
    EVIDENCE_UNREADABLE = "evidence_unreadable", _("Unreadable proof")
    RETURN_STEPS = "return_steps", _("Return instructions sent")
    PROMISE_MADE = "promise_made", _("Verbal agreement")
    PROMISE_ACKNOWLEDGED = "promise_acknowledged", _("Verbal agreement confirmed by the customer")
    PROMISE_SETTLED = "promise_settled", _("Verbal agreement closed")
    OUTSIDE_OPENED = "outside_opened", _("Outside deadline")
    OUTSIDE_ANSWERED = "outside_answered", _("Outside deadline answered")
    MAIL_BOUNCED = "mail_bounced", _("Email bounced")
    FLAGGED = "flagged", _("Flag added")
    FLAG_LIFTED = "flag_lifted", _("Flag removed")
    LEASE_ATTACHED = "lease_attached", _("Lease attached")
    LEASE_DETACHED = "lease_detached", _("Lease detached")
    CALL_ADDED = "call_added", _("Call added")
    CALLER_NAMED = "caller_named", _("Caller")
    CALLER_VERIFIED = "caller_verified", _("Verification")
    CONTACT_ATTEMPTED = "contact_attempted", _("Contact attempt")
    WISHES_CHANGED = "wishes_changed", _("Contact preferences changed")
    ANSWERED = "answered", _("Questions answered")
    CHARGES_DISPUTED = "charges_disputed", _("Transactions disputed")
    CHARGE_WITHDRAWN = "charge_withdrawn", _("Transaction no longer disputed")
    CHARGES_DECIDED = "charges_decided", _("Disputed transactions decided")
    AUTOPAY_REVOKED = "autopay_revoked", _("Authorization revoked")
    IDENTITY_BLOCKED = "identity_blocked", _("New applications blocked")
    IDENTITY_UNBLOCKED = "identity_unblocked", _("New applications allowed again")
    OUTSIDE_EXTENDED = "outside_extended", _("Outside deadline extended")
    ATTEMPT_UNDONE = "attempt_undone", _("Contact attempt undone")
    CONTACT_CORRECTED = "contact_corrected", _("Contact details corrected")
    REFERENCE_ADDED = "reference_added", _("Reference from the customer")
    REFERENCE_REMOVED = "reference_removed", _("Reference removed")
    REFUND_PAID = "refund_paid", _("Refund paid")
    MERGED = "merged", _("Cases merged")
    MERGE_UNDONE = "merge_undone", _("Merge undone")
    RETURN_HANDED_IN = "return_handed_in", _("Item returned to the store")
    RETURN_ANSWERED = "return_answered", _("Store’s answer about a return")
    RETURN_CREDITED = "return_credited", _("Return credited")
    RETURN_WITHDRAWN = "return_withdrawn", _("Return recorded by mistake")
    REFUND_PROMISED = "refund_promised", _("Refund promised")
    REFUND_WITHDRAWN = "refund_withdrawn", _("Refund withdrawn")
    SNOOZED = "snoozed", _("Snoozed")
    SNOOZE_ENDED = "snooze_ended", _("Snooze ended")
    REOPENED = "reopened", _("Reopened")
    TAGGED = "tagged", _("Tag added")
    UNTAGGED = "untagged", _("Tag removed")


class StoreAnswer(TextChoices):
    """What a store says about an item that a customer says they took back."""

    CONFIRMED = "confirmed", pgettext_lazy("return", "The store has the item")
    REFUSED = "refused", pgettext_lazy("return", "The store refused it")


class AnswerType(TextChoices):
    """What a question of a reason is answered with."""

    TEXT = "text", pgettext_lazy("answer", "Words")
    DAY = "day", pgettext_lazy("answer", "Date")
    MONEY = "money", pgettext_lazy("answer", "Amount")
    YES_NO = "yes_no", pgettext_lazy("answer", "Yes or no")
    CHOICE = "choice", pgettext_lazy("answer", "One of several")
    STORE = "store", pgettext_lazy("answer", "Store")


class ScriptMedium(TextChoices):
    CALL = "call", pgettext_lazy("script", "Call")
    EMAIL = "email", pgettext_lazy("script", "Email")


class ToldHow(TextChoices):
    """How someone without an email address learns how their case ended."""

    ALOUD = "aloud", _("I’ve read it to them")
    LETTER = "letter", _("We’ll send a letter")


class FollowUpRule(TextChoices):
    """What decides when a follow-up goes out."""

    ON_DAY = "on_day", pgettext_lazy("follow-up", "On a specific date")
    BUSINESS_DAYS = "business_days", pgettext_lazy("follow-up", "After a number of business days")
    STORE_SILENT = (
        "store_silent",
        pgettext_lazy("follow-up", "If the store hasn’t confirmed by then"),
    )
    WINDOW_ENDS = "window_ends", pgettext_lazy("follow-up", "Before the customer’s hours end")


class FollowUpText(TextChoices):
    """The mails a follow-up may be; their kinds have the same keys (cases/mails)."""

    FOLLOW_UP = "follow_up", _("Follow-up")
    STATUS_CHANGED = "status_changed", _("Status changed")
    EVIDENCE_REQUESTED = "evidence_requested", _("Proof requested")
    RETURN_STEPS = "return_steps", _("Return instructions")


#: Those of them with a place for an agent's message.
TEXTS_WITH_MESSAGE = frozenset({FollowUpText.FOLLOW_UP, FollowUpText.EVIDENCE_REQUESTED})


class CancelReason(TextChoices):
    """Why a follow-up isn't sent."""

    BY_HAND = "by_hand", pgettext_lazy("follow-up", "canceled")
    CASE_ENDED = "case_ended", pgettext_lazy("follow-up", "the case ended")
    STORE_CONFIRMED = "store_confirmed", pgettext_lazy("follow-up", "the store confirmed")
    NOT_WAITING = (
        "not_waiting",
        pgettext_lazy("follow-up", "the case is no longer waiting for the store"),
    )
    EVIDENCE_CAME = (
        "evidence_came",
        pgettext_lazy("follow-up", "nothing is being asked for anymore"),
    )
    CUSTOMER_WROTE = "customer_wrote", pgettext_lazy("follow-up", "the customer has answered")
    ATTORNEY = "attorney", pgettext_lazy("follow-up", "contact goes through the attorney")
    NO_CALLS = "no_calls", pgettext_lazy("follow-up", "the customer asked for no calls")


class InboundState(TextChoices):
    ENTERED = "entered", pgettext_lazy("inbound mail", "Added to its case")
    PARKED = "parked", pgettext_lazy("inbound mail", "Needs review")
    DISMISSED = "dismissed", pgettext_lazy("inbound mail", "Dismissed")


class InboundSource(TextChoices):
    MAILBOX = "mailbox", pgettext_lazy("inbound mail", "Mailbox")
    WEBHOOK = "webhook", pgettext_lazy("inbound mail", "Email provider")


class LanguageSource(TextChoices):
    """How the language of an entry is known."""

    CHOSEN = "chosen", pgettext_lazy("language of an entry", "chosen")
    GUESSED = "guessed", pgettext_lazy("language of an entry", "guessed")
    # Too short or mixed: taken for the customer's own language until someone says.
    UNDECIDED = "undecided", pgettext_lazy("language of an entry", "not certain")


class PromiseOutcome(TextChoices):
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    BROKEN = "broken", pgettext_lazy("promise", "Not kept")
    WITHDRAWN = "withdrawn", pgettext_lazy("promise", "Withdrawn")


class OutsideBody(TextChoices):
    """The outside agency that set a deadline."""

    CFPB = "cfpb", pgettext_lazy("outside body", "CFPB")
    BBB = "bbb", pgettext_lazy("outside body", "Better Business Bureau")
    ATTORNEY_GENERAL = "attorney_general", pgettext_lazy("outside body", "Attorney general")
    CREDIT_BUREAU = "credit_bureau", pgettext_lazy("outside body", "Direct credit dispute (FCRA)")
    LETTER = "letter", pgettext_lazy("outside body", "Certified letter")
    DATA_REQUEST = "data_request", pgettext_lazy("outside body", "Request for personal data")


class FlagKind(TextChoices):
    """What is said about a case beside its kind."""

    ATTORNEY = "attorney", pgettext_lazy("flag", "Attorney")
    STATUTE = "statute", pgettext_lazy("flag", "Law cited")
    LEGAL_HOLD = "legal_hold", pgettext_lazy("flag", "Legal hold")


class NotChanged(TextChoices):
    """Why a case of many stayed as it was."""

    UNKNOWN = "unknown", pgettext_lazy("case left as it was", "not found")
    CHANGED = "changed", pgettext_lazy("case left as it was", "someone else changed it")
    OVER = "over", pgettext_lazy("case left as it was", "it has ended")
    SAME = "same", pgettext_lazy("case left as it was", "nothing to change")
    FULL = "full", pgettext_lazy("case left as it was", "it has as many tags as a case can have")
    GONE = "gone", pgettext_lazy("case left as it was", "whoever had it no longer works on cases")


class SnoozeEnd(TextChoices):
    """Why a snoozed case is back. The label follows “Back in the queue:”."""

    BY_HAND = "by_hand", pgettext_lazy("snooze", "someone brought it back")
    DAY_CAME = "day_came", pgettext_lazy("snooze", "its date arrived")
    CUSTOMER_WROTE = "customer_wrote", pgettext_lazy("snooze", "the customer wrote")
    FILES_CAME = "files_came", pgettext_lazy("snooze", "the customer sent files")
    CALL_CAME = "call_came", pgettext_lazy("snooze", "there was a call about it")
    STORE_ANSWERED = "store_answered", pgettext_lazy("snooze", "the store answered")
    MAIL_CAME = "mail_came", pgettext_lazy("snooze", "an email was added to it")
    SOONER = "sooner", pgettext_lazy("snooze", "something is due sooner")
    MOVED = "moved", pgettext_lazy("snooze", "its status changed")


class AttemptResult(TextChoices):
    """What came of trying to reach the customer."""

    REACHED = "reached", pgettext_lazy("attempt", "Reached")
    NO_ANSWER = "no_answer", pgettext_lazy("attempt", "No answer")
    LEFT_MESSAGE = "left_message", pgettext_lazy("attempt", "Left a message")
    BUSY = "busy", pgettext_lazy("attempt", "Busy or out of service")
    WRONG_NUMBER = "wrong_number", pgettext_lazy("attempt", "Wrong number")
    BOUNCED = "bounced", pgettext_lazy("attempt", "Email bounced")


class ContactDetail(TextChoices):
    """What can be wrong about whoever a case is about."""

    NAME = "name", pgettext_lazy("contact detail", "Name")
    PHONE = "phone", pgettext_lazy("contact detail", "Phone")
    EMAIL = "email", pgettext_lazy("contact detail", "Email")


#: Those that someone enters after a call.
CALL_RESULTS = tuple(each for each in AttemptResult if each != AttemptResult.BOUNCED)


class ItemState(TextChoices):
    """The state of something a customer was asked to send."""

    ASKED = "asked", pgettext_lazy("item asked for", "Requested")
    RECEIVED = "received", pgettext_lazy("item asked for", "Received")
    UNREADABLE = "unreadable", pgettext_lazy("item asked for", "Can’t be read")
    ACCEPTED = "accepted", pgettext_lazy("item asked for", "Accepted")
    DROPPED = "dropped", pgettext_lazy("item asked for", "No longer needed")
