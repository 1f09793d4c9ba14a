"""Builds the demo: customers, leases in every status, cases with a history."""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal

from PIL import Image, ImageDraw

from accounts.enums import Language
from accounts.models import User
from cases import actions, evidence
from cases.enums import CaseStatus, Visibility
from cases.models import Case
from common.company_day import business_day
from leases import actions as lease_actions
from leases.enums import LanguageSource, LeaseStatus
from leases.models import Customer, Lease, Merchant, Store
from tools.company import (
    agreements,
    answers,
    cast,
    consequences,
    contact,
    contracts,
    disputes,
    follow_ups,
    going_back,
    money_back,
    phones,
    put_away,
    record,
    strangers,
    tags,
    trouble,
    worklists,
)

CUSTOMERS = 44
S = LeaseStatus
ABOUT_PAYMENTS = {"late_payment", "payment", "statement", "buyout"}
#: The statuses the other customers' leases have reached, in turn.
STATES = (
    S.FUNDED, S.FUNDED, S.CONTRACTS, S.FUNDED, S.APPROVED, S.LEASE_ACCEPTED, S.FUNDED, S.DENIED,
    S.FUNDED, S.CONTRACTS_EXPIRED, S.PRE_APPROVED, S.FUNDED, S.APPROVAL_EXPIRED, S.PREQUALIFIED,
    S.IN_PROCESS, S.FUNDED, S.PENDING, S.CONTRACTS_RECEIVED,
)  # fmt: skip


def is_loaded() -> bool:
    return User.objects.filter(email=cast.STAFF[0].email).exists()


def steps() -> int:
    return CUSTOMERS + 2


def load(*, now: datetime) -> Iterator[None]:
    """Yields once per finished customer. The caller's transaction keeps all or nothing."""
    chance = random.Random(7)  # noqa: S311  (the same company every time)
    people = [
        User.objects.create_user(
            each.email, cast.PASSWORD, name=each.name, role=each.role, language=each.language
        )
        for each in cast.STAFF
    ]
    ana, ben, sofia, mateo, _ = people
    phones.give_extensions(people)
    stores = [_store(*each) for each in cast.STORES]
    accounts = (f"{number}" for number in itertools.count(104_477_312, 7_919))
    states = itertools.cycle(STATES)

    for person in (cast.CARLA, cast.DAN):
        agent = ana if person.language == Language.SPANISH else ben
        customer = _customer(person)
        lease = _lease(customer, stores[0], next(accounts), S.FUNDED, now, mateo)
        agreements.promise(lease, first_in=2, by=agent, now=now - timedelta(days=6))
        agreements.charge_automatically(lease, method="bank", by=agent, now=now - timedelta(days=5))
        lease = _lease(customer, stores[1], next(accounts), S.LEASE_ACCEPTED, now, mateo)
        stories = cast.ES if person.language == Language.SPANISH else cast.EN
        case = _case(
            lease,
            stories[1],
            agent,
            now - timedelta(days=4),
            CaseStatus.WAITING_CUSTOMER,
            True,
            now,
        )
        follow_ups.plan(case, by=agent, now=now)
        answers.arrive(case, now=now - timedelta(days=2))
        record.agree(case, _photo("receipt"), by=agent, now=now - timedelta(days=1))
        yield

    for place in range(CUSTOMERS):
        spanish = place % 5 < 3
        first, last = (cast.FIRST_ES, cast.LAST_ES) if spanish else (cast.FIRST_EN, cast.LAST_EN)
        person = cast.Person(
            f"{first[place % len(first)]} {last[place % len(last)]}",
            f"customer{place + 1}@example.com",
            f"+1210555{1000 + place}",
            Language.SPANISH if spanish else Language.ENGLISH,
        )
        lease = _lease(
            _customer(person), chance.choice(stores), next(accounts), next(states), now, mateo
        )
        if lease.status in {S.FUNDED, S.LEASE_ACCEPTED, S.CONTRACTS}:
            story = chance.choice(cast.ES if spanish else cast.EN)
            opened = now - timedelta(days=chance.randint(2, 12), minutes=chance.randint(5, 600))
            status = chance.choice(list(CaseStatus))
            agent = ana if spanish else ben
            case = _case(lease, story, agent, opened, status, chance.random() < 0.2, now)
            follow_ups.plan(case, by=agent, now=now)
            record.complain(case, by=agent, now=now)
            if case.is_active and case.kind_id in ABOUT_PAYMENTS:
                agreements.promise_at_case(case, by=agent, now=now)
        yield
    theirs = Case.objects.active().exclude(
        lease__customer__email__in=[cast.CARLA.email, cast.DAN.email]
    )
    unreachable, represented, named, missed, wishing, *_, doubtful = theirs.order_by("number")
    trouble.bounce(unreachable, now=now)
    trouble.doubt(doubtful, by=ana, now=now)
    contact.name_attorney(represented, by=ana, now=now)
    contact.name_statute(named, by=ana, now=now)
    contact.try_in_vain(missed, by=ana, now=now)
    contact.wish_for_mail(wishing, by=ana, now=now)
    late = [
        _lease(each, stores[0], next(accounts), S.CONTRACTS_EXPIRED, now, mateo)
        for each in Customer.objects.order_by("-pk")[:2]
    ]
    worklists.report_late(late, by=mateo, approver=sofia, now=now)
    worklists.bring_back(by=mateo, now=now)
    going_back.hand_in(by=ana, now=now)
    for language, agent in ((Language.SPANISH, ana), (Language.ENGLISH, ben)):
        consequences.happen(language=language, store=stores[0], by=agent, now=now)
    for person in cast.DISPUTING:
        agent = ana if person.language == Language.SPANISH else ben
        customer = _customer(person)
        paid, disputed = (
            _lease(customer, stores[1], next(accounts), S.FUNDED, now, mateo) for _each in range(2)
        )
        disputes.pay_off(paid, by=agent, now=now - timedelta(days=1))
        disputes.dispute(disputed, by=agent, supervisor=sofia, now=now)
    for case in theirs.filter(status=CaseStatus.OPEN).order_by("-opened_at")[:3]:
        actions.assign(case=case, to=None, by=sofia, now=now - timedelta(minutes=40))
    others = [each.email for each in (cast.CARLA, cast.DAN, *cast.DISPUTING)]
    for language, agent, is_paid in ((Language.SPANISH, ana, False), (Language.ENGLISH, ben, True)):
        money_back.refund(
            language=language, others=others, by=agent, supervisor=sofia, is_paid=is_paid, now=now
        )
    phones.make_phone_calls(now=now)
    strangers.call_without_lease(ana=ana, ben=ben, now=now)
    put_away.snooze(by=ana, now=now)
    tags.tag_some(by=ana, now=now)
    known = Lease.objects.filter(customer__email__in=[cast.CARLA.email, cast.DAN.email])
    strangers.asked_for_ssn(list(known))
    lease_actions.charge_late_fees(now=now)  # where signing has a rule of that state


def _store(merchant: str, name: str, city: str, state: str, phone: str) -> Store:
    owner, is_new = Merchant.objects.get_or_create(name=merchant)
    if is_new:
        contracts.make_program(owner)
    code = f"{owner.stores.count() + 1:03}"
    return Store.objects.create(
        merchant=owner, code=code, name=name, city=city, state=state, phone=phone
    )


def _customer(person: cast.Person) -> Customer:
    return lease_actions.register_customer(
        name=person.name,
        email=person.email,
        phone=person.phone,
        language=person.language,
        language_source=LanguageSource.ASKED,
        available_days=["mon", "tue", "wed", "thu", "fri"],
        available_from=time(9),
        available_to=time(18),
    )


def _lease(
    customer: Customer, store: Store, account: str, state: LeaseStatus, now: datetime, mateo: User
) -> Lease:
    """A lease brought to its state by the events that really lead there, dated far enough back."""
    decision = (
        state if state in {S.DENIED, S.PRE_APPROVED, S.PREQUALIFIED, S.PENDING} else S.APPROVED
    )
    if state == S.IN_PROCESS:
        decision = S.DENIED
    ages = {
        S.APPROVAL_EXPIRED: 95, S.CONTRACTS_EXPIRED: 75, S.FUNDED: 120, S.APPROVED: 84,
        S.PREQUALIFIED: 96,  # no one answered for longer than an approval lasts
    }  # fmt: skip
    goods = cast.MERCHANDISE[customer.language]
    applied = now - timedelta(days=ages.get(state, 30), hours=int(account) % 9)
    lease = lease_actions.apply(
        account_number=account,
        customer=customer,
        store=store,
        decision=decision,
        approval_limit=Decimal(1200 + int(account) % 1800) if decision == S.APPROVED else None,
        merchandise=goods[int(account) % len(goods)],
        program=store.merchant.programs.first(),
        by=None,
        now=applied,
    )
    if state == S.IN_PROCESS:
        reason = "Income proof arrived after the denial."
        return lease_actions.place_in_review(lease=lease, reason=reason, by=mateo, now=now)
    if decision != S.APPROVED or state in {S.APPROVED, S.APPROVAL_EXPIRED}:
        return lease
    day = timedelta(days=1)
    total = Decimal(600 + int(account) % 600)
    invoice = f"F-{account[-5:]}"
    lease = lease_actions.submit_invoice(
        lease=lease,
        number=invoice,
        total=total,
        lines=contracts.invoice_lines(lease.merchandise, total),
        by=None,
        now=applied + day,
    )
    if state in {S.CONTRACTS, S.CONTRACTS_EXPIRED}:
        return lease
    if state == S.CONTRACTS_RECEIVED:
        return worklists.leave_signed(lease, now=applied + 2 * day)
    lease = lease_actions.sign(lease=lease, by=None, now=applied + 2 * day)
    if state == S.FUNDED:
        lease = lease_actions.confirm_delivery(
            lease=lease, tells_customer=False, by=None, now=applied + 5 * day
        )
        contracts.pay(lease, missed=int(account) % 3, now=now)
    return lease


def _case(
    lease: Lease,
    story: cast.Story,
    agent: User,
    opened: datetime,
    status: CaseStatus,
    has_photo: bool,
    now: datetime,
) -> Case:
    language = lease.customer.language
    draft = actions.start_call(by=agent, now=opened, lease=lease)
    call = actions.Call(
        lease=lease, kind=story.kind, channel="phone", language=language, summary=story.summary
    )
    files = [_photo(story.kind)] if has_photo else []
    case = actions.open_case(draft=draft, call=call, files=files, by=agent, now=opened)
    if status == CaseStatus.OPEN:
        return case
    later = opened + timedelta(minutes=4)
    note = actions.Update(body=story.note, language=language)
    case = actions.update_case(case=case, version=case.version, update=note, by=agent, now=later)
    if status == CaseStatus.ESCALATED:
        actions.escalate(case=case, reason=story.note, by=agent, now=later + timedelta(minutes=9))
        return case
    later += timedelta(hours=2)
    ends = status in {CaseStatus.RESOLVED, CaseStatus.CLOSED}
    # Most are due in the next few days; a few are late.
    due_on = business_day(now + timedelta(days=case.pk % 9 - 1))
    answer = actions.Update(
        body=story.end if ends else story.message,
        language=language,
        visibility=Visibility.PUBLIC,
        to_status=CaseStatus.RESOLVED if ends else status,
        outcome=story.outcome if ends else "",
        due_on=max(due_on, business_day(later)),
    )
    case = actions.update_case(case=case, version=case.version, update=answer, by=agent, now=later)
    if status == CaseStatus.CLOSED:
        closed = actions.Update(to_status=status)
        later += timedelta(days=1)
        case = actions.update_case(
            case=case, version=case.version, update=closed, by=agent, now=later
        )
    return case


def _photo(label: str) -> actions.Upload:
    """A drawing that stands in for a photo of a document."""
    image = Image.new("RGB", (900, 640), "#efe9dd")
    draw = ImageDraw.Draw(image)
    draw.rectangle((90, 60, 810, 580), fill="white", outline="#b8ad98", width=3)
    for line in range(9):
        draw.line(
            (140, 150 + 42 * line, 140 + 560 - 37 * (line % 4), 150 + 42 * line), "#8a8172", 6
        )
    draw.text((140, 90), label, fill="#333333")
    file = io.BytesIO()
    image.save(file, "JPEG", quality=80)
    file.seek(0)
    return actions.Upload(evidence.inspect(file, name=f"{label}.jpg"), file)
