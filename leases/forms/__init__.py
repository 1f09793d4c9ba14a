from leases.forms.decisions import DecisionForm, ReviewForm

__all__ = ["DecisionForm", "ReviewForm"]
