"""Cases that do more than wait for an answer: a complaint about a sale, a stolen identity, a
dispute about a credit report and a settlement; in each language.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError

from accounts.enums import Language
from accounts.models import User
from cases import actions
from cases.models import Case
from common.company_day import business_day
from leases.actions.refuse_blocked import keeping_attempts, refuse_blocked
from leases.enums import LeaseStatus
from leases.models import Lease, Store
from leases.queries.identity_blocks import Identity

#: Of each language: what was said of a sale, an identity, a credit report and a settlement.
WORDS = {
    Language.SPANISH: (
        ("La vendedora le dijo otra cosa que lo que dice el contrato.", "Noventa días sin cargos"),
        ("No firmó este contrato. Encontró el cobro en su banco.", "26-04417, policía de Dallas"),
        ("Su informe de crédito dice que debe dos pagos.", "Dos pagos vencidos de octubre"),
        ("Acordó pagar menos por el comedor dañado.", "Paga la mitad de lo que falta"),
    ),
    Language.ENGLISH: (
        ("Was told something else than what the lease says.", "Ninety days without charges"),
        ("Didn’t sign this lease. Found the charge at the bank.", "26-04418, Austin police"),
        ("The credit report says two payments are owed.", "Two missed payments in October"),
        ("Agreed to pay less for the damaged dining set.", "Pays half of what is left"),
    ),
}  # fmt: skip


def happen(*, language: str, store: Store, by: User, now: datetime) -> None:
    """To the newest customers with something delivered."""
    funded = Lease.objects.filter(status=LeaseStatus.FUNDED, customer__language=language)
    sold, stolen, reported, settled = funded.select_related("customer").order_by("-pk")[:4]
    sale, theft, credit, settlement = WORDS[Language(language)]
    at = now - timedelta(hours=30)
    today = business_day(now)

    complaint: actions.Answers = {
        "sale_store": store,
        "sale_promised": sale[1],
        "sale_paper": False,
    }
    _open(sold, "sale_complaint", sale[0], complaint, by, at)
    noticed: actions.Answers = {
        "theft_noticed_on": today - timedelta(days=9),
        "theft_report": theft[1],
    }
    _open(stolen, "identity_theft", theft[0], noticed, by, at)
    _apply_again(stolen, store, now)
    disputed: actions.Answers = {
        "credit_reported": credit[1],
        "credit_agency": "equifax",
        "credit_disputed_on": today - timedelta(days=12),
    }
    _extend(_open(reported, "credit_bureau", credit[0], disputed, by, at), by, now)
    terms: actions.Answers = {
        "settlement_terms": settlement[1],
        "settlement_approver": "Sofía Ramírez",
        "settlement_until": today + timedelta(days=30),
    }
    _open(settled, "settlement", settlement[0], terms, by, at)


def _open(
    lease: Lease, kind: str, summary: str, answers: actions.Answers, by: User, at: datetime
) -> Case:
    call = actions.Call(
        lease=lease, kind=kind, channel="phone", language=lease.customer.language,
        summary=summary, answers=answers,
    )  # fmt: skip
    draft = actions.start_call(by=by, now=at, lease=lease)
    return actions.open_case(draft=draft, call=call, by=by, now=at)


def _apply_again(lease: Lease, store: Store, now: datetime) -> None:
    """Someone tries, and isn't accepted."""
    customer = lease.customer
    tried = Identity(customer.name, customer.email, "")
    with suppress(ValidationError), keeping_attempts():
        refuse_blocked(tried, store=store, is_new=True, now=now - timedelta(hours=2))


def _extend(case: Case, by: User, now: datetime) -> None:
    """More information gave it fifteen days more."""
    deadline = case.outside_deadlines.get()
    actions.extend_outside_deadline(deadline=deadline, arrived_on=business_day(now), by=by, now=now)
