from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from common.company_day import business_day
from common.formats import day
from leases.enums import PlanKind
from leases.mails.base import LEASE_PLACEHOLDERS, MADE_UP
from leases.mails.phrases import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES
from leases.mails.standing import STANDING_PLACEHOLDERS, StandingParams
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class EndedPlan:
    kind: PlanKind
    agreed_on: date
    ended_on: date


@dataclass(frozen=True, kw_only=True)
class PlanCancelledParams(StandingParams):
    ended_plan: EndedPlan

    def words(self) -> dict[str, str]:
        return super().words() | {
            "plan_kind": str(self.ended_plan.kind.label),
            "agreed_day": day(self.ended_plan.agreed_on),
            "ended_day": day(self.ended_plan.ended_on),
        }


PLAN_CANCELLED = MailKind(
    key="plan_cancelled",
    label=_("Plan canceled"),
    params=PlanCancelledParams,
    placeholders={
        **LEASE_PLACEHOLDERS,
        "plan_kind": _("the kind of plan"),
        "agreed_day": _("the date the plan was agreed on"),
        "ended_day": _("the date the plan ended"),
        **STANDING_PLACEHOLDERS,
    },
    in_body=("account_number", "plan_kind", "ended_day", "arrears", "next_payment"),
    at_most_once=True,
    sample=lambda now: PlanCancelledParams(
        **MADE_UP,
        ended_plan=EndedPlan(
            kind=PlanKind.RECOVERY,
            agreed_on=business_day(now) - timedelta(days=9),
            ended_on=business_day(now),
        ),
        arrears=Decimal("38.46"),
        next_on=business_day(now) + timedelta(days=7),
        next_amount=Decimal("38.46"),
    ),
    texts={
        Language.ENGLISH: Text(
            "Your payment plan has ended",
            f"""\
Hello {{first_name}},

The plan we had agreed on for your payments has ended:

Your plan: {{plan_kind}}
Agreed on: {{agreed_day}}
Ended on: {{ended_day}}

{LEASE_EN}

Here’s where your payments stand now:
Past due: {{arrears}}
Next payment: {{next_payment}}

Your payments go back to the dates and amounts they had before the plan. If you can’t make them, \
call us. We’ll work with you to find a solution.

If you have a question, or this doesn’t look right, call us or reply to this email.

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Su plan de pagos terminó",
            f"""\
Hola, {{first_name}}:

Terminó el plan que habíamos acordado para sus pagos:

Su plan: {{plan_kind}}
Acordado el: {{agreed_day}}
Terminó el: {{ended_day}}

{LEASE_ES}

Así están sus pagos ahora:
Saldo vencido: {{arrears}}
Próximo pago: {{next_payment}}

Sus pagos vuelven a tener las fechas y los montos que tenían antes del plan. Si no puede \
hacerlos, llámenos. Buscaremos con usted una solución.

Si tiene alguna pregunta o cree que no es correcto, llámenos o responda a este correo.

{PORTAL_ES}""",
        ),
    },
)
