"""What comes of disputed transactions: taken off the ledger, or said why not, in one mail."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.actions import Verdict
from cases.models import Case
from leases.actions import charge_late_fees, corrections, payments
from leases.enums import ChargeReason, LedgerKind
from leases.models import DisputedCharge, Lease, LedgerEntry
from leases.queries.ledger import standing_of
from mail.models import Email
from mail.outbound.render import render
from tests.threads import at_once

pytestmark = [pytest.mark.requirement("R77"), pytest.mark.django_db]

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
def disputed(case: Case, lease: Lease, ana: User, now: datetime) -> list[DisputedCharge]:
    """Payment 1 and its fee."""
    entries = lease.ledger.filter(instalment__number=1).order_by("id")
    chosen = actions.dispute_charges(
        case=case, amounts={entry.pk: None for entry in entries}, by=ana, now=now
    )
    charges = sorted((row.charge for row in chosen), key=lambda each: each.entry_id)
    assert [each.entry.kind for each in charges] == ["charge", "fee"]
    return charges


@pytest.fixture
def decide(case: Case, sofia: User, now: datetime) -> Decide:
    def decided(*verdicts: Verdict, **fields: Any) -> None:
        values = {
            "case": case, "version": Case.objects.get(pk=case.pk).version, "verdicts": verdicts,
            "message": "Gracias por su recibo.", "by": sofia, "now": now,
        }  # fmt: skip
        actions.decide_charges(**(values | fields))

    return decided


def uphold(charge: DisputedCharge, amount: str = "") -> Verdict:
    return Verdict(charge=charge, is_upheld=True, amount=D(amount) if amount else None)


def reject(charge: DisputedCharge, reason: ChargeReason = ChargeReason.AS_AGREED) -> Verdict:
    return Verdict(charge=charge, is_upheld=False, reason=reason)


def code(error: pytest.ExceptionInfo[ValidationError]) -> str | None:
    return error.value.error_list[0].code


def test_each_result_is_told_in_one_mail_with_its_amount(
    case: Case, disputed: list[DisputedCharge], decide: Decide, lease: Lease, now: datetime
) -> None:
    payment, fee = disputed
    before = Email.objects.count()
    decide(uphold(payment, "8.46"), reject(fee, ChargeReason.PAID_LATE))
    assert Email.objects.count() == before + 1
    mail = Email.objects.get(template__key="charges_decided")
    assert list(mail.casemail.case.charges.values_list("charge__decision", flat=True)) == [
        "upheld", "rejected",
    ]  # fmt: skip
    text = render(mail).text.replace("\u00a0", " ")
    assert "• Pago 1 (5 de noviembre de 2026, $38.46): le descontamos $8.46." in text
    assert "se mantiene. El pago llegó después de su fecha y del período de gracia." in text
    assert "Gracias por su recibo." in text
    assert "Saldo vencido ahora: $72.46" in text  # 30.00 + 38.46 + 2 × 2.00
    entry = case.entries.latest("pk")
    assert (entry.event, entry.is_public) == ("charges_decided", True)


def test_a_payment_is_lowered_on_its_own_day(
    disputed: list[DisputedCharge], decide: Decide, lease: Lease, now: datetime
) -> None:
    decide(uphold(disputed[0], "8.46"))
    row = standing_of(lease, now.date()).rows[0]
    assert (row.amount, row.agreed_amount) == (D("30.00"), D("38.46"))
    charge = DisputedCharge.objects.get(pk=disputed[0].pk)
    assert charge.correction
    assert (charge.taken_off, charge.correction.kind) == (D("8.46"), LedgerKind.ADJUSTMENT)
    assert charge.correction.effective_on == row.due_on


def test_what_was_paid_of_it_goes_to_the_next_payments(
    disputed: list[DisputedCharge], decide: Decide, lease: Lease, now: datetime
) -> None:
    payments.record_payment(
        lease=lease, amount=D("38.46"), on=now.date(), part="rent", tells_customer=False, by=None,
        now=now,
    )  # fmt: skip
    decide(uphold(disputed[0]))
    first, second, *_later = standing_of(lease, now.date()).rows
    assert (first.amount, second.left) == (D("0.00"), D("0.00"))


def test_a_whole_fee_is_reversed_and_a_part_of_one_waived(
    open_case: Callable[..., Case], case: Case, disputed: list[DisputedCharge], decide: Decide,
    lease: Lease, ana: User, now: datetime,
) -> None:  # fmt: skip
    decide(uphold(disputed[1]))
    fee = disputed[1].entry
    assert LedgerEntry.objects.get(reverses=fee).reason == "dispute"
    assert standing_of(lease, now.date()).fees == D("2.00")
    other = lease.ledger.get(kind=LedgerKind.FEE, instalment__number=2)
    [row] = actions.dispute_charges(case=case, amounts={other.pk: None}, by=ana, now=now)
    decide(uphold(row.charge, "0.50"))
    assert lease.ledger.get(kind=LedgerKind.WAIVER).amount == D("-0.50")
    assert standing_of(lease, now.date()).fees == D("1.50")


def test_a_part_of_a_fee_that_is_paid_comes_off_what_is_to_come(
    disputed: list[DisputedCharge], decide: Decide, lease: Lease, now: datetime
) -> None:
    payments.record_payment(
        lease=lease, amount=D("4.00"), on=now.date(), part="fees", tells_customer=False, by=None,
        now=now,
    )  # fmt: skip
    before = standing_of(lease, now.date()).balance
    decide(uphold(disputed[1], "1.00"))
    assert standing_of(lease, now.date()).balance == before - 1


def test_what_was_off_already_is_not_said_to_stay(
    disputed: list[DisputedCharge], decide: Decide, lease: Lease, sofia: User, now: datetime
) -> None:
    corrections.reverse(
        lease=lease, entry_id=disputed[1].entry_id, reason="Por error", by=sofia, now=now
    )
    decide(reject(disputed[1], ChargeReason.CORRECTED))
    text = render(Email.objects.get(template__key="charges_decided")).text
    assert "ya lo habíamos corregido antes." in text
    assert "se mantiene" not in text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"verdicts": []}, "no_verdicts"),
        ({"message": "  "}, "decision_words"),
    ],
)
def test_a_decision_says_something(
    disputed: list[DisputedCharge], decide: Decide, fields: dict[str, Any], expected: str
) -> None:
    with pytest.raises(ValidationError) as error:
        decide(reject(disputed[0]), **fields)
    assert code(error) == expected


def test_no_more_is_taken_off_than_is_disputed_and_nothing_is_half_done(
    disputed: list[DisputedCharge], decide: Decide, lease: Lease
) -> None:
    lines = lease.ledger.count()
    with pytest.raises(ValidationError) as error:
        decide(reject(disputed[1]), uphold(disputed[0], "38.47"))
    assert code(error) == "dispute_amount"
    assert lease.ledger.count() == lines
    assert DisputedCharge.objects.open().count() == 2


def test_only_a_supervisor_takes_something_off(
    disputed: list[DisputedCharge], decide: Decide, ben: User
) -> None:
    with pytest.raises(ValidationError) as error:
        decide(uphold(disputed[0]), by=ben)
    assert code(error) == "upheld_by_supervisor"
    decide(reject(disputed[0]), by=ben)


def test_a_supervisor_decides_in_an_escalated_case(
    case: Case, disputed: list[DisputedCharge], decide: Decide, ana: User, now: datetime
) -> None:
    actions.escalate(case=case, reason="No está de acuerdo.", by=ana, now=now)
    with pytest.raises(ValidationError) as error:
        decide(reject(disputed[0]), by=ana)
    assert code(error) == "escalated"
    decide(reject(disputed[0]))


def test_what_is_decided_stays_when_the_case_is_opened_again(
    case: Case, disputed: list[DisputedCharge], decide: Decide, sofia: User, now: datetime
) -> None:
    decide(uphold(disputed[0]), reject(disputed[1]))
    for status, outcome in (("resolved", "charge_removed"), ("in_progress", "")):
        update = actions.Update(
            body="Ya lo revisamos.", visibility="public", language="es", to_status=status,
            outcome=outcome,
        )  # fmt: skip
        case.refresh_from_db()
        actions.update_case(case=case, version=case.version, update=update, by=sofia, now=now)
    assert [row.charge.decision for row in case.charges.order_by("charge")] == [
        "upheld", "rejected",
    ]  # fmt: skip
    with pytest.raises(ValidationError) as error:
        decide(reject(disputed[0]))
    assert code(error) == "charge_decided"


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_take_it_off_once(
    case: Case, disputed: list[DisputedCharge], decide: Decide, lease: Lease
) -> None:
    version = Case.objects.get().version

    def decided() -> str:
        try:
            decide(uphold(disputed[0]), version=version)
        except ValidationError as error:
            return str(error.code)
        return "decided"

    assert sorted(at_once(decided, decided), key=str) == ["case_stale", "decided"]
    assert lease.ledger.filter(kind=LedgerKind.ADJUSTMENT).count() == 1


def test_the_page_decides_and_keeps_what_was_typed(
    sign_in: Visit, case: Case, disputed: list[DisputedCharge], sofia: User, ana: User,
    now: datetime,
) -> None:  # fmt: skip
    client, page = sign_in(sofia), reverse("case_charge_decisions", args=[case.number])
    payment, fee = disputed
    version = client.get(page).context["form"]["version"].value()
    typed = {
        "version": version, "message": "Gracias por enviarnos su recibo, ya lo revisamos.",
        f"decision-{payment.pk}": "upheld", f"amount-{payment.pk}": "10",
        f"decision-{fee.pk}": "rejected", f"reason-{fee.pk}": "",
    }  # fmt: skip
    answer = client.post(page, typed)
    assert answer.status_code == 422
    assert 'value="10"' in answer.content.decode()
    typed[f"reason-{fee.pk}"] = "as_agreed"
    actions.escalate(case=case, reason="Mire esto.", by=ana, now=now)
    answer = client.post(page, typed)
    assert answer.status_code == 409
    typed["version"] = answer.context["form"]["version"].value()
    before = Email.objects.count(), LedgerEntry.objects.count()
    answer = client.post(page, typed)
    assert answer.status_code == 200
    shown = answer.context["shown"]
    assert "le descontamos $10.00" in shown.mail.text.replace("\u00a0", " ")
    assert shown.to == case.person.email
    assert (Email.objects.count(), LedgerEntry.objects.count()) == before
    assert DisputedCharge.objects.open().count() == 2
    sent = {each.name: each.value() for each in answer.context["form"] if each.value() is not None}
    assert client.post(page, sent | {"edit": "1"}).context["shown"] is None
    changed = sent | {"message": "Gracias por todo, ya lo revisamos.", "send": "1"}
    assert client.post(page, changed).context["is_other"]  # what wasn't shown isn't sent
    assert client.post(page, sent | {"send": "1"}).status_code == 302
    assert render(Email.objects.get(template__key="charges_decided")).text == shown.mail.text
    assert {each.decision for each in DisputedCharge.objects.all()} == {"upheld", "rejected"}
    assert "No hay movimientos en revisión." in client.get(page).content.decode()


def test_the_ledger_as_it_stood_is_in_the_case(
    sign_in: Visit, case: Case, disputed: list[DisputedCharge], lease: Lease, sofia: User,
    ben: User, now: datetime,
) -> None:  # fmt: skip
    later = now + timedelta(hours=1)
    corrections.reverse(
        lease=lease, entry_id=disputed[1].entry_id, reason="Por error", by=sofia, now=later
    )
    answer = sign_in(ben).get(reverse("case_charge_transactions", args=[case.number]))
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert len(rows) == 2 + 4  # two payments, two fees
    fee = next(row for row in rows if row[13] == str(disputed[1].entry_id))
    assert fee[15] == ""  # not reversed yet
