"""What was requested, agreed and asked by outside agencies in the demo's cases."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.enums import Language
from accounts.models import User
from cases import actions
from cases.actions import Upload
from cases.enums import OutsideBody, Party
from cases.models import Case
from common.company_day import business_day

SENDS: dict[str, str] = {
    Language.SPANISH: "Enviar el estado de cuenta del banco donde aparece el cargo",
    Language.ENGLISH: "Send the bank statement that shows the charge",
}
CALLS: dict[str, str] = {
    Language.SPANISH: "Llamar a la tienda y avisarle qué dijeron",
    Language.ENGLISH: "Call the store and tell you what they said",
}


def agree(case: Case, photo: Upload, *, by: User, now: datetime) -> None:
    """A photo came in through the portal, more evidence was requested, and each side made a
    commitment.
    """
    customer = case.person
    language = customer.language
    today = business_day(now)
    if customer.user:
        actions.add_customer_message(
            case=case, body="", files=[photo], by=customer.user, now=now - timedelta(hours=3)
        )
    actions.request_evidence(
        case=case,
        slots=["bank_statement", "receipts"],
        wait_until=case.due_on,
        by=by,
        now=now,
    )
    for party, words, days in ((Party.CUSTOMER, SENDS, 4), (Party.COMPANY, CALLS, 2)):
        agreed = actions.Agreed(
            party=party,
            what=words[language],
            language=language,
            due_on=today + timedelta(days=days),
        )
        actions.make_promise(case=case, agreed=agreed, by=by, now=now)


def complain(case: Case, *, by: User, now: datetime) -> None:
    """Some disputes have reached the CFPB; an answer is due soon."""
    if case.kind_id not in {"charge_dispute", "fraud"} or not case.is_active:
        return
    actions.open_outside_deadline(
        case=case,
        body=OutsideBody.CFPB,
        reference=f"26{case.pk:04}-{case.number[-6:]}",
        received_on=business_day(now) - timedelta(days=13 - case.pk % 5),
        by=by,
        now=now,
    )
