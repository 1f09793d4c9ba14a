"""Which plan a contract allows, why not another, and its figures. Pure: today is an argument.

A plan never adds to what a lease costs.
"""

from leases.plan_terms.recovery import (
    Payment,
    Promised,
    check_promises,
    promise_states,
    proposed,
    recovery,
    shares,
)
from leases.plan_terms.rescheduling import check_move, last_day, movable, rescheduling
from leases.plan_terms.restructuring import MOST_PERCENT, Change, lowered, restructuring
from leases.plan_terms.situation import Eligibility, PlanPolicy, Situation

__all__ = [
    "MOST_PERCENT",
    "Change",
    "Eligibility",
    "Payment",
    "PlanPolicy",
    "Promised",
    "Situation",
    "check_move",
    "check_promises",
    "last_day",
    "lowered",
    "movable",
    "promise_states",
    "proposed",
    "recovery",
    "rescheduling",
    "restructuring",
    "shares",
]
