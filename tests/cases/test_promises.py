"""Verbal agreements: in writing at once, acknowledged by the customer, reminded, settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.actions.promises import Agreed, acknowledge_promise, make_promise, settle_promise
from cases.actions.remind_of_promises import remind_of_promises
from cases.events import describe
from cases.models import Case, Promise
from common.company_day import business_day
from leases.actions import remind_of_payments
from leases.actions.payments import record_payment
from leases.actions.plans import agree_recovery, cancel_plan
from leases.models import Customer, Lease, PlanPromise, Program
from leases.plan_terms import Payment
from leases.queries.ledger import standing_of
from mail.models import Email
from mail.outbound.render import Rendered, render
from tests.mails import forget, is_obsolete
from tests.moves import move

MakePromise = Callable[..., Promise]
#: Carla's hours are from five to eight in the evening, Monday to Friday.
FRIDAY_EVENING = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
MONDAY_EVENING = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
WHAT = "Enviar el comprobante del pago"


@pytest.fixture
def make(open_case: Callable[..., Case], ana: User, now: datetime) -> MakePromise:
    """Something Carla promises for the Wednesday after next."""

    def made(**fields: Any) -> Promise:
        moment = fields.pop("now", now)
        case = fields.pop("case", None) or open_case()
        agreed: dict[str, Any] = {
            "party": "customer",
            "what": WHAT,
            "language": "es",
            "due_on": date(2026, 11, 25),
        }
        return make_promise(case=case, agreed=Agreed(**(agreed | fields)), by=ana, now=moment)

    return made


def mails(template: str) -> list[Email]:
    return list(Email.objects.filter(template__key=template).order_by("created_at"))


def only(template: str) -> Rendered:
    [mail] = mails(template)
    return render(mail)


@pytest.mark.requirement("R38", "R48", "R54")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ["Usted", "$40.00", "25 de noviembre de 2026", "Próximo paso a más tardar: "]),
        ("en", ["You", "$40.00", "November 25, 2026", "Next step due by: "]),
    ],
)
def test_what_was_said_is_confirmed_in_writing(
    make: MakePromise, carla: Customer, language: str, words: list[str]
) -> None:
    carla.language = language
    carla.save()
    promise = make(amount=Decimal("40.00"))
    mail = only("promise_confirmed")
    assert str(promise.case) in mail.subject
    for each in (*words, WHAT):  # in the language it was said in, whoever reads it
        assert each in mail.text
    [entry] = promise.case.entries.filter(event="promise_made")
    assert entry.is_public
    assert WHAT in describe(entry, for_customer=True)
    assert Email.objects.get(casemail__entry=entry).language == language


@pytest.mark.parametrize(
    ("party", "expected"),
    [("customer", "Usted"), ("company", "Puente"), ("store", "Luna San Antonio")],
)
def test_the_mail_says_who(make: MakePromise, party: str, expected: str) -> None:
    make(party=party)
    assert f"Quién: {expected}\n" in only("promise_confirmed").text


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"what": "  "}, "promise_empty"),
        ({"due_on": date(2026, 11, 17)}, "promise_past"),
        ({"amount": Decimal(0)}, "promise_amount"),
        ({"amount": Decimal("100000000.00")}, "promise_amount_large"),
    ],
)
def test_refused_agreements(make: MakePromise, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make(**fields)
    assert refused.value.code == code
    assert not Promise.objects.exists()
    assert not mails("promise_confirmed")


def test_the_same_agreement_twice_is_one(
    make: MakePromise, open_case: Callable[..., Case], now: datetime
) -> None:
    case = open_case()
    first, second = (make(case=case, amount=Decimal("40.00")) for _ in range(2))
    other = make(case=case, amount=Decimal("41.00"))
    assert first == second != other
    assert len(mails("promise_confirmed")) == 2


def test_a_closed_case_takes_no_agreement(
    make: MakePromise, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case()
    for version, status in ((1, "resolved"), (2, "closed")):
        update = move(status)
        actions.update_case(case=case, version=version, update=update, by=ana, now=now)
    with pytest.raises(ValidationError) as refused:
        make(case=case)
    assert refused.value.code == "case_over"


@pytest.mark.requirement("R52")
def test_the_customer_acknowledges_once(
    make: MakePromise, carla: Customer, dan: Customer, now: datetime
) -> None:
    promise = make()
    with pytest.raises(PermissionDenied):
        acknowledge_promise(promise=promise, by=dan.user, now=now)
    assert acknowledge_promise(promise=promise, by=carla.user, now=now)
    assert not acknowledge_promise(promise=promise, by=carla.user, now=now)
    assert Promise.objects.get().acknowledged_at == now
    assert promise.case.entries.filter(event="promise_acknowledged").count() == 1


@pytest.mark.parametrize(
    ("party", "outcome", "written"),
    [
        ("customer", "broken", 1),
        ("customer", "kept", 0),
        ("customer", "withdrawn", 0),
        ("store", "broken", 0),
        ("company", "broken", 0),
    ],
)
def test_an_agreement_is_settled_once(
    make: MakePromise, ana: User, party: str, outcome: str, written: int
) -> None:
    promise = make(party=party)
    later = datetime(2026, 11, 26, 16, tzinfo=UTC)
    why = "Ya no hace falta."
    assert settle_promise(promise=promise, outcome=outcome, reason=why, by=ana, now=later)
    assert not settle_promise(promise=promise, outcome="kept", by=ana, now=later)
    assert Promise.objects.get().outcome == outcome
    assert len(mails("promise_broken")) == written
    assert promise.case.entries.filter(event="promise_settled").count() == 1


@pytest.mark.requirement("R38")
def test_what_no_longer_holds_is_told_with_its_reason(
    make: MakePromise, ana: User, carla: Customer, now: datetime
) -> None:
    promise = make()
    with pytest.raises(ValidationError) as refused:
        settle_promise(promise=promise, outcome="withdrawn", reason=" ", by=ana, now=now)
    assert refused.value.code == "promise_reason"
    settle_promise(
        promise=promise, outcome="withdrawn", reason="El banco ya lo envió.", by=ana, now=now
    )
    mail = only("message_added")
    assert f"Este acuerdo ya no es válido: “{WHAT}”\n\nEl banco ya lo envió." in mail.text
    entry = promise.case.entries.get(event="promise_settled")
    assert entry.is_public
    assert "El banco ya lo envió." in describe(entry, for_customer=True)
    assert not acknowledge_promise(promise=promise, by=carla.user, now=now)


def test_a_full_stop_does_not_end_the_sentence_around_it(make: MakePromise) -> None:
    promise = make(what="Dejar 60 dólares en la tienda.", amount=Decimal(60))
    entry = promise.case.entries.get(event="promise_made")
    assert "en la tienda ($60.00), by November" in describe(entry, for_customer=True)


@pytest.mark.parametrize(
    ("party", "to_staff", "to_her"),
    [
        ("customer", "Acuerdo por parte de Carla Peña", "Acuerdo por su parte"),
        ("company", "Acuerdo por nuestra parte", "Acuerdo por nuestra parte"),
        ("store", "Acuerdo por parte de la tienda", "Acuerdo por parte de la tienda"),
    ],
)
def test_an_agreement_is_told_to_each_reader_in_a_sentence(
    make: MakePromise, ana: User, now: datetime, party: str, to_staff: str, to_her: str
) -> None:
    promise = make(party=party)
    settle_promise(promise=promise, outcome="kept", by=ana, now=now)
    made = promise.case.entries.get(event="promise_made")
    settled = promise.case.entries.get(event="promise_settled")
    with translation.override("es"):
        assert describe(made, for_customer=False, customer="Carla Peña").startswith(
            f"{to_staff}: {WHAT},"
        )
        assert describe(made, for_customer=True).startswith(f"{to_her}: {WHAT},")
        assert describe(settled, for_customer=False) == f"Acuerdo “{WHAT}”: cumplido"


def test_nothing_is_broken_before_its_day_is_over(make: MakePromise, ana: User) -> None:
    promise = make()
    evening = datetime(2026, 11, 26, 5, tzinfo=UTC)  # still the 25th in Chicago
    with pytest.raises(ValidationError) as refused:
        settle_promise(promise=promise, outcome="broken", by=ana, now=evening)
    assert refused.value.code == "promise_not_due"


@pytest.mark.requirement("R5", "R38")
def test_a_reminder_goes_two_days_ahead_in_the_customers_hours_once(make: MakePromise) -> None:
    promise = make()
    assert remind_of_promises(now=FRIDAY_EVENING) == 0  # five days ahead
    assert remind_of_promises(now=MONDAY_EVENING - timedelta(hours=3)) == 0  # at two o'clock
    assert remind_of_promises(now=MONDAY_EVENING) == 1
    assert remind_of_promises(now=MONDAY_EVENING + timedelta(minutes=5)) == 0
    mail = only("promise_due")
    assert str(promise.case) in mail.subject
    assert WHAT in mail.text
    made = promise.case.entries.get(event="promise_made")
    assert [each.template.key for each in Email.objects.filter(casemail__entry=made).all()] == [
        "promise_confirmed",
        "promise_due",
    ]


def test_a_reminder_kept_back_is_not_sent_once_it_is_false(make: MakePromise, ana: User) -> None:
    promise = make()
    remind_of_promises(now=MONDAY_EVENING)
    [mail] = mails("promise_due")
    assert not is_obsolete(mail, MONDAY_EVENING)
    assert is_obsolete(mail, MONDAY_EVENING + timedelta(days=3))
    settle_promise(promise=promise, outcome="kept", by=ana, now=MONDAY_EVENING)
    assert is_obsolete(mail, MONDAY_EVENING)


def test_a_reminder_kept_back_is_not_sent_once_the_case_is_closed(
    make: MakePromise, ana: User
) -> None:
    case = make().case
    remind_of_promises(now=MONDAY_EVENING)
    [mail] = mails("promise_due")
    for version, status in ((2, "resolved"), (3, "closed")):
        assert not is_obsolete(mail, MONDAY_EVENING)
        update = move(status)
        actions.update_case(case=case, version=version, update=update, by=ana, now=MONDAY_EVENING)
    assert is_obsolete(mail, MONDAY_EVENING)


def test_whose_days_are_none_of_the_last_ones_is_reminded_on_the_one_before(
    make: MakePromise, open_case: Callable[..., Case], carla: Customer
) -> None:
    Customer.objects.filter(pk=carla.pk).update(available_days=["sun"])
    sunday = MONDAY_EVENING - timedelta(days=1)
    case = open_case()
    for due_on in (date(2026, 11, 26), date(2026, 11, 30)):  # Thursday, and Monday in a week
        make(case=case, due_on=due_on)
    make(case=case, what="Llamar", due_on=date(2026, 11, 26), now=sunday)  # that very day
    assert remind_of_promises(now=sunday - timedelta(hours=3)) == 0
    assert remind_of_promises(now=sunday) == 1
    assert remind_of_promises(now=sunday + timedelta(hours=1)) == 0
    assert remind_of_promises(now=sunday + timedelta(days=3)) == 0
    assert remind_of_promises(now=sunday + timedelta(days=7)) == 1


def test_many_reminders_look_for_their_entries_once(
    make: MakePromise, open_case: Callable[..., Case]
) -> None:
    def asked() -> int:
        forget(Email.objects.filter(template__key="promise_due"))
        with CaptureQueriesContext(connection) as queries:
            remind_of_promises(now=MONDAY_EVENING)
        looked = [each for each in queries if 'FROM "cases_entry"' in each["sql"]]
        return len(looked)

    case = open_case()
    make(case=case)
    one = asked()
    for number in range(5):
        make(case=case, what=f"Enviar la foto {number}")
    assert asked() == one
    assert len(mails("promise_due")) == 6


@pytest.mark.parametrize("party", ["company", "store"])
def test_the_customer_is_not_reminded_of_what_others_do(make: MakePromise, party: str) -> None:
    make(party=party)
    assert remind_of_promises(now=MONDAY_EVENING) == 0


def test_what_is_settled_or_just_agreed_needs_no_reminder(make: MakePromise, ana: User) -> None:
    settle_promise(promise=make(), outcome="kept", by=ana, now=FRIDAY_EVENING)
    make(now=MONDAY_EVENING - timedelta(hours=1))
    assert remind_of_promises(now=MONDAY_EVENING) == 0


def test_who_cannot_be_told_now_hides_nobody_else(
    make: MakePromise,
    open_case: Callable[..., Case],
    dans_lease: Lease,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_module("cases.actions.remind_of_promises"), "CHUNK", 1)
    afternoon = MONDAY_EVENING - timedelta(hours=3)
    make()  # Carla's hours have not begun
    dans = open_case(lease=dans_lease)
    make(case=dans, what="Send a photo", now=afternoon - timedelta(hours=1))  # just agreed
    make(case=dans)
    assert remind_of_promises(now=afternoon) == 1
    [mail] = mails("promise_due")
    assert (mail.casemail.case, mail.params["promise"]["what"]) == (dans, WHAT)


@pytest.fixture
def behind(deliver: Callable[..., Lease], program: Program) -> Lease:
    """Carla's: two payments past due on Wednesday the 18th."""
    Program.objects.filter(pk=program.pk).update(recovery_payments=6)
    return deliver(at=datetime(2026, 10, 30, 16, tzinfo=UTC), frequency="weekly")


def agree(lease: Lease, by: User, now: datetime) -> list[PlanPromise]:
    """In two payments, on the 25th and a week later."""
    arrears = standing_of(lease, business_day(now)).arrears
    half = (arrears / 2).quantize(Decimal("0.01"))
    agree_recovery(
        lease=lease,
        promises=[
            Payment(date(2026, 11, 25), half),
            Payment(date(2026, 12, 2), arrears - half),
        ],
        note="",
        by=by,
        now=now,
    )
    return list(PlanPromise.objects.order_by("number"))


@pytest.mark.requirement("R5", "R24", "R38")
def test_payments_of_a_plan_are_reminded_of_and_missed(
    behind: Lease, ana: User, now: datetime
) -> None:
    first, _second = agree(behind, ana, now)
    assert remind_of_payments(now=FRIDAY_EVENING) == 0
    assert remind_of_payments(now=MONDAY_EVENING) == 1
    assert remind_of_payments(now=MONDAY_EVENING) == 0
    ahead = only("plan_payment_due")
    assert "cuenta 104477312" in ahead.subject
    assert "un pago de su plan" in ahead.text
    assert f"${first.amount}" in ahead.text
    assert "/l/104477312" in ahead.text
    after = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    assert remind_of_payments(now=after - timedelta(hours=4)) == 0
    assert remind_of_payments(now=after) == 1
    assert remind_of_payments(now=after) == 0
    assert "25 de noviembre" in only("plan_payment_missed").subject


def test_a_payment_that_came_is_neither(behind: Lease, ana: User, now: datetime) -> None:
    first, _second = agree(behind, ana, now)
    on = date(2026, 11, 20)
    record_payment(lease=behind, amount=first.amount, on=on, by=ana, now=FRIDAY_EVENING)
    assert remind_of_payments(now=MONDAY_EVENING) == 0
    assert remind_of_payments(now=datetime(2026, 11, 26, 23, 30, tzinfo=UTC)) == 0


@pytest.mark.parametrize("ends", ["paid", "cancelled"])
def test_a_reminder_of_a_payment_kept_back_is_not_sent_once_it_is_false(
    behind: Lease, ana: User, now: datetime, ends: str
) -> None:
    first, _second = agree(behind, ana, now)
    remind_of_payments(now=MONDAY_EVENING)
    [mail] = mails("plan_payment_due")
    assert not is_obsolete(mail, MONDAY_EVENING)
    if ends == "paid":
        on = date(2026, 11, 23)
        record_payment(lease=behind, amount=first.amount, on=on, by=ana, now=MONDAY_EVENING)
    else:
        cancel_plan(plan=first.plan, reason="No puede.", by=ana, now=MONDAY_EVENING)
    assert is_obsolete(mail, MONDAY_EVENING)


def test_a_payment_whose_last_days_are_not_theirs_is_told_of_before(
    behind: Lease, ana: User, carla: Customer, now: datetime
) -> None:
    Customer.objects.filter(pk=carla.pk).update(available_days=["sat"])
    agree(behind, ana, now)  # for Wednesday the 25th
    assert remind_of_payments(now=FRIDAY_EVENING) == 0
    assert remind_of_payments(now=FRIDAY_EVENING + timedelta(days=1)) == 1


def test_a_notice_kept_back_is_not_sent_once_it_was_paid(
    behind: Lease, ana: User, now: datetime
) -> None:
    first, _second = agree(behind, ana, now)
    night = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    remind_of_payments(now=night)
    [mail] = mails("plan_payment_missed")
    assert not is_obsolete(mail, night)
    record_payment(lease=behind, amount=first.amount, on=date(2026, 11, 26), by=ana, now=night)
    assert is_obsolete(mail, night)
    # Nor because the next one is missed.
    assert is_obsolete(mail, datetime(2026, 12, 3, 23, 30, tzinfo=UTC))


def test_a_notice_of_what_was_not_broken_is_not_sent(make: MakePromise, ana: User) -> None:
    promise = make()
    later = datetime(2026, 11, 26, 16, tzinfo=UTC)
    settle_promise(promise=promise, outcome="broken", by=ana, now=later)
    [mail] = mails("promise_broken")
    assert not is_obsolete(mail, later)
    Promise.objects.filter(pk=promise.pk).update(outcome="kept")
    assert is_obsolete(mail, later)
