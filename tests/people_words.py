"""The cast fills in every field where people write, all of it in one language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from accounts.models import User
from cases import actions
from cases.enums import FlagKind, InboundSource, StoreAnswer, Visibility
from cases.models import CallDraft, Case, EntryTranslation, InboundMail
from common.company_day import business_day
from leases import actions as lease_actions
from leases.actions import InvoiceItem, autopay, corrections, payments, plans
from leases.actions.refunds import Owed
from leases.enums import LeaseStatus, PaymentMethod
from leases.models import Customer, LateReport, Lease, MerchandiseReturn, Program
from telephone.actions import record_event, settle_call
from telephone.models import PhoneCall
from telephone.reading import read_event
from tests.mail.letters import letter

SENTENCES = {
    "es": "La tienda no contesta y ella espera desde el lunes",
    "en": "The store did not answer and she has been waiting since Monday",
}
REPEATED = {
    "es": "El mié, 18 nov 2026 a las 10:00, Puente (<support@puente.example>) escribió:",
    "en": "On Wed, Nov 18, 2026 at 10:00 AM Puente <support@puente.example> wrote:",
}
DAY = timedelta(days=1)


@dataclass
class Cast:
    agent: User
    supervisor: User
    merchant_services: User
    customer: Customer
    program: Program


@dataclass
class Said:
    """Sentences of a language; the number in each says where it was written."""

    language: str
    places: list[str] = field(default_factory=list)

    def __call__(self, place: str) -> str:
        self.places.append(place)
        return f"{SENTENCES[self.language]} ({len(self.places) - 1})"


def a_lease(say: Said, cast: Cast, number: str, *, now: datetime) -> Lease:
    """Delivered, behind with its payments and half returned."""
    lease = lease_actions.apply(
        account_number=number, customer=cast.customer, store=cast.program.merchant.stores.first(),
        program=cast.program, decision=LeaseStatus.APPROVED, approval_limit=Decimal(1500),
        merchandise=say("Lease.merchandise"), by=None, now=now,
    )  # fmt: skip
    price = Decimal(900)
    line = InvoiceItem(1, "SF-1", "", say("InvoiceLine.description"), price, 1, price)
    lease_actions.submit_invoice(
        lease=lease, number="F-1", total=price, lines=[line], by=None, now=now
    )
    return lease


def its_delivery(say: Said, cast: Cast, lease: Lease, *, now: datetime) -> LateReport:
    """In time, and told after the deadline."""
    lease_actions.sign(lease=lease, by=None, now=now)
    lease_actions.expire_due(now=now + 61 * DAY)
    report = lease_actions.report_late_delivery(
        lease=lease, delivered_on=business_day(now + DAY), reason=say("LateReport.reason"),
        by=cast.merchant_services, now=now + 62 * DAY,
    )  # fmt: skip
    return lease_actions.decide_late_report(
        report=report, approved=True, note=say("LateReport.note"), by=cast.supervisor,
        now=now + 63 * DAY,
    )  # fmt: skip


def its_money(say: Said, cast: Cast, lease: Lease, *, now: datetime) -> None:
    corrections.adjust(
        lease=lease, amount=Decimal(10), reason=say("LedgerEntry.reason"), by=cast.supervisor,
        now=now,
    )  # fmt: skip
    autopay.set_up(
        lease=lease, method=PaymentMethod.BANK, overdraft_warned=True,
        reason=say("AutopayEvent.reason"), by=cast.agent, now=now,
    )  # fmt: skip


def its_refund(say: Said, cast: Cast, case: Case, *, now: datetime) -> None:
    """Of a payment that was received; withdrawn since."""
    payments.record_payment(
        lease=case.lease, amount=Decimal(5), on=business_day(now), tells_customer=False, by=None,
        now=now,
    )  # fmt: skip
    owed = Owed(method=PaymentMethod.CHECK, expected_on=business_day(now))
    by = cast.supervisor
    refund = actions.promise_refund(case=case, amount=Decimal(5), owed=owed, by=by, now=now)
    reason = say("Refund.withdrawn_why")
    actions.withdraw_refund(case=case, refund=refund, reason=reason, by=by, now=now)


def its_plan(say: Said, cast: Cast, case: Case, *, now: datetime) -> None:
    today = business_day(now)
    coming = case.lease.instalments.filter(due_on__gt=today + DAY).order_by("due_on")[0]

    def agree() -> plans.Agreement:
        return plans.reschedule(
            lease=case.lease, number=coming.number, to=coming.due_on + 2 * DAY,
            note=say("Plan.note"), by=cast.agent, now=now,
        )  # fmt: skip

    plan = actions.agree_plan(agree, case=case, by=cast.agent, now=now)
    actions.cancel_plan(
        plan=plan, reason=say("Plan.cancel_reason"), case=case, by=cast.agent, now=now
    )


def its_return(say: Said, cast: Cast, lease: Lease, *, now: datetime) -> None:
    lease_actions.return_merchandise(
        lease=lease, returned_on=business_day(now), reason=say("MerchandiseReturn.reason"),
        by=cast.merchant_services, now=now,
    )  # fmt: skip
    row = MerchandiseReturn.objects.get(lease=lease)
    note = say("MerchandiseReturn.closing_note")
    lease_actions.close_return(row=row, note=note, by=cast.merchant_services, now=now)


def a_return(say: Said, cast: Cast, lease: Lease, *, now: datetime) -> Case:
    """A case about an item that the store refused, and another that it hasn't answered."""
    by = cast.agent
    call = actions.Call(
        lease=lease, kind="return", channel="phone", language=say.language,
        summary=say("Case.headline"),
    )  # fmt: skip
    case = actions.open_case(draft=actions.start_call(by=by, now=now), call=call, by=by, now=now)
    for answered in (True, False):
        row = actions.hand_in_return(case=case, handed_in_on=business_day(now), by=by, now=now)
        if answered:
            actions.answer_return(
                row=row, answer=StoreAnswer.REFUSED, on=row.handed_in_on, name="Luis",
                note=say("StoreReturn.answer_note"), by=by, now=now,
            )  # fmt: skip
    return case


def a_review(say: Said, cast: Cast, lease: Lease, *, now: datetime) -> None:
    """Of an application that was denied."""
    lease_actions.place_in_review(
        lease=lease, reason=say("StatusEvent.reason"), by=cast.merchant_services, now=now
    )


def a_strangers_case(say: Said, cast: Cast, *, now: datetime) -> Case:
    """A call about no lease."""
    contact = actions.Contact(why="not_found", name="Rosa", known=say("CaseContact.known"))
    call = actions.Call(
        contact=contact, kind="settlement", channel="phone", language=say.language,
        summary=say("Case.headline"), answers={"settlement_terms": say("CaseAnswer.value")},
    )  # fmt: skip
    draft = actions.start_call(by=cast.agent, now=now)
    case = actions.open_case(draft=draft, call=call, by=cast.agent, now=now)
    actions.snooze_case(
        case=case, until=business_day(now) + DAY, reason=say("Case.snooze_reason"),
        by=cast.agent, now=now,
    )  # fmt: skip
    its_flags(say, cast, case, now=now)
    return case


def its_flags(say: Said, cast: Cast, case: Case, *, now: datetime) -> None:
    """One that holds, and one that was removed."""
    for reason in ("", say("CaseFlag.lift_reason")):
        flag = actions.flag_case(
            case=case, kind=FlagKind.STATUTE, statute=say("CaseFlag.statute"), by=cast.agent,
            now=now,
        )  # fmt: skip
        if reason:
            actions.lift_flag(flag=flag, reason=reason, by=cast.supervisor, now=now)
    block, _is_new = lease_actions.block_identity(
        name="Rosa", email="rosa@example.com", said_in=case.number, by=cast.agent, now=now
    )
    reason = say("IdentityBlock.lift_reason")
    actions.lift_block(case=case, block=block, reason=reason, by=cast.supervisor, now=now)


def a_case(say: Said, cast: Cast, lease: Lease, *, now: datetime) -> Case:
    by, language = cast.agent, say.language
    call = actions.Call(
        lease=lease, kind="late_payment", channel="phone", language=language,
        summary=say("Case.headline"),
    )  # fmt: skip
    case = actions.open_case(draft=actions.start_call(by=by, now=now), call=call, by=by, now=now)
    for visibility in (Visibility.PUBLIC, Visibility.INTERNAL):
        update = actions.Update(body=say("Entry.body"), visibility=visibility, language=language)
        case.refresh_from_db()
        actions.update_case(case=case, version=case.version, update=update, by=by, now=now)
    actions.add_customer_message(case=case, body=say("Entry.body"), by=lease.customer.user, now=now)
    its_translation(say, cast, case, now=now)
    return case


def its_translation(say: Said, cast: Cast, case: Case, *, now: datetime) -> None:
    """Of what was told in the other language; one that no one has reviewed, and one reviewed."""
    other = "en" if say.language == "es" else "es"
    for reviewed in ("", say("EntryTranslation.reviewed_text")):
        update = actions.Update(body="¿OK?", visibility=Visibility.INTERNAL, language=other)
        case.refresh_from_db()
        actions.update_case(case=case, version=case.version, update=update, by=cast.agent, now=now)
        EntryTranslation.objects.create(
            entry=case.entries.filter(kind="note").latest("id"),
            language=say.language,
            machine_text=say("EntryTranslation.machine_text"),
            asked_by=cast.agent,
            at=now,
            reviewed_text=reviewed,
            reviewed_by=cast.agent if reviewed else None,
            reviewed_at=now if reviewed else None,
        )


def its_agreements(say: Said, cast: Cast, case: Case, *, now: datetime) -> None:
    by, today = cast.agent, business_day(now)
    for reason in ("", say("Promise.reason")):
        agreed = actions.Agreed(
            party="customer", what=say("Promise.what"), language=say.language, due_on=today
        )
        promise = actions.make_promise(case=case, agreed=agreed, by=by, now=now)
        if reason:
            actions.settle_promise(
                promise=promise, outcome="withdrawn", reason=reason, by=by, now=now
            )
    actions.set_follow_up(
        case=case, on=today + DAY, language=say.language, message=say("FollowUp.message"), by=by,
        now=now,
    )  # fmt: skip
    actions.request_evidence(
        case=case, slots=["photos"], message=say("EvidenceRequested.message"), by=by, now=now
    )
    actions.escalate(case=case, reason=say("Escalation.reason"), by=by, now=now)


def calls(say: Said, cast: Cast, lease: Lease, *, now: datetime) -> tuple[CallDraft, CallDraft]:
    """One that is not finished, and one that was discarded."""
    begun, discarded = (actions.start_call(by=cast.agent, now=now) for _ in range(2))
    for call in (begun, discarded):
        typed = {"summary": say("CallDraft.typed"), "language": say.language}
        typed |= {"contract": lease.account_number, "lease": lease.account_number}
        actions.save_draft(draft=call, typed=typed, by=cast.agent)
    reason = say("CallDraft.discard_reason")
    actions.discard_call(draft=discarded, reason=reason, by=cast.agent, now=now)
    return begun, discarded


def a_phone_call(say: Said, cast: Cast, *, now: datetime) -> None:
    """Missed, and returned in another way."""
    told = {"callId": "1", "direction": "in", "from": "12105550134", "to": "101"}
    for event in ("newCall", "hangup"):
        record_event(read_event(told | {"event": event}), now=now)
    call = PhoneCall.objects.get(call_id="1")
    settle_call(call=call, reason=say("PhoneCall.settled_reason"), by=cast.agent, now=now)


def a_mail(say: Said, cast: Cast, *, now: datetime) -> InboundMail:
    """Of which no one knows where it belongs; its original was looked at."""
    text = f"{say('InboundMail.text')}\n\n{REPEATED[say.language]}\n> {say('InboundMail.quoted')}\n"
    raw = letter(text, Subject=say("InboundMail.subject"))
    mail = actions.receive_mail(actions.Arrived(raw=raw, source=InboundSource.MAILBOX, now=now))
    actions.record_original_view(
        mail=mail, reason=say("InboundOriginalView.reason"), by=cast.agent, now=now
    )
    return mail
