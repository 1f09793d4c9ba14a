"""Disputed transactions: chosen from the lease's ledger, in a call or on the case's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.enums import FlagKind
from cases.events import describe
from cases.mails.shown_first import ShownMail
from cases.models import Case, CaseCharge, CaseKind
from leases.enums import LedgerKind
from leases.models import Customer, DisputedCharge, Lease, LedgerEntry, Program
from leases.queries.disputed_charges import SIZE
from mail.models import Email
from mail.outbound.render import render
from tests.cases.test_constraints import refused
from tests.threads import at_once

pytestmark = [pytest.mark.requirement("R77"), pytest.mark.django_db]

D = Decimal
Visit = Callable[[User], Client]


@pytest.fixture
def lease(deliver: Callable[..., Lease], now: datetime) -> Lease:
    """Carla's; two weekly payments of 38.46 are past due, nothing is paid."""
    return deliver(at=now - timedelta(days=20))


@pytest.fixture
def case(open_case: Callable[..., Case], lease: Lease) -> Case:
    return open_case(lease=lease, kind="charge_dispute")


def charge(lease: Lease, number: int) -> LedgerEntry:
    return lease.ledger.get(kind=LedgerKind.CHARGE, instalment__number=number)


def code(error: pytest.ExceptionInfo[ValidationError]) -> str | None:
    return error.value.error_list[0].code


def choose(case: Case, by: User, now: datetime, **amounts: Any) -> list[CaseCharge]:
    """`n1=None`: all of payment 1."""
    assert case.lease
    wanted = {charge(case.lease, int(name[1:])).pk: amount for name, amount in amounts.items()}
    return actions.dispute_charges(case=case, amounts=wanted, by=by, now=now)


def preview(client: Client, page: str, typed: dict[str, str], *, send: bool = False) -> ShownMail:
    """The email that the page shows; nothing is under review before it was seen."""
    before = Email.objects.count(), DisputedCharge.objects.count()
    answer = client.post(page, typed)
    assert answer.status_code == 200
    assert (Email.objects.count(), DisputedCharge.objects.count()) == before
    shown: ShownMail = answer.context["shown"]
    if send:
        again = typed | {"shown": answer.context["fingerprint"], "send": "1"}
        assert client.post(page, again).status_code == 302
    return shown


def test_what_is_chosen_is_kept_as_it_stood_and_the_case_says_it(
    case: Case, ana: User, now: datetime
) -> None:
    choose(case, ana, now, n1=None, n2=D("10.00"))
    first, second = (row.charge for row in case.charges.order_by("charge__amount"))
    assert (first.amount, second.amount) == (D("10.00"), D("38.46"))
    assert (first.by, first.at, first.decision) == (ana, now, "")
    entry = case.entries.latest("pk")
    assert entry.is_public
    with translation.override("en"):
        told = describe(entry, for_customer=True)
    assert "Payment 1 (November 5, 2026, $38.46)" in told.replace("\u00a0", " ")
    assert "Payment 2 (November 12, 2026, $10.00 of $38.46)" in told.replace("\u00a0", " ")
    assert told.endswith("No late fees on these payments in the meantime.")


def test_the_customer_is_told_the_last_day_that_late_fees_wait(
    case: Case, program: Program, ana: User, now: datetime
) -> None:
    Program.objects.update(pause_days=10)
    choose(case, ana, now, n1=None)
    with translation.override("en"):
        told = describe(case.entries.latest("pk"), for_customer=True).replace("\u00a0", " ")
    assert told.endswith("in the meantime, through November 28, 2026 at the latest.")


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({}, "no_charges"),
        ({"n1": D("38.47")}, "dispute_amount"),
        ({"n1": D("0.00")}, "amount"),
        ({"n1": D("1.001")}, "amount_cents"),
        ({"n9": None}, "foreign_entry"),  # not due yet
    ],
)
def test_bad_choices_are_refused_whole(
    case: Case, ana: User, now: datetime, amounts: dict[str, Any], expected: str
) -> None:
    with pytest.raises(ValidationError) as error:
        choose(case, ana, now, **({"n2": None} if expected != "no_charges" else {}), **amounts)
    assert code(error) == expected
    assert not DisputedCharge.objects.exists()


def test_another_leases_transaction_is_as_if_it_did_not_exist(
    case: Case, deliver: Callable[..., Lease], dan: Any, ana: User, now: datetime
) -> None:
    other = deliver("208855419", customer=dan, at=now - timedelta(days=20))
    for key in (charge(other, 1).pk, 10**15):
        with pytest.raises(ValidationError) as error:
            actions.dispute_charges(case=case, amounts={key: None}, by=ana, now=now)
        assert code(error) == "foreign_entry"


def test_a_transaction_is_under_review_once(
    case: Case, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    choose(case, ana, now, n1=None)
    other = open_case(lease=case.lease, kind="fraud")
    with pytest.raises(ValidationError) as error:
        choose(other, ana, now, n1=None)
    assert code(error) == "foreign_entry"


def test_only_reasons_with_transactions_have_them(
    open_case: Callable[..., Case], lease: Lease, ana: User, carla: Any, now: datetime
) -> None:
    late = open_case(lease=lease)
    with pytest.raises(ValidationError) as error:
        choose(late, ana, now, n1=None)
    assert code(error) == "no_disputes"
    with pytest.raises(PermissionDenied):
        actions.dispute_charges(case=late, amounts={1: None}, by=User(role="customer"), now=now)


def test_an_administrator_says_which_reasons_have_them(
    open_case: Callable[..., Case], lease: Lease, ana: User, now: datetime
) -> None:
    CaseKind.objects.filter(key="late_payment").update(disputes_charges=True, pauses_fees=False)
    late = open_case(lease=lease)
    [row] = choose(late, ana, now, n1=None)
    assert not row.charge.pauses_fees


@pytest.mark.django_db(transaction=True)
def test_two_agents_at_once_choose_it_once(case: Case, ana: User, now: datetime) -> None:
    assert case.lease
    key = charge(case.lease, 1).pk

    def chosen() -> str:
        try:
            actions.dispute_charges(case=case, amounts={key: None}, by=ana, now=now)
        except ValidationError as error:
            return str(error.error_list[0].code)
        return "chosen"

    assert sorted(at_once(chosen, chosen)) == ["chosen", "foreign_entry"]


def test_the_call_chooses_them_for_its_case(
    sign_in: Visit, lease: Lease, ana: User, now: datetime
) -> None:
    draft = actions.start_call(by=ana, now=now, lease=lease)
    page, first = reverse("call", args=[draft.number]), charge(lease, 1)
    typed = {
        "language": "es", "suggested_language": "es", "lease": lease.account_number,
        "kind": "charge_dispute", "channel": "phone", "summary": "No reconoce un pago.",
        "visibility": "internal", "relation": "customer",
        f"charge-{first.pk}": "1", f"charge-{first.pk}-part": "8.46",
    }  # fmt: skip
    client = sign_in(ana)
    shown = client.post(page, typed | {"choose": "1"}).content.decode()
    assert f'name="charge-{first.pk}" value="1" checked' in shown
    assert 'value="8.46"' in shown
    client.post(page, typed)
    case = Case.objects.get(number=draft.number)
    [row] = case.charges.all()
    assert (row.charge.entry, row.charge.amount) == (first, D("8.46"))
    text = render(Email.objects.get(casemail__case=case)).text.replace("\u00a0", " ")
    for line in text, shown.replace("\u00a0", " "):  # the preview said it before it was sent
        assert "• Pago 1 (5 de noviembre de 2026, $8.46 de $38.46)" in line
        assert "Mientras tanto, estos pagos no tienen cargos por mora." in line


def test_a_call_about_something_else_forgets_them(
    sign_in: Visit, lease: Lease, ana: User, now: datetime
) -> None:
    draft = actions.start_call(by=ana, now=now, lease=lease)
    page = reverse("call", args=[draft.number])
    typed = {
        "language": "es", "suggested_language": "es", "lease": lease.account_number,
        "kind": "late_payment", "channel": "phone", "summary": "Pide un plan.",
        "visibility": "internal", "relation": "customer", f"charge-{charge(lease, 1).pk}": "1",
    }  # fmt: skip
    sign_in(ana).post(page, typed)
    assert not Case.objects.get(number=draft.number).charges.exists()


def test_the_cases_page_leads_to_the_ledger(sign_in: Visit, case: Case, ben: User) -> None:
    client, page = sign_in(ben), reverse("case_charges", args=[case.number])
    asked = {"open": "charges"}
    assert page in client.get(reverse("case", args=[case.number]), asked).content.decode()
    assert case.lease
    first = charge(case.lease, 1)
    shown = client.get(page).content.decode()
    assert shown.index("Payment 2 due") < shown.index("Payment 1 due")
    assert "Payment 3 due" not in shown
    answer = client.post(page, {f"charge-{first.pk}": "1", f"charge-{first.pk}-part": "zehn"})
    assert answer.status_code == 422
    assert "checked" in answer.content.decode()
    preview(client, page, {f"charge-{first.pk}": "1"}, send=True)
    listed = client.get(reverse("case", args=[case.number]), asked).content.decode()
    assert "under review" in listed


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("es", (
            "Estamos revisando estos movimientos:",
            "• Pago 1 (5 de noviembre de 2026, $8.46 de $38.46)",
            "Mientras tanto, estos pagos no tienen cargos por mora.",
        )),
        ("en", (
            "We’re reviewing these transactions:",
            "• Payment 1 (November 5, 2026, $8.46 of $38.46)",
            "No late fees on these payments in the meantime.",
        )),
    ],
)  # fmt: skip
def test_the_customer_reads_what_is_under_review_as_it_was_shown(
    sign_in: Visit, case: Case, ben: User, language: str, lines: tuple[str, ...]
) -> None:
    assert case.lease
    Customer.objects.filter(pk=case.lease.customer_id).update(language=language)
    page, first = reverse("case_charges", args=[case.number]), charge(case.lease, 1)
    part = {f"charge-{first.pk}": "1", f"charge-{first.pk}-part": "8.46"}
    client = sign_in(ben)
    shown = preview(client, page, part)
    edit = client.post(page, part | {"edit": "1"}).content.decode()
    assert 'value="8.46"' in edit
    unseen = client.post(page, part | {"send": "1", "shown": "another"})
    assert unseen.context["is_other"]
    assert not DisputedCharge.objects.exists()
    assert preview(client, page, part, send=True) == shown
    mail = Email.objects.get(template__key="charges_disputed")
    assert (mail.to, mail.language, mail.thread) == (shown.to, language, case.number)
    assert mail.casemail.entry == case.entries.get(event="charges_disputed")
    text = render(mail).text
    assert text == shown.mail.text
    for line in lines:
        assert line in text.replace("\u00a0", " ")


def test_fees_that_do_not_wait_are_not_said_to(
    open_case: Callable[..., Case], lease: Lease, ana: User, now: datetime
) -> None:
    CaseKind.objects.filter(key="late_payment").update(disputes_charges=True, pauses_fees=False)
    choose(open_case(lease=lease), ana, now, n1=None)
    text = render(Email.objects.get(template__key="charges_disputed")).text
    assert "mora" not in text


def test_an_attorney_reads_it_in_the_customers_place(
    sign_in: Visit, case: Case, sofia: User, ben: User, now: datetime
) -> None:
    marta = actions.Attorney(name="Marta Ruiz", email="marta@ruiz.example", language="en")
    actions.flag_case(case=case, kind=FlagKind.ATTORNEY, attorney=marta, by=sofia, now=now)
    assert case.lease
    page, first = reverse("case_charges", args=[case.number]), charge(case.lease, 1)
    shown = preview(sign_in(ben), page, {f"charge-{first.pk}": "1"})
    assert (shown.to, shown.attorney, shown.language) == ("marta@ruiz.example", "Marta Ruiz", "en")
    assert "Payment 1" in shown.mail.text
    assert "/c/" not in shown.mail.text  # an attorney can't sign in


def test_without_an_address_the_review_begins_and_someone_calls(
    sign_in: Visit, case: Case, ben: User
) -> None:
    assert case.lease
    Customer.objects.filter(pk=case.lease.customer_id).update(email="")
    page, first = reverse("case_charges", args=[case.number]), charge(case.lease, 1)
    client = sign_in(ben)
    assert "nothing goes out in writing" in client.get(page).content.decode()
    answer = client.post(page, {f"charge-{first.pk}": "1"}, follow=True)
    assert "We have no email for Carla Peña: call and tell them." in answer.content.decode()
    assert DisputedCharge.objects.exists()
    assert not Email.objects.filter(template__key="charges_disputed").exists()


def test_what_is_chosen_stays_while_older_ones_are_looked_at(
    sign_in: Visit, open_case: Callable[..., Case], deliver: Callable[..., Lease], ben: User,
    now: datetime,
) -> None:  # fmt: skip
    lease = deliver("104477320", at=now - timedelta(days=7 * (SIZE + 3)))
    case = open_case(lease=lease, kind="charge_dispute")
    client, page = sign_in(ben), reverse("case_charges", args=[case.number])
    newest = lease.ledger.filter(effective_on__lte=now.date()).latest("effective_on")
    older = client.get(page).context["choice"].older
    answer = client.post(page, {f"charge-{newest.pk}": "1", "older": older})
    rows = answer.context["choice"].rows
    assert [row.entry == newest for row in rows] == [True] + [False] * (len(rows) - 1)
    assert rows[0].is_chosen
    assert not answer.context["choice"].older
    assert not DisputedCharge.objects.exists()


@pytest.mark.parametrize("weeks", [2, 40])
def test_the_list_costs_the_same_for_a_short_and_a_long_ledger(
    sign_in: Visit, open_case: Callable[..., Case], deliver: Callable[..., Lease], ben: User,
    now: datetime, weeks: int, django_assert_num_queries: Any,
) -> None:  # fmt: skip
    case = open_case(
        lease=deliver("104477320", at=now - timedelta(weeks=weeks)), kind="charge_dispute"
    )
    client, page = sign_in(ben), reverse("case_charges", args=[case.number])
    client.get(page)
    with django_assert_num_queries(7):
        client.get(page)


def test_one_chosen_by_mistake_is_withdrawn(
    sign_in: Visit, case: Case, ana: User, ben: User, now: datetime
) -> None:
    [row] = choose(case, ana, now, n1=None)
    page = reverse("case_charge_withdrawal", args=[case.number, row.charge_id])
    for _again in range(2):
        assert sign_in(ben).post(page).status_code == 302
    found = DisputedCharge.objects.get()
    assert (found.decision, found.decided_by) == ("withdrawn", ben)
    assert case.entries.filter(event="charge_withdrawn").count() == 1
    choose(case, ana, now, n1=None)  # and can be disputed again
    assert DisputedCharge.objects.count() == 2


def test_a_case_does_not_end_while_transactions_are_under_review(
    case: Case, ana: User, now: datetime
) -> None:
    [row] = choose(case, ana, now, n1=None)
    update = actions.Update(
        body="Ya lo revisamos.", visibility="public", language="es", to_status="resolved",
        outcome="charge_correct",
    )  # fmt: skip
    case.refresh_from_db()

    def resolve() -> None:
        actions.update_case(
            case=case, version=Case.objects.get().version, update=update, by=ana, now=now
        )

    with pytest.raises(ValidationError) as error:
        resolve()
    assert code(error) == "charges_undecided"
    assert Case.objects.get().is_active
    actions.withdraw_charge(case=case, charge=row.charge, by=ana, now=now)
    resolve()
    assert not Case.objects.get().is_active


def test_the_lease_stays_while_its_transactions_are_under_review(
    open_case: Callable[..., Case], lease: Lease, ana: User, now: datetime
) -> None:
    contact = actions.Contact(why="not_found", name="Carla Peña", phone="(210) 555-0134")
    case = open_case(lease=None, contact=contact, kind="charge_dispute")
    case = actions.attach_lease(case=case, lease=lease, by=ana, now=now)
    choose(case, ana, now, n1=None)
    with pytest.raises(ValidationError) as error:
        actions.detach_lease(case=case, by=ana, now=now)
    assert code(error) == "charges_undecided"


def test_the_database_keeps_what_was_disputed(case: Case, ana: User, now: datetime) -> None:
    [row] = choose(case, ana, now, n1=None)
    rows = DisputedCharge.objects.filter(pk=row.charge_id)
    for change in (
        lambda: rows._raw_delete("default"),
        lambda: rows.update(amount=D("1.00")),
        lambda: CaseCharge.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    actions.withdraw_charge(case=case, charge=row.charge, by=ana, now=now)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(decision="")


def test_a_row_is_of_its_leases_ledger_and_of_no_more_than_it_is(
    case: Case, deliver: Callable[..., Lease], dan: Any, ana: User, now: datetime
) -> None:
    other = deliver("208855419", customer=dan, at=now - timedelta(days=20))
    given = {"lease": case.lease, "pauses_fees": True, "by": ana, "at": now}
    for entry, amount in ((charge(other, 1), D("1.00")), (charge(case.lease, 1), D("39.00"))):  # type: ignore[arg-type]
        row = DisputedCharge(entry=entry, amount=amount, **given)
        refused("not a charge of its lease", row.save)
