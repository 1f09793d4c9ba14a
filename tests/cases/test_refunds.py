"""A customer was right about what they had paid: a refund is owed, told and watched until paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.actions import Verdict
from cases.events import describe
from cases.models import Case
from cases.queries.refunds import cases_of_refunds, refunds_owed
from leases.actions import charge_late_fees, corrections, payments
from leases.actions.refunds import Owed
from leases.enums import ChargeReason, LedgerKind, PaymentMethod
from leases.models import Customer, DisputedCharge, Lease, LedgerEntry, Refund
from leases.queries.disputed_charges import disputable
from leases.queries.ledger import standing_of
from leases.queries.monitoring import count_refunds
from mail.models import Email
from mail.outbound.render import render
from tests.cases.test_constraints import refused
from tests.upgrades import before

pytestmark = [pytest.mark.requirement("R74"), pytest.mark.requirement("R77"), pytest.mark.django_db]

D = Decimal
DAY = timedelta(days=1)
Visit = Callable[[User], Client]
Decide = Callable[..., None]
RULES = import_module("leases.migrations.0002_state_rules")


@pytest.fixture
def lease(deliver: Callable[..., Lease], now: datetime) -> Lease:
    """Carla's, signed in California: two payments past due, each with a fee of 2.00."""
    RULES.add(apps, None)
    lease = deliver(at=now - 20 * DAY, state="CA")
    assert charge_late_fees(now=now) == 2
    return lease


@pytest.fixture
def case(open_case: Callable[..., Case], lease: Lease) -> Case:
    return open_case(lease=lease, kind="charge_dispute")


@pytest.fixture
def dispute(case: Case, ana: User, now: datetime) -> Callable[..., DisputedCharge]:
    def disputed(entry: LedgerEntry, amount: str = "") -> DisputedCharge:
        amounts = {entry.pk: D(amount) if amount else None}
        [row] = actions.dispute_charges(case=case, amounts=amounts, by=ana, now=now)
        return row.charge

    return disputed


@pytest.fixture
def decide(case: Case, sofia: User, now: datetime) -> Decide:
    def decided(*verdicts: Verdict) -> None:
        actions.decide_charges(
            case=case, version=Case.objects.get(pk=case.pk).version, verdicts=verdicts,
            message="Gracias por su recibo.", by=sofia, now=now,
        )  # fmt: skip

    return decided


def refund(charge: DisputedCharge, now: datetime, amount: str = "", **more: Any) -> Verdict:
    owed = Owed(method=PaymentMethod.CHECK, expected_on=now.date() + 10 * DAY)
    part = D(amount) if amount else None
    return Verdict(charge=charge, is_upheld=True, amount=part, owed=owed, **more)


def uphold(charge: DisputedCharge, amount: str = "", **more: Any) -> Verdict:
    return Verdict(charge=charge, is_upheld=True, amount=D(amount) if amount else None, **more)


def line(lease: Lease, kind: LedgerKind, number: int) -> LedgerEntry:
    return lease.ledger.get(kind=kind, instalment__number=number)


def pay(lease: Lease, amount: Decimal, now: datetime, part: str = "") -> LedgerEntry:
    return payments.record_payment(
        lease=lease, amount=amount, on=now.date(), part=part, tells_customer=False, by=None,
        now=now,
    )[0]  # fmt: skip


def code(error: pytest.ExceptionInfo[ValidationError]) -> str | None:
    return error.value.error_list[0].code


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_what_was_paid_on_a_paid_off_lease_is_refunded(
    lease: Lease, case: Case, dispute: Any, decide: Decide, sofia: User, now: datetime
) -> None:
    pay(lease, standing_of(lease, now.date()).balance, now)
    charge = dispute(line(lease, LedgerKind.CHARGE, 1))
    with pytest.raises(ValidationError) as error:
        decide(uphold(charge))
    assert code(error) == "refund_instead"
    before = standing_of(lease, now.date())

    decide(refund(charge, now))

    found = Refund.objects.get()
    assert (found.amount, found.charge.decision, found.is_paid) == (D("38.46"), "refund", False)
    assert standing_of(lease, now.date()).balance == before.balance == 0
    text = plain(render(Email.objects.get(template__key="charges_decided")).text)
    assert (
        "le debemos $38.46 y se lo reembolsaremos con un cheque a más tardar el"
        " 28 de noviembre de 2026." in text
    )
    update = actions.Update(
        body="Le enviamos su cheque.", visibility="public", language="es", to_status="resolved",
        outcome="charge_removed",
    )  # fmt: skip
    case.refresh_from_db()
    actions.update_case(case=case, version=case.version, update=update, by=sofia, now=now)
    assert not Case.objects.get().is_active


def test_no_more_is_refunded_than_was_received(
    lease: Lease, dispute: Any, decide: Decide, now: datetime
) -> None:
    pay(lease, D("50.00"), now, part="rent")
    first, second = (dispute(line(lease, LedgerKind.CHARGE, each)) for each in (1, 2))
    decide(refund(first, now))
    with pytest.raises(ValidationError) as error:
        decide(refund(second, now))
    assert code(error) == "refund_total"
    assert "$11.54" in plain(error.value.messages[0])
    decide(refund(second, now, "11.54"))
    assert Refund.objects.count() == 2


def test_a_payment_charged_twice_is_given_back_and_pays_the_lease_no_more(
    lease: Lease, case: Case, dispute: Any, decide: Decide, now: datetime
) -> None:
    pay(lease, D("38.46"), now, part="rent")
    owed = standing_of(lease, now.date()).balance
    twice = pay(lease, D("38.46"), now, part="rent")
    charge = dispute(twice)
    assert not charge.pauses_fees  # nothing of it is owed
    told = plain(describe(case.entries.latest("pk"), for_customer=True))
    assert "$38.46" in told
    assert "mora" not in told
    with pytest.raises(ValidationError) as error:
        decide(uphold(charge))
    assert code(error) == "refund_instead"
    decide(refund(charge, now))
    assert standing_of(lease, now.date()).balance == owed
    charge.refresh_from_db()
    assert charge.correction
    assert charge.correction.reverses == twice
    assert not disputable(lease, now.date()).filter(pk=charge.correction.pk).exists()


def test_a_payment_of_rent_and_fees_is_disputed_as_one(
    lease: Lease, dispute: Any, decide: Decide, now: datetime
) -> None:
    payments.record_payment(
        lease=lease, amount=D("80.92"), on=now.date(), tells_customer=False, by=None, now=now
    )
    rows = disputable(lease, now.date()).filter(kind=LedgerKind.PAYMENT)
    assert [each.left for each in rows] == [D("80.92")]
    charge = dispute(rows.get())
    assert charge.amount == D("80.92")
    before = standing_of(lease, now.date()).balance
    decide(refund(charge, now))
    assert standing_of(lease, now.date()).balance == before + D("80.92")


def test_a_part_of_a_payment_is_given_back(
    lease: Lease, dispute: Any, decide: Decide, now: datetime
) -> None:
    paid = pay(lease, D("76.92"), now, part="rent")
    before = standing_of(lease, now.date()).balance
    decide(refund(dispute(paid, "38.46"), now))
    assert standing_of(lease, now.date()).balance == before + D("38.46")


def test_a_fee_can_be_disputed_as_far_as_it_was_not_waived(
    lease: Lease, dispute: Any, decide: Decide, sofia: User, now: datetime
) -> None:
    first, second = (line(lease, LedgerKind.FEE, each) for each in (1, 2))
    for fee, amount in ((first, "2.00"), (second, "0.50")):
        corrections.waive(
            lease=lease, entry_id=fee.pk, amount=D(amount), reason="Cortesía", by=sofia, now=now
        )
    with pytest.raises(ValidationError) as error:
        dispute(first)
    assert code(error) == "foreign_entry"
    charge = dispute(second)
    assert charge.amount == D("1.50")
    decide(uphold(charge))
    assert standing_of(lease, now.date()).fees == 0


def test_a_fee_waived_while_it_was_under_review_comes_off_as_far_as_it_stands(
    lease: Lease, dispute: Any, decide: Decide, sofia: User, now: datetime
) -> None:
    fee = line(lease, LedgerKind.FEE, 1)
    charge = dispute(fee)

    def waive(amount: str) -> None:
        corrections.waive(
            lease=lease, entry_id=fee.pk, amount=D(amount), reason="Cortesía", by=sofia, now=now
        )

    waive("0.50")
    decide(uphold(charge))
    charge.refresh_from_db()
    assert charge.taken_off == D("1.50")


def test_the_late_fee_comes_off_with_its_payment_and_the_mail_says_it(
    sign_in: Visit, lease: Lease, case: Case, dispute: Any, sofia: User, now: datetime
) -> None:
    charge = dispute(line(lease, LedgerKind.CHARGE, 1))
    client, page = sign_in(sofia), reverse("case_charge_decisions", args=[case.number])
    form = client.get(page).context["form"]
    assert form[f"fee-{charge.pk}"].value() is True
    typed = {
        "version": form["version"].value(), "message": "Gracias por enviarnos su recibo.",
        f"decision-{charge.pk}": "upheld", f"amount-{charge.pk}": "38.46",
        f"fee-{charge.pk}": "on",
    }  # fmt: skip
    answer = client.post(page, typed)
    said = "También quitamos su cargo por mora de $2.00."
    assert said in plain(answer.context["shown"].mail.text)
    sent = {each.name: each.value() for each in answer.context["form"] if each.value()}
    assert client.post(page, sent | {"send": "1"}).status_code == 302
    assert standing_of(lease, now.date()).fees == D("2.00")  # the other payment's
    assert said in plain(render(Email.objects.get(template__key="charges_decided")).text)


def test_a_fee_that_is_disputed_itself_gets_its_own_decision(
    sign_in: Visit, lease: Lease, case: Case, dispute: Any, sofia: User
) -> None:
    charge = dispute(line(lease, LedgerKind.CHARGE, 1))
    dispute(line(lease, LedgerKind.FEE, 1))
    page = reverse("case_charge_decisions", args=[case.number])
    assert f"fee-{charge.pk}" not in sign_in(sofia).get(page).context["form"].fields


def test_the_page_asks_how_and_until_when(
    sign_in: Visit, lease: Lease, case: Case, dispute: Any, sofia: User, now: datetime
) -> None:
    charge = dispute(pay(lease, D("38.46"), now, part="rent"))
    client, page = sign_in(sofia), reverse("case_charge_decisions", args=[case.number])
    form = client.get(page).context["form"]
    offered = [value for value, _label in form.fields[f"decision-{charge.pk}"].choices]
    assert offered == ["refund", "rejected", ""]
    reasons = [value for value, _label in form.fields[f"reason-{charge.pk}"].choices]
    assert reasons == ["", ChargeReason.CORRECTED, ChargeReason.NO_ERROR]
    typed = {
        "version": form["version"].value(), "message": "Gracias por enviarnos su recibo.",
        f"decision-{charge.pk}": "refund", f"amount-{charge.pk}": "38.46",
    }  # fmt: skip
    answer = client.post(page, typed)
    assert answer.status_code == 422
    errors = answer.context["form"].errors.as_data()
    assert {errors[name][0].code for name in errors} == {"refund_method", "refund_day"}
    typed |= {f"method-{charge.pk}": "card", f"expected-{charge.pk}": "2026-11-01"}
    assert client.post(page, typed).status_code == 422
    answer = client.post(page, typed | {f"expected-{charge.pk}": "2026-11-30"})
    assert "se lo reembolsaremos a su tarjeta" in plain(answer.context["shown"].mail.text)
    assert not Refund.objects.exists()


@pytest.fixture
def owed(lease: Lease, dispute: Any, decide: Decide, now: datetime) -> Refund:
    charge = dispute(pay(lease, D("38.46"), now, part="rent"))
    decide(refund(charge, now))
    return Refund.objects.get()


def test_a_refund_is_on_a_watchlist_and_in_the_portal_until_it_was_paid(
    sign_in: Visit, case: Case, lease: Lease, owed: Refund, carla: Customer, ben: User,
    now: datetime,
) -> None:  # fmt: skip
    assert refunds_owed(user=ben).rows == [owed]
    assert cases_of_refunds([owed], user=ben) == {owed.pk: case}
    assert "38.46" in sign_in(ben).get(reverse("refunds_owed")).content.decode()
    portal = reverse("portal_lease", args=[lease.account_number])
    assert "28 de noviembre de 2026" in sign_in(carla.user).get(portal).content.decode()

    page = reverse("case_refund", args=[case.number, owed.pk])
    assert page in sign_in(ben).get(reverse("case", args=[case.number])).content.decode()
    client = sign_in(ben)
    assert client.get(page).status_code == 200
    assert client.post(page, {"paid_on": "2026-11-18", "reference": " "}).status_code == 422
    assert client.post(page, {"paid_on": "2026-11-30", "reference": "1042"}).status_code == 422
    answer = client.post(page, {"paid_on": "2026-11-18", "reference": "4111 1111 1111 1111"})
    assert answer.status_code == 422
    assert client.post(page, {"paid_on": "2026-11-18", "reference": "1042"}).status_code == 302

    owed.refresh_from_db()
    assert (owed.paid_on, owed.reference, owed.paid_by) == (date(2026, 11, 18), "1042", ben)
    assert count_refunds(user=ben) == 0
    entry = case.entries.latest("pk")
    assert (entry.event, entry.is_public) == ("refund_paid", True)
    with translation.override("en"):
        told = plain(describe(entry, for_customer=True))
    assert told == "We refunded $38.46 by check on November 18, 2026. Reference: 1042."
    assert "18 de noviembre de 2026" in sign_in(carla.user).get(portal).content.decode()
    assert client.post(page, {"paid_on": "2026-11-18", "reference": "7"}).status_code == 422


def test_another_cases_refund_is_as_if_it_did_not_exist(
    sign_in: Visit, open_case: Callable[..., Case], lease: Lease, owed: Refund, ben: User
) -> None:
    other = open_case(lease=lease, kind="fraud")
    page = reverse("case_refund", args=[other.number, owed.pk])
    assert sign_in(ben).get(page).status_code == 404


def test_the_database_keeps_what_is_owed_and_that_it_was_paid(
    case: Case, owed: Refund, ben: User, now: datetime
) -> None:
    rows = Refund.objects.filter(pk=owed.pk)
    for change in (
        lambda: rows._raw_delete("default"),
        lambda: rows.update(amount=D("1.00")),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    refused("refund_paid_with_proof", lambda: rows.update(paid_on=now.date()))
    actions.pay_refund(
        case=case, refund=owed, paid_on=now.date(), reference="1042", by=ben, now=now
    )
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(reference="7")


def test_a_refund_is_of_a_charge_decided_so(
    lease: Lease, dispute: Any, ana: User, now: datetime
) -> None:
    charge = dispute(line(lease, LedgerKind.CHARGE, 1))
    row = Refund(
        lease=lease, charge=charge, amount=1, method="check", expected_on=now.date(), by=ana, at=now
    )
    refused("not decided for a charge of its lease", row.save)


def test_an_older_version_says_of_a_refund_that_it_was_corrected(owed: Refund) -> None:
    with before("leases", "0016_refunds") as old:
        found = old.get_model("leases", "DisputedCharge").objects.get(pk=owed.charge_id)
        assert (found.decision, found.reason, found.correction) == ("rejected", "corrected", None)
    assert not Refund.objects.exists()


@pytest.mark.parametrize("how", ["waived", "reversed"])
def test_a_fee_taken_off_since_is_not_given_back_too(
    lease: Lease, dispute: Any, decide: Decide, sofia: User, now: datetime, how: str
) -> None:
    pay(lease, D("38.46"), now)
    fee = line(lease, LedgerKind.FEE, 1)
    charge = dispute(fee)
    off: dict[str, Any] = {"lease": lease, "entry_id": fee.pk, "reason": "x", "by": sofia}
    if how == "waived":
        corrections.waive(amount=D("2.00"), now=now, **off)
    else:
        corrections.reverse(now=now, **off)
    with pytest.raises(ValidationError) as error:
        decide(refund(charge, now))
    assert code(error) == "fee_gone"
    assert not Refund.objects.exists()


def test_a_payment_that_bounced_since_is_not_given_back(
    lease: Lease, dispute: Any, decide: Decide, sofia: User, now: datetime
) -> None:
    pay(lease, D("76.92"), now)
    bounced = pay(lease, D("38.46"), now)
    charge = dispute(bounced)
    corrections.reverse(lease=lease, entry_id=bounced.pk, reason="Rebotó", by=sofia, now=now)
    before = standing_of(lease, now.date()).balance
    with pytest.raises(ValidationError) as error:
        decide(refund(charge, now, "20.00"))
    assert code(error) == "charge_gone"
    assert standing_of(lease, now.date()).balance == before


def test_a_fee_that_is_given_back_is_not_taken_off_too(
    lease: Lease, dispute: Any, decide: Decide, sofia: User, now: datetime
) -> None:
    pay(lease, D("76.92"), now)
    pay(lease, D("4.00"), now)
    fee = line(lease, LedgerKind.FEE, 1)
    decide(refund(dispute(fee), now))
    for correct in (corrections.reverse, corrections.waive):
        more: dict[str, Any] = {"amount": D("1.00")} if correct is corrections.waive else {}
        with pytest.raises(ValidationError) as error:
            correct(lease=lease, entry_id=fee.pk, reason="x", by=sofia, now=now, **more)
        assert code(error) == "fee_refunded"


def test_it_was_not_paid_before_it_was_decided(
    lease: Lease, case: Case, dispute: Any, decide: Decide, sofia: User, now: datetime
) -> None:
    pay(lease, D("80.92"), now)
    decide(refund(dispute(line(lease, LedgerKind.FEE, 1)), now))
    with pytest.raises(ValidationError) as error:
        actions.pay_refund(
            case=case, refund=Refund.objects.get(), paid_on=now.date() - DAY, reference="1001",
            by=sofia, now=now,
        )  # fmt: skip
    assert code(error) == "refund_before"


def test_a_lease_stays_until_its_refund_is_paid(
    open_case: Callable[..., Case], lease: Lease, sofia: User, now: datetime
) -> None:
    contact = actions.Contact(name="Carla Peña", why="not_found", email="carla@example.com")
    case = open_case(lease=None, contact=contact, kind="charge_dispute")
    case = actions.attach_lease(case=case, lease=lease, by=sofia, now=now)
    pay(lease, D("80.92"), now)
    fee = line(lease, LedgerKind.FEE, 1)
    [row] = actions.dispute_charges(case=case, amounts={fee.pk: None}, by=sofia, now=now)
    case.refresh_from_db()
    actions.decide_charges(
        case=case, version=case.version, verdicts=[refund(row.charge, now)],
        message="Gracias.", by=sofia, now=now,
    )  # fmt: skip
    with pytest.raises(ValidationError) as error:
        actions.detach_lease(case=case, by=sofia, now=now)
    assert code(error) == "refund_unpaid"
    actions.pay_refund(
        case=case, refund=Refund.objects.get(), paid_on=now.date(), reference="1001", by=sofia,
        now=now,
    )  # fmt: skip
    actions.detach_lease(case=case, by=sofia, now=now)
    assert Case.objects.get().lease is None
