"""Plans for payments, as a case shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.enums import Event
from cases.events.happening import Happening, Reader
from common.formats import day, money
from leases.enums import PlanKind

#: Lines of a plan in the timeline; all of it is on the lease's page and in the mail.
SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class PlannedPayment:
    due_on: date
    amount: Decimal  # US dollars

    def told(self) -> str:
        said = {"amount": money(self.amount), "day": day(self.due_on)}
        return _("%(amount)s on %(day)s") % said


@dataclass(frozen=True, kw_only=True)
class MovedPayment:
    number: int
    before: date = field(metadata={"json": "from"})
    after: date = field(metadata={"json": "to"})
    amount: Decimal  # US dollars

    @property
    def has_moved(self) -> bool:
        return self.before != self.after

    def told(self) -> str:
        said = {"number": self.number, "amount": money(self.amount)}
        if not self.has_moved:
            return _("payment %(number)s on %(day)s: %(amount)s") % {**said, "day": day(self.after)}
        return _("payment %(number)s from %(before)s to %(after)s, %(amount)s") % {
            **said,
            "before": day(self.before),
            "after": day(self.after),
        }


@dataclass(frozen=True, kw_only=True)
class PlanAgreed(Happening):
    event = Event.PLAN_AGREED

    plan: int
    kind: PlanKind
    arrears: Decimal | None = None  # US dollars
    promises: tuple[PlannedPayment, ...]
    moves: tuple[MovedPayment, ...]

    def told(self, to: Reader) -> str:
        """With every amount and day: this is what the written confirmation says."""
        lines = list(self._lines())
        shown = lines[:SHOWN] + (["…"] if len(lines) > SHOWN else [])
        return f"{self.kind.label}: {'; '.join(shown)}"

    def _lines(self) -> Iterator[str]:
        yield from (each.told() for each in self.promises)
        yield from (each.told() for each in sorted(self.moves, key=lambda each: not each.has_moved))


@dataclass(frozen=True, kw_only=True)
class PlanCancelled(Happening):
    event = Event.PLAN_CANCELLED

    plan: int
    kind: PlanKind
    reason: str

    def told(self, to: Reader) -> str:
        if to.is_customer:
            return _("%(plan)s: no longer in effect") % {"plan": self.kind.label}
        return _("%(plan)s canceled: %(reason)s") % {
            "plan": self.kind.label,
            "reason": to.quote(self.reason, ""),
        }
