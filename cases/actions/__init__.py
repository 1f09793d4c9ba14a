from cases.actions.add_customer_message import add_customer_message
from cases.actions.assign import assign
from cases.actions.bounces import bounced
from cases.actions.change import StaleCase
from cases.actions.correct_language import correct_language
from cases.actions.escalate import escalate
from cases.actions.evidence import Upload
from cases.actions.expire_leases import expire_leases
from cases.actions.follow_ups import (
    StaleFollowUp,
    cancel_follow_up,
    finish_follow_up,
    move_follow_up,
    set_follow_up,
)
from cases.actions.notify_expiring import notify_expiring
from cases.actions.open_case import Call, open_case
from cases.actions.record_view import record_view
from cases.actions.send_follow_ups import send_follow_ups
from cases.actions.send_mail import send_mail
from cases.actions.start_call import save_draft, start_call
from cases.actions.translate import may_leave, request_translation, review_translation
from cases.actions.update_case import Update, update_case

__all__ = [
    "Call",
    "StaleCase",
    "StaleFollowUp",
    "Update",
    "Upload",
    "add_customer_message",
    "assign",
    "bounced",
    "cancel_follow_up",
    "correct_language",
    "escalate",
    "expire_leases",
    "finish_follow_up",
    "may_leave",
    "move_follow_up",
    "notify_expiring",
    "open_case",
    "record_view",
    "request_translation",
    "review_translation",
    "save_draft",
    "send_follow_ups",
    "send_mail",
    "set_follow_up",
    "start_call",
    "update_case",
]
