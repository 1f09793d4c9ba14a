from cases.actions.add_customer_message import add_customer_message
from cases.actions.assign import assign
from cases.actions.bounces import bounced
from cases.actions.change import StaleCase
from cases.actions.escalate import escalate
from cases.actions.evidence import Upload
from cases.actions.expire_leases import expire_leases
from cases.actions.follow_ups import cancel_follow_up, send_follow_ups, set_follow_up
from cases.actions.notify_expiring import notify_expiring
from cases.actions.open_case import Call, open_case
from cases.actions.record_view import record_view
from cases.actions.start_call import save_draft, start_call
from cases.actions.update_case import Update, update_case

__all__ = [
    "Call",
    "StaleCase",
    "Update",
    "Upload",
    "add_customer_message",
    "assign",
    "bounced",
    "cancel_follow_up",
    "escalate",
    "expire_leases",
    "notify_expiring",
    "open_case",
    "record_view",
    "save_draft",
    "send_follow_ups",
    "set_follow_up",
    "start_call",
    "update_case",
]
