from leases.actions.plans.agreement import Agreement, Move
from leases.actions.plans.cancel import cancel_plan
from leases.actions.plans.close import close_fulfilled_plans
from leases.actions.plans.recovery import agree_recovery
from leases.actions.plans.reschedule import reschedule
from leases.actions.plans.restructure import restructure

__all__ = [
    "Agreement",
    "Move",
    "agree_recovery",
    "cancel_plan",
    "close_fulfilled_plans",
    "reschedule",
    "restructure",
]
