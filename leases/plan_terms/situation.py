"""What a plan is judged by, and the answer: yes or no, with the reason."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from django.core.exceptions import ValidationError
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from leases.enums import LeaseStatus
from leases.schedule import Standing


class PlanPolicy(Protocol):
    """What is read of a program; 0 means it doesn't accept this kind of plan."""

    recovery_payments: int
    rescheduling_days: int
    restructuring_payments: int


class Situation(NamedTuple):
    status: LeaseStatus  # the effective one
    program: PlanPolicy | None
    standing: Standing
    recovery_runs: bool = False


class Eligibility(NamedTuple):
    """Yes if there is no code; in both cases the reason in words."""

    words: str | Lazy
    code: str = ""
    params: dict[str, Any] = {}

    @property
    def allowed(self) -> bool:
        return not self.code

    def __str__(self) -> str:
        return str(self.words) % self.params if self.params else str(self.words)

    def check(self) -> None:
        if self.code:
            raise ValidationError(str(self.words), code=self.code, params=self.params)


def refusal(at: Situation, most: int | None) -> Eligibility | None:
    if at.status != LeaseStatus.FUNDED:
        return Eligibility(
            _("Plans are only for leases that are “%(funded)s.” This one is “%(status)s.”"),
            "not_funded",
            {"funded": LeaseStatus.FUNDED.label, "status": at.status.label},
        )
    if most is None:
        return Eligibility(_("The contract doesn’t name a program that allows it."), "no_program")
    if not most:
        return Eligibility(_("The contract’s program doesn’t allow it."), "program_refuses")
    if not at.standing.rows:
        return Eligibility(_("The lease doesn’t have a payment schedule."), "no_schedule")
    return None


def policy_of(at: Situation) -> PlanPolicy:
    assert at.program is not None  # noqa: S101  (for the type checker: refusal has asked)
    return at.program
