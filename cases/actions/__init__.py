"""What can be done with cases. Everything outside comes in here; the modules behind it are
private.
"""

from cases.actions.accept_file import accept_file
from cases.actions.add_call import AddedCall, add_call_to_case
from cases.actions.add_customer_message import add_customer_message
from cases.actions.answers import LONGEST_ANSWER, Answers, answer_questions, refuse_future
from cases.actions.ask_evidence import mark_unreadable, request_evidence, settle_evidence
from cases.actions.assign import Seen, StaleAssignment, assign
from cases.actions.assign_cases import Assignments, Given, assign_cases, undo_assign_cases
from cases.actions.attach_lease import attach_lease, detach_lease
from cases.actions.attempts import record_attempt, undo_attempt
from cases.actions.bounces import bounced, came_back
from cases.actions.call_taken import Call, confirmation_of, stands_after
from cases.actions.caller import THE_CUSTOMER, Caller, checked_caller
from cases.actions.case_contact import Contact, new_contact
from cases.actions.change import StaleCase
from cases.actions.charges import chosen_soon, dispute_charges, preview_disputes, withdraw_charge
from cases.actions.chosen_cases import Skipped
from cases.actions.confirm_address import confirm_address
from cases.actions.contact_wishes import change_wishes
from cases.actions.correct_caller import correct_caller
from cases.actions.correct_contact import (
    ContactDetails,
    StaleDetails,
    correct_contact,
    details_of,
)
from cases.actions.correct_language import correct_language
from cases.actions.credit_return import credit_return
from cases.actions.customer_limits import count_upload
from cases.actions.decide_charges import (
    Verdict,
    decide_charges,
    preview_decisions,
)
from cases.actions.discard_call import discard_call
from cases.actions.escalate import escalate
from cases.actions.evidence import Upload, digest
from cases.actions.fetch_mail import fetch_mail
from cases.actions.flags import Attorney, flag_case, lift_flag
from cases.actions.follow_ups import (
    StaleFollowUp,
    cancel_follow_up,
    finish_follow_up,
    move_follow_up,
    set_follow_up,
)
from cases.actions.hand_over import hand_over
from cases.actions.held_uploads import drop_upload, hold_upload, sweep_uploads
from cases.actions.identity_theft import lift_block
from cases.actions.index_search import index_search
from cases.actions.learn_words import learn_words
from cases.actions.lift_address import lift_address
from cases.actions.log_phone_call import log_phone_call
from cases.actions.mail_words import is_from_customer
from cases.actions.merge_cases import merge_case, undo_merge
from cases.actions.open_case import may_change_language, open_case
from cases.actions.outside_deadlines import (
    answer_outside_deadline,
    extend_outside_deadline,
    open_outside_deadline,
)
from cases.actions.parked_mail import dismiss_mail, may_be_theirs, put_into_case
from cases.actions.plans import agree_plan, cancel_plan
from cases.actions.promise_checks import check_of
from cases.actions.promises import (
    Agreed,
    acknowledge_promise,
    make_promise,
    settle_promise,
)
from cases.actions.provider_report import provider_report
from cases.actions.receive_mail import Arrived, receive_mail
from cases.actions.record_view import record_original_view, record_view
from cases.actions.references import add_reference, check_reference, remove_reference
from cases.actions.refunds import pay_refund, promise_refund, withdraw_refund
from cases.actions.remind_of_promises import remind_of_promises
from cases.actions.reopen import reopen_case
from cases.actions.represented import (
    Represented,
    attorney_after,
    letters,
    without_known_letter,
    without_letter,
)
from cases.actions.retry_email import retry_email, retry_failed
from cases.actions.revise_script import SCRIPT_FIELDS, check_script, revise_script
from cases.actions.revise_template import TEMPLATE_FIELDS, check_template, revise_template
from cases.actions.revoke_authorization import revoked_soon
from cases.actions.save_call import SavedCall, Window, save_draft
from cases.actions.saved_views import delete_view, rename_view, restore_view, save_view
from cases.actions.send_follow_ups import send_follow_ups
from cases.actions.send_letter import send_letter
from cases.actions.send_return_steps import send_return_steps
from cases.actions.send_test_mail import send_test_mail
from cases.actions.settle_email import settle_email
from cases.actions.snooze import bring_back, refuse_unsnoozable, snooze_case, wake_snoozed
from cases.actions.staff_mails import send_weekly_reports, warn_of_outside_deadlines
from cases.actions.start_call import continue_or_start_call, start_call
from cases.actions.store_answers import answer_return, confirm_reported_returns
from cases.actions.store_returns import hand_in_return, withdraw_return
from cases.actions.sweep_files import sweep_files
from cases.actions.tag_cases import NewlyTagged, Taggings, tag_cases, undo_tag_cases
from cases.actions.tags import check_tag_name, tag_case, untag_case
from cases.actions.take_next import prefer_cases, take_next
from cases.actions.take_over_call import CallTaken, answered_by, take_over_call
from cases.actions.tie_file import tie_file
from cases.actions.translate import may_leave, request_translation, review_translation
from cases.actions.update_case import Update, update_case
from cases.actions.verify_caller import verify_caller

__all__ = [
    "LONGEST_ANSWER",
    "SCRIPT_FIELDS",
    "TEMPLATE_FIELDS",
    "THE_CUSTOMER",
    "AddedCall",
    "Agreed",
    "Answers",
    "Arrived",
    "Assignments",
    "Attorney",
    "Call",
    "CallTaken",
    "Caller",
    "Contact",
    "ContactDetails",
    "Given",
    "NewlyTagged",
    "Represented",
    "SavedCall",
    "Seen",
    "Skipped",
    "StaleAssignment",
    "StaleCase",
    "StaleDetails",
    "StaleFollowUp",
    "Taggings",
    "Update",
    "Upload",
    "Verdict",
    "Window",
    "accept_file",
    "acknowledge_promise",
    "add_call_to_case",
    "add_customer_message",
    "add_reference",
    "agree_plan",
    "answer_outside_deadline",
    "answer_questions",
    "answer_return",
    "answered_by",
    "assign",
    "assign_cases",
    "attach_lease",
    "attorney_after",
    "bounced",
    "bring_back",
    "came_back",
    "cancel_follow_up",
    "cancel_plan",
    "change_wishes",
    "check_of",
    "check_reference",
    "check_script",
    "check_tag_name",
    "check_template",
    "checked_caller",
    "chosen_soon",
    "confirm_address",
    "confirm_reported_returns",
    "confirmation_of",
    "continue_or_start_call",
    "correct_caller",
    "correct_contact",
    "correct_language",
    "count_upload",
    "credit_return",
    "decide_charges",
    "delete_view",
    "detach_lease",
    "details_of",
    "digest",
    "discard_call",
    "dismiss_mail",
    "dispute_charges",
    "drop_upload",
    "escalate",
    "extend_outside_deadline",
    "fetch_mail",
    "finish_follow_up",
    "flag_case",
    "hand_in_return",
    "hand_over",
    "hold_upload",
    "index_search",
    "is_from_customer",
    "learn_words",
    "letters",
    "lift_address",
    "lift_block",
    "lift_flag",
    "log_phone_call",
    "make_promise",
    "mark_unreadable",
    "may_be_theirs",
    "may_change_language",
    "may_leave",
    "merge_case",
    "move_follow_up",
    "new_contact",
    "open_case",
    "open_outside_deadline",
    "pay_refund",
    "prefer_cases",
    "preview_decisions",
    "preview_disputes",
    "promise_refund",
    "provider_report",
    "put_into_case",
    "receive_mail",
    "record_attempt",
    "record_original_view",
    "record_view",
    "refuse_future",
    "refuse_unsnoozable",
    "remind_of_promises",
    "remove_reference",
    "rename_view",
    "reopen_case",
    "request_evidence",
    "request_translation",
    "restore_view",
    "retry_email",
    "retry_failed",
    "review_translation",
    "revise_script",
    "revise_template",
    "revoked_soon",
    "save_draft",
    "save_view",
    "send_follow_ups",
    "send_letter",
    "send_return_steps",
    "send_test_mail",
    "send_weekly_reports",
    "set_follow_up",
    "settle_email",
    "settle_evidence",
    "settle_promise",
    "snooze_case",
    "stands_after",
    "start_call",
    "sweep_files",
    "sweep_uploads",
    "tag_case",
    "tag_cases",
    "take_next",
    "take_over_call",
    "tie_file",
    "undo_assign_cases",
    "undo_attempt",
    "undo_merge",
    "undo_tag_cases",
    "untag_case",
    "update_case",
    "verify_caller",
    "wake_snoozed",
    "warn_of_outside_deadlines",
    "withdraw_charge",
    "withdraw_refund",
    "withdraw_return",
    "without_known_letter",
    "without_letter",
]
