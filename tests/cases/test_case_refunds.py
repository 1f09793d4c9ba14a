"""Money goes back that no disputed transaction brought: promised, paid, or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.events import describe
from cases.models import Case, CaseRefund, Entry
from leases.actions import corrections, payments
from leases.actions.refunds import Owed
from leases.enums import LedgerKind, PaymentMethod
from leases.models import Customer, Lease, Refund
from leases.queries.disputed_charges import disputable
from leases.queries.ledger import standing_of
from leases.queries.statement import statement_of
from mail.models import Email
from mail.outbound.render import render
from tests.pages import text
from tests.threads import at_once
from tests.upgrades import before

pytestmark = [pytest.mark.requirement("R74"), pytest.mark.django_db]
DAY = timedelta(days=1)
D = Decimal
Visit = Callable[[User], Client]
Promise = Callable[..., Refund]


@pytest.fixture
def lease(deliver: Callable[..., Lease], now: datetime) -> Lease:
    """Carla’s. 76.92 was received."""
    lease = deliver(at=now - 20 * DAY)
    payments.record_payment(
        lease=lease, amount=D("76.92"), on=now.date(), tells_customer=False, by=None, now=now
    )
    return lease


@pytest.fixture
def case(open_case: Callable[..., Case], lease: Lease) -> Case:
    return open_case(lease=lease, kind="refund_owed")


@pytest.fixture
def promise(case: Case, sofia: User, now: datetime) -> Promise:
    def promised(amount: str = "50.00", *, days: int = 10, by: User = sofia) -> Refund:
        owed = Owed(method=PaymentMethod.CHECK, expected_on=(now + days * DAY).date())
        return actions.promise_refund(case=case, amount=D(amount), owed=owed, by=by, now=now)

    return promised


@pytest.fixture
def pay(case: Case, ben: User, now: datetime) -> Callable[..., Refund]:
    def paid(refund: Refund, *, days: int = 0, reference: str = "1042") -> Refund:
        return actions.pay_refund(
            case=case, refund=refund, paid_on=(now + days * DAY).date(), reference=reference,
            by=ben, now=now,
        )  # fmt: skip

    return paid


@pytest.fixture
def withdraw(case: Case, sofia: User, now: datetime) -> Callable[..., Refund]:
    def withdrawn(refund: Refund, why: str = "El banco ya se lo devolvió.") -> Refund:
        return actions.withdraw_refund(case=case, refund=refund, reason=why, by=sofia, now=now)

    return withdrawn


def code(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return str(error.value.error_list[0].code)


def plain(said: str) -> str:
    return said.replace("\u00a0", " ")


def mailed(key: str) -> str:
    [mail] = Email.objects.filter(template__key=key)
    return plain(render(mail).text)


def events(case: Case) -> list[str]:
    return [each.event for each in case.entries.filter(event__startswith="refund_").order_by("pk")]


def told(case: Case, event: str) -> str:
    with translation.override("es"):
        return plain(describe(case.entries.get(event=event), for_customer=True))


def test_a_refund_is_promised_in_writing_and_then_paid(
    case: Case, lease: Lease, promise: Promise, pay: Callable[..., Refund], now: datetime
) -> None:
    before_it = standing_of(lease, now.date())
    for _click in range(2):
        refund = promise()
    assert Refund.objects.get() == refund
    assert CaseRefund.objects.get().case == case
    said = mailed("refund_promised")
    assert "Le reembolsaremos $50.00 con un cheque." in said
    assert "a más tardar el 28 de noviembre de 2026" in said
    assert "$50.00 con un cheque a más tardar" in told(case, "refund_promised")
    assert not lease.ledger.filter(kind=LedgerKind.ADJUSTMENT).exists()

    for _click in range(2):
        pay(refund)
    said = mailed("refund_paid")
    assert "Le reembolsamos $50.00 con un cheque el 18 de noviembre de 2026." in said
    assert "Referencia: 1042" in said
    assert events(case) == ["refund_promised", "refund_paid"]
    out, beside = lease.ledger.filter(kind=LedgerKind.ADJUSTMENT).order_by("pk")
    assert (out.amount, beside.amount, out.reference) == (D(50), D(-50), "1042")
    assert (out.refund, out.batch) == (Refund.objects.get(), beside.batch)
    assert standing_of(lease, now.date()) == before_it


@pytest.mark.requirement("R36")
def test_the_ledger_says_what_went_back_and_keeps_it(
    lease: Lease, promise: Promise, pay: Callable[..., Refund], sofia: User, sign_in: Visit,
    carla: Customer, now: datetime,
) -> None:  # fmt: skip
    pay(promise())
    out, beside = [each.entry for each in statement_of(lease, until=now.date()).movements][-2:]
    page = sign_in(carla.user).get(reverse("portal_lease", args=[lease.account_number]))
    said = plain(text(page))
    assert "Reembolso pagado (Cheque o giro postal)" in said
    assert "Se reembolsó y ya no se debe" in said
    assert "enviado con un cheque el 18 de noviembre de 2026" in said
    assert not disputable(lease, now.date()).filter(pk=out.pk).exists()
    for entry in (out, beside):
        with pytest.raises(ValidationError) as error:
            corrections.reverse(lease=lease, entry_id=entry.pk, reason="x", by=sofia, now=now)
        assert code(error) == "refund_posted"
    statement = reverse("lease_statement", args=[lease.account_number])
    assert f"entry={out.pk}" not in sign_in(sofia).get(statement).content.decode()


def test_no_more_is_promised_than_was_received_and_is_not_given_back(
    promise: Promise, pay: Callable[..., Refund], withdraw: Callable[..., Refund]
) -> None:
    pay(promise("50.00"))
    second = promise("20.00")
    with pytest.raises(ValidationError) as error:
        promise("6.93")
    assert code(error) == "refund_total"
    said = plain(error.value.messages[0])
    assert said.startswith("Enter $6.92 or less: we received $76.92 on this lease, and $70.00 was ")
    promise("6.92")
    with pytest.raises(ValidationError) as error:
        promise("0.01")
    assert "Nothing is left to give back" in error.value.messages[0]
    withdraw(second)
    promise("20.00", days=3)


@pytest.mark.parametrize(
    ("amount", "days", "expected"),
    [
        ("0", 1, "amount"),
        ("-5", 1, "amount"),
        ("NaN", 1, "amount"),
        ("0.001", 1, "amount_cents"),
        ("76.93", 1, "refund_total"),
        ("5", -1, "refund_day"),
    ],
)
def test_a_promise_has_bounds(
    case: Case, promise: Promise, amount: str, days: int, expected: str
) -> None:
    with pytest.raises(ValidationError) as error:
        promise(amount, days=days)
    assert code(error) == expected
    assert not Refund.objects.exists()
    assert events(case) == []


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        ({"days": 1}, "future_date"),
        ({"days": -1}, "refund_before"),
        ({"reference": " "}, "refund_proof"),
        ({"reference": "4111 1111 1111 1111"}, "account_number"),
    ],
)
def test_a_payment_has_bounds(
    case: Case, promise: Promise, pay: Callable[..., Refund], paid: dict[str, Any], expected: str
) -> None:
    with pytest.raises(ValidationError) as error:
        pay(promise(), **paid)
    assert code(error) == expected
    assert Refund.objects.get().is_owed
    assert events(case) == ["refund_promised"]


def test_what_was_promised_is_withdrawn_with_a_reason_the_customer_reads(
    case: Case, promise: Promise, withdraw: Callable[..., Refund], pay: Callable[..., Refund]
) -> None:
    refund = promise()
    with pytest.raises(ValidationError) as error:
        withdraw(refund, " ")
    assert code(error) == "reason"
    for _click in range(2):
        withdraw(refund)
    assert events(case) == ["refund_promised", "refund_withdrawn"]
    said = mailed("message_added")
    assert "Al final no haremos el reembolso de $50.00." in said
    assert "El banco ya se lo devolvió." in said
    assert "El banco ya se lo devolvió." in told(case, "refund_withdrawn")
    for again in (lambda: withdraw(refund, "Otra razón."), lambda: pay(refund)):
        with pytest.raises(ValidationError) as error:
            again()
        assert code(error) == "refund_withdrawn"


def test_what_was_paid_stays_paid(
    promise: Promise, withdraw: Callable[..., Refund], pay: Callable[..., Refund]
) -> None:
    refund = pay(promise())
    for again in (lambda: pay(refund, reference="7"), lambda: withdraw(refund)):
        with pytest.raises(ValidationError) as error:
            again()
        assert code(error) == "refund_paid"


def test_only_supervisors_promise_and_withdraw(
    case: Case, promise: Promise, ana: User, now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        promise(by=ana)
    refund = promise()
    with pytest.raises(PermissionDenied):
        actions.withdraw_refund(case=case, refund=refund, reason="Ya no.", by=ana, now=now)


def test_a_case_without_a_lease_or_that_ended_promises_none(
    case: Case, promise: Promise, sofia: User, now: datetime
) -> None:
    Case.objects.filter(pk=case.pk).update(status="closed")
    with pytest.raises(ValidationError) as error:
        promise()
    assert code(error) == "case_over"
    case.lease = None
    with pytest.raises(ValidationError) as error:
        promise()
    assert code(error) == "no_lease"


def test_an_ended_case_still_says_that_it_was_paid(
    case: Case, promise: Promise, pay: Callable[..., Refund]
) -> None:
    refund = promise()
    Case.objects.filter(pk=case.pk).update(status="closed")
    pay(refund)
    assert mailed("refund_paid")


def test_a_case_does_not_end_with_a_refund_paid_that_is_owed(
    case: Case, promise: Promise, pay: Callable[..., Refund], ben: User, now: datetime
) -> None:
    refund = promise()

    def end(outcome: str) -> Case:
        update = actions.Update(
            body="Ya lo resolvimos.", visibility="public", language="es", to_status="resolved",
            outcome=outcome,
        )  # fmt: skip
        version = Case.objects.get(pk=case.pk).version
        return actions.update_case(case=case, version=version, update=update, by=ben, now=now)

    with pytest.raises(ValidationError) as error:
        end("refund_paid")
    assert code(error) == "refund_unpaid"
    assert Case.objects.get(pk=case.pk).is_active
    pay(refund)
    assert not end("refund_paid").is_active


@pytest.mark.django_db(transaction=True)
def test_paid_twice_at_once_is_posted_once(
    case: Case, lease: Lease, promise: Promise, ana: User, ben: User, now: datetime
) -> None:
    refund = promise()

    def paid(reference: str, by: User) -> Refund:
        row = Refund.objects.get(pk=refund.pk)
        return actions.pay_refund(
            case=case, refund=row, paid_on=now.date(), reference=reference, by=by, now=now
        )

    done = at_once(lambda: paid("1042", ana), lambda: paid("1043", ben))
    [late] = [each for each in done if isinstance(each, Exception)]
    assert isinstance(late, ValidationError), late
    assert late.error_list[0].code == "refund_paid"
    assert lease.ledger.filter(kind=LedgerKind.ADJUSTMENT).count() == 2
    assert case.entries.filter(event="refund_paid").count() == 1


def test_the_database_keeps_what_was_promised_and_how_it_ended(
    promise: Promise, withdraw: Callable[..., Refund], sofia: User, now: datetime
) -> None:
    refund = promise()
    rows = Refund.objects.filter(pk=refund.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(withdrawn_at=now)  # by no one
    withdraw(refund)
    for changes in ({"withdrawn_why": "Otra."}, {"withdrawn_at": None}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.update(**changes)
    for change in (lambda: CaseRefund.objects.all()._raw_delete("default"),):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_an_older_version_has_only_refunds_of_transactions(
    lease: Lease, promise: Promise, pay: Callable[..., Refund], now: datetime
) -> None:
    pay(promise())
    owed = standing_of(lease, now.date())
    with before("leases", "0019_refunds_alone") as old:
        assert not old.get_model("leases", "Refund").objects.exists()
    assert standing_of(lease, now.date()) == owed
    assert Entry.objects.filter(event="refund_paid").exists()


def test_the_case_leads_to_what_is_owed_and_done(
    case: Case, lease: Lease, ana: User, sofia: User, carla: Customer, sign_in: Visit,
    now: datetime, at: Callable[[datetime], None],
) -> None:  # fmt: skip
    at(now)
    actions.answer_questions(
        case=case,
        answers={
            "refund_amount": D("38.46"), "refund_way": "check",
            "refund_expected_on": (now + 9 * DAY).date(),
        },
        by=ana, now=now,
    )  # fmt: skip
    page, agent = reverse("case", args=[case.number]), sign_in(ana)
    address = reverse("case_refunds", args=[case.number])
    assert address in agent.get(page).content.decode()
    assert "equipo de supervisión" in text(agent.get(address))
    assert agent.post(address, {"amount": "5"}).status_code == 404

    supervisor = sign_in(sofia)
    form = supervisor.get(address).context["form"]
    asked = {name: form[name].value() for name in ("amount", "method", "expected_on")}
    assert asked == {"amount": "38.46", "method": "check", "expected_on": (now + 9 * DAY).date()}
    typed = {"amount": "100", "method": "check", "expected_on": "2026-11-27"}
    refused = supervisor.post(address, typed)
    assert refused.status_code == 422
    assert "$76.92 o menos" in plain(text(refused))
    assert 'value="100"' in refused.content.decode()
    assert supervisor.post(address, typed | {"amount": "38.46"}).status_code == 302
    assert supervisor.get(address).context["form"]["amount"].value() is None  # not twice
    refund = Refund.objects.get()
    paying = reverse("case_refund", args=[case.number, refund.pk])
    shown = agent.get(page).content.decode()
    assert shown.count(paying) == 2  # what is open, and the facts
    assert "$38.46 con un cheque" in plain(text(agent.get(page)))
    portal = reverse("portal_lease", args=[lease.account_number])
    said = plain(text(sign_in(carla.user).get(portal)))
    assert "con un cheque; lo tendrá a más tardar el 27 de noviembre de 2026" in said

    assert agent.post(paying, {"paid_on": "2026-11-18", "reference": ""}).status_code == 422
    assert agent.post(paying, {"paid_on": "2026-11-18", "reference": "1042"}).status_code == 302
    assert paying not in agent.get(page).content.decode()
    assert "1042" in text(agent.get(address))


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_of_many_asks_as_little(
    rows: int, promise: Promise, case: Case, ana: User, sign_in: Visit, now: datetime,
    at: Callable[[datetime], None], django_assert_num_queries: Any,
) -> None:  # fmt: skip
    at(now)
    for place in range(rows):
        promise("1.00", days=place)
    client, address = sign_in(ana), reverse("case_refunds", args=[case.number])
    client.get(address)
    with django_assert_num_queries(6):
        assert len(client.get(address).context["refunds"]) == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_everyones_refunds_stand_by_their_day(
    rows: int, promise: Promise, pay: Callable[..., Refund], case: Case, ana: User, mateo: User,
    sign_in: Visit, now: datetime, at: Callable[[datetime], None], django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for place in range(rows):
        promise("1.00", days=rows - place)
    pay(promise("2.00"))
    at(now + 4 * DAY)
    client, address = sign_in(ana), reverse("refunds_owed")
    client.get(address)
    with django_assert_num_queries(7):
        page = client.get(address)
    lines = page.context["lines"]
    assert len(lines) == rows
    assert [due.words for _row, due, _case in lines][:2] == ["3 días tarde", "2 días tarde"][:rows]
    row = lines[0][0]
    assert reverse("case_refund", args=[case.number, row.pk]) in page.content.decode()
    elsewhere = sign_in(mateo).get(address).content.decode()
    assert case.number not in elsewhere
    assert "$1.00" in elsewhere


def test_a_supervisor_withdraws_it_on_its_page(
    promise: Promise, case: Case, lease: Lease, ana: User, sofia: User, carla: Customer,
    sign_in: Visit,
) -> None:  # fmt: skip
    refund = promise()
    address = reverse("case_refund_withdrawal", args=[case.number, refund.pk])
    why = {"reason": "El banco ya le devolvió ese pago a su tarjeta."}
    assert sign_in(ana).post(address, why).status_code == 404
    supervisor = sign_in(sofia)
    assert supervisor.post(address, {"reason": ""}).status_code == 422
    english = {"reason": "The bank already returned this payment to your card last week."}
    asked = supervisor.post(address, english)
    assert (asked.status_code, Refund.objects.get().is_owed) == (422, True)
    assert "idioma" in text(asked)
    assert supervisor.post(address, why).status_code == 302
    assert (
        'lang="es"' in supervisor.get(reverse("case_refunds", args=[case.number])).content.decode()
    )
    portal = reverse("portal_lease", args=[lease.account_number])
    assert "con un cheque" not in text(sign_in(carla.user).get(portal))
    late = supervisor.post(address, {"reason": "El banco ya lo hizo por su cuenta el lunes."})
    assert late.status_code == 422


def test_the_refund_of_another_case_does_not_exist(
    promise: Promise, open_case: Callable[..., Case], lease: Lease, sofia: User, sign_in: Visit
) -> None:
    refund, other = promise(), open_case(lease=lease, kind="fraud")
    page = reverse("case_refund", args=[other.number, refund.pk])
    assert sign_in(sofia).get(page).status_code == 404
    assert sign_in(sofia).post(f"{page}withdrawal/", {"reason": "No."}).status_code == 404


def test_a_case_that_owes_one_keeps_its_lease_and_is_no_duplicate(
    promise: Promise, open_case: Callable[..., Case], case: Case, lease: Lease, sofia: User,
    now: datetime,
) -> None:  # fmt: skip
    promise()
    with pytest.raises(ValidationError) as error:
        actions.merge_case(
            case=case, into=open_case(lease=lease, kind="refund_owed"), by=sofia, now=now
        )
    assert code(error) == "refund_unpaid"
