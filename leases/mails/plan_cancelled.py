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
from leases.mails.phrases import (
    LEASE_EN,
    LEASE_ES,
    PORTAL_EN,
    PORTAL_ES,
    WRONG_EN,
    WRONG_ES,
)
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
        "agreed_day": _("the day on which the plan was agreed"),
        "ended_day": _("the day from which the plan is no longer in force"),
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
            "Your plan is no longer in force",
            f"""\
Hello, {{customer_name}}:

With this e-mail we confirm in writing that what we agreed about your payments is no longer in \
force:

What we had agreed: {{plan_kind}}
Agreed on: {{agreed_day}}
No longer in force from: {{ended_day}}

{LEASE_EN}

How your payments stand now:
Past due: {{arrears}}
Next payment: {{next_payment}}

Your payments are due again on the days and with the amounts they had before that plan. If you \
cannot make them, please call us, so that we can look for a solution together.

{WRONG_EN}

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Su plan ya no está vigente",
            f"""\
Hola, {{customer_name}}:

Con este correo le confirmamos por escrito que lo que habíamos acordado sobre sus pagos ya no \
está vigente:

Lo que habíamos acordado: {{plan_kind}}
Acordado el: {{agreed_day}}
Ya no está vigente desde el: {{ended_day}}

{LEASE_ES}

Así están sus pagos ahora:
Saldo vencido: {{arrears}}
Próximo pago: {{next_payment}}

Sus pagos vuelven a tener las fechas y los montos que tenían antes de ese plan. Si no puede \
hacerlos, llámenos para buscar juntos una solución.

{WRONG_ES}

{PORTAL_ES}""",
        ),
    },
)
