"""The steps of a lease on its page, for stores whose systems don't send them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.company_day import business_day
from leases import actions
from leases.actions import InvoiceItem
from leases.enums import LeaseStatus, ReturnOutcome, Rule
from leases.models import Customer, Lease, Program, Store, Terms

S = LeaseStatus
D = Decimal
DAY = timedelta(days=1)
SignIn = Callable[..., Client]
Walk = Callable[..., Lease]
SOFA = InvoiceItem(1, "SF-1", "Roma", "Sofá", D("700.00"), 1, D("700.00"))
LAMPS = InvoiceItem(2, "LP-9", "", "Lámpara", D("50.00"), 4, D("200.00"))


@pytest.fixture
def mateos(mateo: User, sign_in: SignIn) -> Client:
    return sign_in(mateo)


@pytest.fixture
def walk(carla: Customer, luna: Store, program: Program) -> Walk:
    """Carla's lease on its way to the given status, begun three days ago, or `days_ago`."""

    def walked(to: S = S.APPROVED, **fields: Any) -> Lease:
        lines = fields.pop("lines", ())
        now = timezone.now() - DAY * fields.pop("days_ago", 3)
        lease = actions.apply(
            account_number=fields.pop("account_number", "104477312"), customer=carla, store=luna,
            decision=fields.pop("decision", S.APPROVED),
            approval_limit=fields.pop("limit", D("1500.00")),
            program=program, merchandise="Sofá", by=None, now=now,
        )  # fmt: skip
        if to in {S.CONTRACTS, S.LEASE_ACCEPTED, S.FUNDED}:
            actions.submit_invoice(
                lease=lease, number="F-1", total=D("900.00"), lines=lines, by=None, now=now
            )
        if to in {S.LEASE_ACCEPTED, S.FUNDED}:
            actions.sign(lease=lease, by=None, now=now + DAY)
        if to == S.FUNDED:
            actions.confirm_delivery(lease=lease, by=None, now=now + DAY)
        return Lease.objects.get(pk=lease.pk)

    return walked


def shown(client: Client, lease: Lease) -> Any:
    return client.get(reverse("lease", args=[lease.account_number]))


def offered(client: Client, lease: Lease) -> set[str]:
    return set(shown(client, lease).context["steps"]) - {"availability"}


def post(client: Client, page: str, lease: Lease, **typed: Any) -> Any:
    return client.post(reverse(page, args=[lease.account_number]), typed)


def taken(answer: Any, lease: Lease) -> Lease:
    assert answer.status_code == 302, answer.context["steps"]
    assert answer.headers["Location"] == reverse("lease", args=[lease.account_number])
    return Lease.objects.get(pk=lease.pk)


def errors(answer: Any, form: str) -> dict[str, list[str | None]]:
    assert answer.status_code == 422
    data = answer.context["steps"][form].errors.as_data()
    return {field: [error.code for error in each] for field, each in data.items()}


def a_return(**typed: Any) -> dict[str, Any]:
    today = business_day(timezone.now()).isoformat()
    return {"returned_on": today, "what": "whole", "reason": "No cabe.", "earlier": 0} | typed


def dated(typed: dict[str, Any]) -> dict[str, str]:
    """Numbers are days from today, counted when the test runs."""
    return {k: from_today(v) if isinstance(v, int) else v for k, v in typed.items()}


def from_today(days: int) -> str:
    return (business_day(timezone.now()) + DAY * days).isoformat()


@pytest.mark.requirement("R61", "R62", "R64")
def test_the_whole_way_to_funded_by_pages(mateos: Client, mateo: User, walk: Walk) -> None:
    lease = walk()
    assert offered(mateos, lease) == {"invoice"}
    answer = post(
        mateos, "lease_invoice", lease,
        number="F-77", total="$1,000.00", frequency="monthly", first_due_on=from_today(20),
    )  # fmt: skip
    lease = taken(answer, lease)
    assert (lease.status, lease.invoice_number, lease.invoice_total) == (
        S.CONTRACTS, "F-77", D("1000.00"),
    )  # fmt: skip
    assert (lease.terms.frequency, str(lease.terms.first_due_on)) == ("monthly", from_today(20))
    assert offered(mateos, lease) == {"invoice", "signature"}
    lease = taken(post(mateos, "lease_signature", lease, confirm="on"), lease)
    assert lease.status == S.LEASE_ACCEPTED
    assert offered(mateos, lease) == {"delivery", "returns"}
    answer = post(
        mateos, "lease_delivery", lease,
        delivered_on=from_today(0), shipping_provider="Estafeta", tracking_id="EF-9",
    )  # fmt: skip
    lease = taken(answer, lease)
    assert (lease.status, lease.shipping_provider, lease.tracking_id) == (
        S.FUNDED, "Estafeta", "EF-9",
    )  # fmt: skip
    assert lease.instalments.count() == 12
    assert offered(mateos, lease) == {"returns"}
    events = lease.status_events.order_by("at", "id")
    assert [each.rule for each in events][1:] == [
        Rule.INVOICE, Rule.SIGNATURE, Rule.ACCEPTANCE, Rule.DELIVERY,
    ]  # fmt: skip
    assert {each.by for each in events[1:]} == {mateo}


def test_only_what_the_program_offers_can_be_chosen(
    mateos: Client, walk: Walk, program: Program
) -> None:
    program.frequencies = ["biweekly", "monthly"]
    program.save()
    lease = walk()
    form = shown(mateos, lease).context["steps"]["invoice"]
    assert [value for value, _ in form.fields["frequency"].choices] == ["biweekly", "monthly"]
    Lease.objects.update(program=None)
    assert set(shown(mateos, lease).context["steps"]["invoice"].fields) == {"number", "total"}
    lease = taken(post(mateos, "lease_invoice", lease, number="F-1", total="9"), lease)
    assert lease.status == S.CONTRACTS


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"number": ""}, {"number": ["required"]}),
        ({"number": "9" * 41}, {"number": ["max_length"]}),
        ({"total": ""}, {"total": ["required"]}),
        ({"total": "900,5"}, {"total": ["amount_format"]}),
        ({"total": "0"}, {"total": ["invoice_total"]}),
        ({"total": "1500.01"}, {"total": ["invoice_total"]}),
        ({"total": "9.999"}, {"total": ["amount_cents"]}),
        ({"frequency": "daily"}, {"frequency": ["invalid_choice"]}),
        ({"first_due_on": "soon"}, {"first_due_on": ["invalid"]}),
        ({"first_due_on": -1}, {"first_due_on": ["first_due_on"]}),
        ({"first_due_on": 63}, {"first_due_on": ["first_due_on"]}),
    ],
)
def test_a_refused_invoice_changes_nothing_and_keeps_what_was_typed(
    mateos: Client, walk: Walk, given: dict[str, Any], codes: dict[str, Any]
) -> None:
    lease = walk()
    typed = {"number": "F-5", "total": "800.00", "frequency": "weekly", "first_due_on": ""}
    typed |= dated(given)
    answer = post(mateos, "lease_invoice", lease, **typed)
    assert errors(answer, "invoice") == codes
    bound = answer.context["steps"]["invoice"]
    assert {name: bound[name].value() for name in typed} == typed
    lease.refresh_from_db()
    assert (lease.status, lease.invoices.count()) == (S.APPROVED, 0)


def test_a_corrected_invoice_is_a_new_version_and_lines_that_still_add_up_stay(
    mateos: Client, walk: Walk
) -> None:
    lease = walk(S.CONTRACTS, lines=[SOFA, LAMPS])
    form = shown(mateos, lease).context["steps"]["invoice"]
    assert (form["number"].value(), form["total"].value()) == ("F-1", D("900.00"))
    typed = {"number": "F-2", "total": "900.00", "frequency": "monthly"}
    again = taken(post(mateos, "lease_invoice", lease, **typed), lease)
    assert again.contracts_at == lease.contracts_at
    assert [each.lines.count() for each in lease.invoices.all()] == [2, 2]
    assert "F-2" in shown(mateos, lease).content.decode()
    taken(post(mateos, "lease_invoice", lease, **typed | {"total": "850.00"}), lease)
    assert [each.lines.count() for each in lease.invoices.all()] == [0, 2, 2]
    assert shown(mateos, lease).context["order"].versions == 3


@pytest.mark.parametrize(
    ("page", "name", "status", "typed"),
    [
        ("lease_invoice", "invoice", S.LEASE_ACCEPTED,
         {"number": "F-2", "total": "9.00", "frequency": "weekly"}),
        ("lease_signature", "signature", S.APPROVED, {"confirm": "on"}),
        ("lease_signature", "signature", S.LEASE_ACCEPTED, {"confirm": "on"}),
        ("lease_delivery", "delivery", S.CONTRACTS, {"delivered_on": 0}),
        ("lease_delivery", "delivery", S.FUNDED, {"delivered_on": 0}),
    ],
)  # fmt: skip
def test_a_step_out_of_turn_is_refused(
    mateos: Client, walk: Walk, page: str, name: str, status: S, typed: dict[str, str]
) -> None:
    lease = walk(status)
    assert name not in offered(mateos, lease)
    before = lease.status_events.count()
    assert errors(post(mateos, page, lease, **dated(typed)), name) == {
        "__all__": ["lease_transition"]
    }
    assert (lease.status_events.count(), lease.invoices.count()) == (before, int(before > 1))


def test_the_effective_status_counts(mateos: Client, walk: Walk) -> None:
    """No one has recorded the expiration yet; still, only a new application is possible."""
    lease = walk(S.CONTRACTS, days_ago=200)
    assert lease.status == S.CONTRACTS
    assert offered(mateos, lease) == {"late_delivery", "reapplication"}
    answer = post(mateos, "lease_signature", lease, confirm="on")
    assert errors(answer, "signature") == {"__all__": ["lease_transition"]}


def test_a_signature_is_confirmed_on_purpose(mateos: Client, walk: Walk) -> None:
    lease = walk(S.CONTRACTS)
    assert errors(post(mateos, "lease_signature", lease), "signature") == {"confirm": ["required"]}
    lease.refresh_from_db()
    assert lease.status == S.CONTRACTS


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ({}, {"delivered_on": ["required"]}),
        ({"delivered_on": 1}, {"delivered_on": ["future_date"]}),
        ({"delivered_on": -3}, {"delivered_on": ["delivered_before_signing"]}),
        ({"delivered_on": 0, "tracking_id": "9" * 81}, {"tracking_id": ["max_length"]}),
        ({"delivered_on": 0, "shipping_provider": "9" * 61},
         {"shipping_provider": ["max_length"]}),
    ],
)  # fmt: skip
def test_a_refused_delivery_changes_nothing(
    mateos: Client, walk: Walk, typed: dict[str, str], codes: dict[str, Any]
) -> None:
    lease, typed = walk(S.LEASE_ACCEPTED), dated(typed)
    answer = post(mateos, "lease_delivery", lease, **typed)
    assert errors(answer, "delivery") == codes
    for name, value in typed.items():
        assert answer.context["steps"]["delivery"][name].value() == value
    lease.refresh_from_db()
    assert (lease.status, lease.delivered_at) == (S.LEASE_ACCEPTED, None)


@pytest.mark.requirement("R63")
def test_the_whole_order_opens_the_approval_again(mateos: Client, walk: Walk) -> None:
    lease = walk(S.LEASE_ACCEPTED, lines=[SOFA, LAMPS])
    assert shown(mateos, lease).context["steps"]["availability"].outcome == ReturnOutcome.VOIDED
    back = taken(post(mateos, "lease_return", lease, **a_return()), lease)
    assert (back.status, back.approved_at, back.invoice_total) == (
        S.APPROVED, lease.approved_at, None,
    )  # fmt: skip
    page = shown(mateos, lease)
    assert (page.context["order"].invoice, page.context["order"].lines) == (None, [])
    assert '4 × <span lang="es">Lámpara</span>' in page.content.decode()
    assert errors(post(mateos, "lease_return", lease, **a_return()), "returns") == {
        "__all__": ["nothing_to_return"]
    }


def test_some_of_a_line_amends_the_invoice(mateos: Client, walk: Walk) -> None:
    lease = walk(S.LEASE_ACCEPTED, lines=[SOFA, LAMPS])
    typed = a_return(what="part", quantity_2="3", quantity_1="")
    back = taken(post(mateos, "lease_return", lease, **typed), lease)
    assert (back.status, back.invoice_total) == (S.LEASE_ACCEPTED, D("750.00"))
    assert lease.returns.get().items[0]["quantity"] == 3
    order = shown(mateos, lease).context["order"]
    assert [(line.line_number, line.quantity) for line in order.lines] == [(1, 1), (2, 1)]
    assert order.returns[0].items == [("Lámpara", 3, D("50.00"))]
    # A second click isn't a second return.
    assert errors(post(mateos, "lease_return", lease, **typed), "returns") == {
        "__all__": ["return_meanwhile"]
    }
    assert lease.returns.count() == 1


def test_without_lines_the_new_total_says_what_is_left(mateos: Client, walk: Walk) -> None:
    lease = walk(S.LEASE_ACCEPTED)
    typed = a_return(what="part", invoice_total="600.00")
    assert taken(post(mateos, "lease_return", lease, **typed), lease).invoice_total == D("600.00")
    assert "New total: $600.00" in shown(mateos, lease).content.decode()


def test_after_delivery_a_return_is_written_down(mateos: Client, walk: Walk) -> None:
    lease = walk(S.FUNDED, lines=[SOFA, LAMPS])
    typed = a_return(what="part", quantity_2="1")
    assert taken(post(mateos, "lease_return", lease, **typed), lease).status == S.FUNDED
    assert lease.returns.get().outcome == ReturnOutcome.OPENED
    taken(post(mateos, "lease_return", lease, **a_return(earlier=1)), lease)
    page = shown(mateos, lease)
    assert "returns" not in page.context["steps"]
    assert page.context["steps"]["availability"].code == "already_returned"
    assert "Everything on the invoice has already been returned." in page.content.decode()


@pytest.mark.parametrize(
    ("lines", "typed", "codes"),
    [
        ([], {"what": ""}, {"what": ["required"]}),
        ([], {"reason": " "}, {"reason": ["required"]}),
        ([], {"earlier": ""}, {"earlier": ["required"]}),
        ([], {"returned_on": 1}, {"returned_on": ["future_date"]}),
        ([], {"returned_on": -3}, {"returned_on": ["returned_too_early"]}),
        ([], {"what": "part"}, {"invoice_total": ["return_total"]}),
        ([], {"what": "part", "invoice_total": "0"}, {"invoice_total": ["return_total"]}),
        ([], {"what": "part", "invoice_total": "900"}, {"invoice_total": ["nothing_returned"]}),
        ([], {"what": "part", "invoice_total": "901"}, {"invoice_total": ["price_increase"]}),
        ([], {"what": "part", "invoice_total": "-5"}, {"invoice_total": ["invoice_total"]}),
        ([], {"what": "part", "invoice_total": "1.005"}, {"invoice_total": ["amount_cents"]}),
        ([], {"invoice_total": "600"}, {"what": ["return_what"]}),
        ([SOFA, LAMPS], {"what": "part"}, {"__all__": ["return_items"]}),
        ([SOFA, LAMPS], {"what": "part", "quantity_2": "5"}, {"__all__": ["return_quantity"]}),
        ([SOFA, LAMPS], {"what": "part", "quantity_2": "-1"}, {"quantity_2": ["min_value"]}),
        ([SOFA, LAMPS], {"quantity_2": "1"}, {"what": ["return_what"]}),
    ],
)
def test_a_refused_return_changes_nothing_and_keeps_what_was_typed(
    mateos: Client, walk: Walk, lines: list[InvoiceItem], typed: dict[str, str], codes: Any
) -> None:
    lease, typed = walk(S.LEASE_ACCEPTED, lines=lines), dated(typed)
    answer = post(mateos, "lease_return", lease, **a_return(**typed))
    assert errors(answer, "returns") == codes
    for name, value in typed.items():
        assert answer.context["steps"]["returns"][name].value() == value
    lease.refresh_from_db()
    assert (lease.status, lease.invoice_total) == (S.LEASE_ACCEPTED, D("900.00"))
    assert not lease.returns.exists()


@pytest.mark.parametrize(
    ("status", "days_ago", "code"),
    [
        (S.CONTRACTS, 3, "return_before_signing"),
        (S.LEASE_ACCEPTED, 200, "lease_expired"),
        (S.APPROVED, 3, "nothing_to_return"),
    ],
)
def test_why_nothing_can_come_back_is_said_before_and_after(
    mateos: Client, walk: Walk, status: S, days_ago: int, code: str
) -> None:
    lease = walk(status, days_ago=days_ago)
    steps = shown(mateos, lease).context["steps"]
    assert "returns" not in steps
    assert ("availability" in steps) == (code != "nothing_to_return")
    answer = post(mateos, "lease_return", lease, **a_return())
    assert errors(answer, "returns") == {"__all__": [code]}


# --- terms that no program says ----------------------------------------------------------------

TYPED = {
    "cash_price": "900.00", "total": "$1,980.00", "payments": "78", "frequency": "weekly",
    "first_due_on": "", "state": "ca", "buyout_rule": "discount", "discount_rate": "0.65",
    "option_fee": "", "tax_rate": "7.25",
}  # fmt: skip


@pytest.fixture
def bare(walk: Walk) -> Walk:
    """Of a merchant without a program: no terms."""

    def walked(to: S, **fields: Any) -> Lease:
        lease = walk(S.APPROVED, **fields)
        Lease.objects.update(program=None)
        return walk_on(lease, to)

    return walked


def walk_on(lease: Lease, to: S) -> Lease:
    at = lease.applied_at
    if to != S.APPROVED:
        actions.submit_invoice(lease=lease, number="F-1", total=D("900.00"), by=None, now=at)
    if to in {S.LEASE_ACCEPTED, S.FUNDED}:
        actions.sign(lease=lease, by=None, now=at + DAY)
    if to == S.FUNDED:
        actions.confirm_delivery(lease=lease, by=None, now=at + DAY)
    return Lease.objects.get(pk=lease.pk)


@pytest.mark.parametrize("status", [S.CONTRACTS, S.LEASE_ACCEPTED])
def test_terms_are_entered_where_no_program_says_them(
    mateos: Client, bare: Walk, status: S
) -> None:
    lease = bare(status)
    form = shown(mateos, lease).context["steps"]["terms"]
    assert (form["cash_price"].value(), form["state"].value()) == (D("900.00"), "TX")
    answer = post(mateos, "lease_terms", lease, **TYPED | {"first_due_on": from_today(5)})
    terms = taken(answer, lease).terms
    assert (terms.total, terms.payments, terms.state) == (D("1980.00"), 78, "CA")
    assert (terms.discount_rate, terms.tax_rate, terms.option_fee) == (D("0.65"), D("7.250"), 0)
    assert str(terms.first_due_on) == from_today(5)
    assert not lease.instalments.exists()
    assert "terms" not in offered(mateos, lease)
    again = post(mateos, "lease_terms", lease, **TYPED)
    assert errors(again, "terms") == {"__all__": ["terms_exist"]}


@pytest.mark.requirement("R64")
def test_terms_of_a_funded_lease_start_its_payments(
    mateos: Client, mateo: User, bare: Walk
) -> None:
    lease = bare(S.FUNDED, days_ago=3)
    assert not lease.instalments.exists()
    taken(post(mateos, "lease_terms", lease, **TYPED), lease)
    due = [each.due_on.isoformat() for each in lease.instalments.order_by("number")]
    assert (len(due), due[0]) == (78, from_today(5))
    assert sum(each.amount for each in lease.ledger.all()) == D("1980.00")
    assert {each.by for each in lease.ledger.all()} == {mateo}


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ({"cash_price": ""}, {"cash_price": ["required"]}),
        ({"cash_price": "0"}, {"cash_price": ["amount"]}),
        ({"cash_price": "9.999"}, {"cash_price": ["amount_cents"]}),
        ({"cash_price": "10000000", "total": "10000000"},
         {"cash_price": ["amount"], "total": ["amount"]}),
        ({"total": "899.99"}, {"total": ["total"]}),
        ({"total": "-1"}, {"total": ["amount"]}),
        ({"option_fee": "-1"}, {"option_fee": ["amount"]}),
        ({"option_fee": "900.01"}, {"option_fee": ["amount"]}),
        ({"payments": "0"}, {"payments": ["number"]}),
        ({"payments": "1000"}, {"payments": ["number"]}),
        ({"frequency": "daily"}, {"frequency": ["invalid_choice"]}),
        ({"state": "T1"}, {"state": ["state"]}),
        ({"state": "ZZ"}, {"state": ["state"]}),
        ({"discount_rate": ""}, {"discount_rate": ["discount_rate"]}),
        ({"discount_rate": "1.01"}, {"discount_rate": ["discount_rate"]}),
        ({"discount_rate": "0.655"}, {"discount_rate": ["discount_rate"]}),
        ({"discount_rate": "NaN"}, {"discount_rate": ["invalid"]}),
        ({"tax_rate": "30.001"}, {"tax_rate": ["tax_rate"]}),
        ({"tax_rate": "-1"}, {"tax_rate": ["tax_rate"]}),
        ({"first_due_on": -2}, {"first_due_on": ["first_due_on"]}),
        ({"first_due_on": 63}, {"first_due_on": ["first_due_on"]}),
    ],
)  # fmt: skip
def test_refused_terms_are_not_kept(
    mateos: Client, bare: Walk, typed: dict[str, Any], codes: dict[str, Any]
) -> None:
    lease = bare(S.FUNDED)  # delivered two days ago
    typed = TYPED | dated(typed)
    answer = post(mateos, "lease_terms", lease, **typed)
    assert errors(answer, "terms") == codes
    bound = answer.context["steps"]["terms"]
    assert {name: bound[name].value() for name in typed} == typed
    assert not Terms.objects.exists()
    assert not lease.instalments.exists()


@pytest.mark.parametrize(
    ("status", "days_ago"), [(S.APPROVED, 3), (S.CONTRACTS, 200)], ids=["no invoice", "expired"]
)
def test_without_a_contract_there_are_no_terms(
    mateos: Client, bare: Walk, status: S, days_ago: int
) -> None:
    lease = bare(status, days_ago=days_ago)
    assert "terms" not in offered(mateos, lease)
    answer = post(mateos, "lease_terms", lease, **TYPED)
    assert errors(answer, "terms") == {"__all__": ["lease_transition"]}
    assert not Terms.objects.exists()


def test_a_frequency_the_program_lacks_may_stay(mateos: Client, walk: Walk) -> None:
    """Imported terms, or a program that changed: the form offers what was agreed."""
    lease = walk(S.CONTRACTS)
    Program.objects.update(frequencies=["monthly"])
    typed = {"number": "F-2", "total": "800.00", "frequency": "weekly"}
    assert taken(post(mateos, "lease_invoice", lease, **typed), lease).terms.payments == 52


@pytest.mark.requirement("R65")
def test_an_expired_lease_is_applied_for_again(mateos: Client, mateo: User, walk: Walk) -> None:
    old = walk(S.LEASE_ACCEPTED, days_ago=200)
    answer = post(mateos, "lease_reapplication", old, confirm="on")
    new = Lease.objects.get(supersedes=old)
    assert answer.headers["Location"] == reverse("lease", args=[new.account_number])
    assert (new.customer, new.store, new.program, new.merchandise) == (
        old.customer, old.store, old.program, "Sofá",
    )  # fmt: skip
    assert (new.status, new.approval_limit) == (S.APPROVED, D("1500.00"))
    assert new.status_events.get().by == mateo
    for one, other in ((old, new), (new, old)):
        link = f'href="{reverse("lease", args=[other.account_number])}"'
        assert link in shown(mateos, one).content.decode()
    assert offered(mateos, old) == set()
    assert errors(post(mateos, "lease_reapplication", old, confirm="on"), "reapplication") == {
        "__all__": ["superseded"]
    }
    assert Lease.objects.count() == 2


def test_a_stale_one_too_though_a_newer_lease_is_running(mateos: Client, walk: Walk) -> None:
    old = walk(decision=S.PRE_APPROVED, limit=None, days_ago=200)
    walk(account_number="300200100")
    assert offered(mateos, old) == {"reapplication"}
    assert post(mateos, "lease_reapplication", old, confirm="on").status_code == 302
    assert Lease.objects.get(supersedes=old).status == S.APPROVED


def test_while_the_engine_is_down_the_new_one_waits(
    mateos: Client, walk: Walk, settings: Any
) -> None:
    settings.PRODUCTION = True
    old = walk(days_ago=200)
    assert post(mateos, "lease_reapplication", old, confirm="on").status_code == 302
    assert Lease.objects.get(supersedes=old).status == S.PENDING


@pytest.mark.parametrize(
    ("days_ago", "closed", "typed", "codes"),
    [
        (3, False, {"confirm": "on"}, {"__all__": ["supersedes_status"]}),
        (200, False, {}, {"confirm": ["required"]}),
        (200, True, {"confirm": "on"}, {"__all__": ["program_closed"]}),
    ],
)
def test_a_refused_reapplication_changes_nothing(
    mateos: Client, walk: Walk, days_ago: int, closed: bool, typed: Any, codes: Any
) -> None:
    lease = walk(days_ago=days_ago)
    Program.objects.update(is_active=not closed)
    assert errors(post(mateos, "lease_reapplication", lease, **typed), "reapplication") == codes
    assert Lease.objects.count() == 1


def test_a_customer_nobody_could_be_is_said_so(mateos: Client, walk: Walk) -> None:
    """Details that came in other ways than a form are no reason for an error page."""
    old = walk(days_ago=200)
    Customer.objects.update(name=" ")
    answer = post(mateos, "lease_reapplication", old, confirm="on")
    assert set(errors(answer, "reapplication")) == {"__all__"}
    assert Lease.objects.count() == 1


@pytest.mark.parametrize("person", ["ana", "sofia", "irene"])
def test_nobody_else_is_offered_any_of_it(
    person: str, walk: Walk, sign_in: SignIn, request: Any
) -> None:
    lease = walk(S.CONTRACTS)
    client = sign_in(request.getfixturevalue(person))
    assert shown(client, lease).context["steps"] == {}
    pages = ("invoice", "terms", "signature", "delivery", "return", "reapplication")
    for page in pages:
        assert post(client, f"lease_{page}", lease, confirm="on").status_code == 404
    lease.refresh_from_db()
    assert lease.status == S.CONTRACTS


def test_everybody_on_the_staff_reads_what_was_sold(ana: User, sign_in: SignIn, walk: Walk) -> None:
    page = shown(sign_in(ana), walk(S.CONTRACTS, lines=[SOFA, LAMPS])).content.decode()
    assert "Lámpara" in page
    assert "$200.00" in page
