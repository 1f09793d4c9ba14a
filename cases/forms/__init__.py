from cases.forms.call import CallForm
from cases.forms.case import AssignmentForm, EscalationForm, FollowUpForm, UpdateForm
from cases.forms.filters import QueueFilters
from cases.forms.portal import MessageForm

__all__ = [
    "AssignmentForm",
    "CallForm",
    "EscalationForm",
    "FollowUpForm",
    "MessageForm",
    "QueueFilters",
    "UpdateForm",
]
