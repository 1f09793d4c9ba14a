from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Language
from common.company_day import business_day
from common.formats import day, money
from leases.enums import PlanKind
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP, LeaseParams, payment
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES, WRONG_EN, WRONG_ES
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class PlannedPayment:
    due_on: date
    amount: Decimal

    def line(self) -> str:
        return payment(self.due_on, self.amount)


@dataclass(frozen=True, kw_only=True)
class MovedPayment:
    number: int
    before: date = field(metadata={"json": "from"})
    after: date = field(metadata={"json": "to"})
    amount: Decimal

    def line(self) -> str:
        words = _("Payment %(number)s of %(amount)s: on %(to)s, instead of %(from)s")
        if self.before == self.after:
            words = _("Payment %(number)s on %(to)s: %(amount)s")
        return words % {
            "number": self.number,
            "amount": money(self.amount),
            "from": day(self.before),
            "to": day(self.after),
        }


@dataclass(frozen=True, kw_only=True)
class AgreedPlan:
    kind: PlanKind
    arrears: Decimal
    promises: tuple[PlannedPayment, ...] = ()
    moves: tuple[MovedPayment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanAgreedParams(LeaseParams):
    plan: AgreedPlan

    def words(self) -> dict[str, str]:
        plan = self.plan
        lines = [each.line() for each in plan.promises] + [each.line() for each in plan.moves]
        return super().words() | {
            "plan_kind": str(plan.kind.label),
            "arrears": money(plan.arrears),
            "agreed": "\n".join(lines),
        }


def _sample(now: datetime) -> PlanAgreedParams:
    def ahead(days: int) -> date:
        return business_day(now) + timedelta(days=days)

    return PlanAgreedParams(
        **MADE_UP,
        plan=AgreedPlan(
            kind=PlanKind.RECOVERY,
            arrears=Decimal("76.92"),
            promises=(
                PlannedPayment(due_on=ahead(7), amount=Decimal("40.00")),
                PlannedPayment(due_on=ahead(14), amount=Decimal("36.92")),
            ),
            moves=(
                MovedPayment(number=21, before=ahead(14), after=ahead(21), amount=Decimal("38.46")),
            ),
        ),
    )


PLAN_AGREED = MailKind(
    key="plan_agreed",
    label=gettext_lazy("Plan agreed on"),
    params=PlanAgreedParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "plan_kind": gettext_lazy("the kind of plan"),
        "arrears": gettext_lazy("what is past due, fees included"),
        "agreed": gettext_lazy("every agreed payment with date and amount, one per line"),
    },
    in_body=("account_number", "agreed"),
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "What we agreed on for your payments",
            f"""\
Hello {{first_name}},

Here’s what we agreed on for your payments, in writing.

{LEASE_EN}

Your plan: {{plan_kind}}
Past due when we agreed: {{arrears}}

Your payments:
{{agreed}}

Payments that aren’t listed here stay the same. If you can’t make one of these payments, call us \
before its due date. We’ll work with you to find a solution.

{WRONG_EN}

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Lo que acordamos sobre sus pagos",
            f"""\
Hola, {{first_name}}:

Esto es, por escrito, lo que acordamos sobre sus pagos.

{LEASE_ES}

Lo que acordamos: {{plan_kind}}
Saldo vencido al acordarlo: {{arrears}}

Sus pagos:
{{agreed}}

Los pagos que no aparecen aquí siguen igual. Si no va a poder hacer alguno de estos pagos, \
llámenos antes de su fecha. Buscaremos con usted una solución.

{WRONG_ES}

{PORTAL_ES}""",
        ),
    },
)
