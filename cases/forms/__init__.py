from cases.forms.call import CallForm, DiscardForm
from cases.forms.case import (
    AssignmentForm,
    EscalationForm,
    TranslationForm,
    UpdateForm,
)
from cases.forms.follow_up import CallMadeForm, FollowUpForm, MoveForm
from cases.forms.phone_calls import PhoneLinesForm, SettleCallForm
from cases.forms.portal import MessageForm
from cases.forms.resolution import ResolutionForm

__all__ = [
    "AssignmentForm",
    "CallForm",
    "CallMadeForm",
    "DiscardForm",
    "EscalationForm",
    "FollowUpForm",
    "MessageForm",
    "MoveForm",
    "PhoneLinesForm",
    "ResolutionForm",
    "SettleCallForm",
    "TranslationForm",
    "UpdateForm",
]
