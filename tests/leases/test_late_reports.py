"""What happened in time and was reported late: recorded with its actual day, by approval."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common.company_day import business_day
from leases import actions
from leases import actions as lease_actions
from leases.actions.late_reports import JUST_BEFORE
from leases.enums import LeaseStatus as S
from leases.enums import Rule
from leases.models import Customer, LateReport, Lease, StatusEvent, Terms
from leases.queries.late_reports import waiting_for
from leases.queries.monitoring import Worklist, worklist
from leases.webhooks.payload import payload
from tests.leases.conftest import Reach

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R97")]

DAY = timedelta(days=1)
#: Statements of a page that does nothing itself: session, person, and the header's counts.
HEADER = {"agent": 4, "supervisor": 9, "merchant_services": 3}
Report = Callable[..., LateReport]


@pytest.fixture
def late(now: datetime) -> datetime:
    """Five days after the sixty of the invoice."""
    return now + 65 * DAY


@pytest.fixture
def expired(reach: Reach, now: datetime) -> Lease:
    """Signed on November 18, ended on January 17, written down on January 22 by the sweep."""
    lease = reach(S.LEASE_ACCEPTED)
    actions.expire_due(now=now + 64 * DAY)
    lease.refresh_from_db()
    return lease


@pytest.fixture
def report(expired: Lease, mateo: User, now: datetime, late: datetime) -> Report:
    def reported(**fields: Any) -> LateReport:
        values: dict[str, Any] = {
            "lease": expired, "delivered_on": business_day(now + 50 * DAY),
            "reason": "La tienda avisó tarde.", "by": mateo, "now": late,
        }  # fmt: skip
        with transaction.atomic():
            return actions.report_late_delivery(**values | fields)

    return reported


def refused(attempt: Callable[[], object]) -> str | None:
    with pytest.raises(ValidationError) as error, transaction.atomic():
        attempt()
    return error.value.error_list[0].code


# --- when it ended, and when that was written down ------------------------------------------------


def test_an_expired_lease_says_when_it_ended_and_when_that_was_written_down(
    expired: Lease, now: datetime
) -> None:
    event = expired.status_events.order_by("-id")[0]

    assert expired.ended_at == event.happened_at == event.true_at == now + 60 * DAY
    assert (event.at, event.is_told_late) == (now + 64 * DAY, True)
    assert b'"occurredAt":"2027-01-21' in payload(event)
    assert b'"happenedAt":"2027-01-17' in payload(event)


def test_before_the_sweep_it_is_the_deadline(reach: Reach, now: datetime) -> None:
    lease = reach(S.APPROVED)
    lease.refresh_from_db()
    assert lease.ended(now + 89 * DAY) is None
    assert lease.ended(now + 95 * DAY) == lease.expires_at


@pytest.mark.parametrize(
    ("language", "ended", "recorded"),
    [
        ("en", "ended on January 17, 2027", "Recorded on January 21, 2027"),
        ("es", "terminó el 17 de enero de 2027", "Se registró el 21 de enero de 2027"),
    ],
)
def test_the_page_shows_both(
    expired: Lease, ana: User, sign_in: Callable[[User], Client],
    language: str, ended: str, recorded: str,
) -> None:  # fmt: skip
    ana.language = language
    ana.save()
    page = sign_in(ana).get(f"/leases/{expired.account_number}/").content.decode()
    page = " ".join(page.replace("\u202f", " ").split())
    assert ended in page
    assert recorded in page


# --- told late, before the deadline ---------------------------------------------------------------


def test_a_signature_of_friday_told_on_monday_keeps_its_day(
    reach: Reach, mateo: User, now: datetime
) -> None:
    lease = reach(S.CONTRACTS)  # a Wednesday
    friday, monday = date(2026, 11, 20), now + 5 * DAY
    given: dict[str, Any] = {"lease": lease, "signed_on": friday, "by": mateo}
    assert refused(lambda: actions.sign(**given, now=monday)) == "late_reason"
    assert refused(lambda: actions.sign(**given, now=now)) == "future_date"
    early = given | {"signed_on": date(2026, 11, 17), "reason": "x"}
    assert refused(lambda: actions.sign(**early, now=monday)) == "signed_before_invoice"

    actions.sign(**given, reason="El sistema estaba caído.", now=monday)

    lease.refresh_from_db()
    assert lease.signed_at is not None
    assert business_day(lease.signed_at) == friday
    received, accepted = lease.status_events.order_by("id")[2:]
    assert received.true_at == accepted.true_at == lease.signed_at
    assert (received.at, received.reason) == (monday, "El sistema estaba caído.")


def test_a_delivery_told_late_keeps_its_day_while_the_deadline_has_not_passed(
    reach: Reach, mateo: User, now: datetime
) -> None:
    lease = reach(S.LEASE_ACCEPTED)
    given: dict[str, Any] = {"lease": lease, "delivered_on": date(2026, 11, 20), "by": mateo}
    told = now + 10 * DAY
    assert refused(lambda: actions.confirm_delivery(**given, now=told)) == "late_reason"
    actions.confirm_delivery(**given, reason="Se olvidó.", now=told)
    event = lease.status_events.order_by("-id")[0]
    assert (business_day(event.true_at), event.at, event.rule) == (
        date(2026, 11, 20), told, Rule.DELIVERY,
    )  # fmt: skip


def test_a_stores_system_needs_no_reason_and_after_the_deadline_an_approval(
    reach: Reach, now: datetime, late: datetime
) -> None:
    lease = reach(S.LEASE_ACCEPTED)
    given: dict[str, Any] = {"lease": lease, "by": None}
    in_time = date(2026, 12, 20)
    for moment in (late, late + DAY):
        attempt = dict(given, now=moment)
        assert refused(lambda: actions.confirm_delivery(**attempt)) == "lease_transition"  # noqa: B023
        assert (
            refused(lambda: actions.confirm_delivery(**attempt, delivered_on=in_time))  # noqa: B023
            == "needs_approval"
        )
        assert (
            refused(lambda: actions.confirm_delivery(**attempt, delivered_on=date(2027, 1, 18)))  # noqa: B023
            == "lease_transition"
        )
        actions.expire_due(now=moment)  # the sweep makes no difference
    actions_now = now + 20 * DAY
    assert actions_now  # before the deadline a past day is simply taken: the test above


# --- after the deadline ---------------------------------------------------------------------------


@pytest.mark.parametrize("swept", [True, False])
def test_an_approved_report_funds_the_lease_as_of_the_true_day(
    reach: Reach, mateo: User, sofia: User, now: datetime, late: datetime, swept: bool
) -> None:
    lease = reach(S.LEASE_ACCEPTED)
    Terms.objects.create(
        lease=lease, cash_price=900, total=1800, payments=52, frequency="weekly", state="TX",
        buyout_rule="option",
    )  # fmt: skip
    if swept:
        actions.expire_due(now=now + 64 * DAY)
    delivered_on = business_day(now + 50 * DAY)
    report = actions.report_late_delivery(
        lease=lease, delivered_on=delivered_on, reason="Avisó tarde.", tracking_id="1Z",
        by=mateo, now=late,
    )  # fmt: skip
    assert Lease.objects.get().status_at(late) == S.CONTRACTS_EXPIRED

    lease_actions.decide_late_report(report=report, approved=True, by=sofia, now=late + DAY)

    lease = Lease.objects.get()
    assert (lease.status, lease.ended_at, lease.tracking_id) == (S.FUNDED, None, "1Z")
    assert lease.delivered_at is not None
    assert business_day(lease.delivered_at) == delivered_on
    expiry, event = lease.status_events.order_by("id")[4:]
    assert expiry.to_status == S.CONTRACTS_EXPIRED
    assert (event.from_status, event.rule, event.by) == (
        S.CONTRACTS_EXPIRED, Rule.LATE_DELIVERY, sofia,
    )  # fmt: skip
    assert (event.true_at, event.at) == (lease.delivered_at, late + DAY)
    assert event.late_report is not None
    assert (event.late_report.by, event.reason) == (mateo, "Avisó tarde.")
    first = lease.instalments.order_by("number")[0]
    assert first.due_on == delivered_on + 7 * DAY


def test_what_cannot_be_reported(
    report: Report, expired: Lease, ana: User, mateo: User, now: datetime, late: datetime
) -> None:
    after = business_day(now + 61 * DAY)
    assert refused(lambda: report(delivered_on=after)) == "after_deadline"
    assert refused(lambda: report(delivered_on=date(2026, 11, 17))) == "delivered_before_signing"
    assert refused(lambda: report(reason="  ")) == "late_reason"
    assert refused(lambda: report(delivered_on=business_day(late + DAY))) == "future_date"
    with pytest.raises(PermissionDenied):
        report(by=ana)
    on_the_day = report(delivered_on=business_day(now + 60 * DAY))
    assert on_the_day.delivered_at == min(
        now + 60 * DAY - JUST_BEFORE, on_the_day.delivered_at
    )  # in time
    assert refused(report) == "report_open"


def test_only_what_ended_after_its_invoice(
    reach: Reach, mateo: User, now: datetime, late: datetime
) -> None:
    lease = reach(S.APPROVAL_EXPIRED)
    attempt = {
        "lease": lease, "delivered_on": business_day(now), "reason": "x", "by": mateo,
        "now": now + 91 * DAY,
    }  # fmt: skip
    assert refused(lambda: actions.report_late_delivery(**attempt)) == "not_late"


def test_without_a_signature_its_day_is_told_too(
    reach: Reach, mateo: User, sofia: User, now: datetime, late: datetime
) -> None:
    lease = reach(S.CONTRACTS_EXPIRED)
    given: dict[str, Any] = {
        "lease": lease, "delivered_on": date(2026, 12, 1), "reason": "x", "by": mateo, "now": late,
    }  # fmt: skip
    assert refused(lambda: actions.report_late_delivery(**given)) == "signature_missing"
    report = actions.report_late_delivery(**given, signed_on=date(2026, 11, 30))
    lease_actions.decide_late_report(report=report, approved=True, by=sofia, now=late)
    lease.refresh_from_db()
    assert lease.signed_at is not None
    assert (lease.status, business_day(lease.signed_at)) == (S.FUNDED, date(2026, 11, 30))


def test_a_supervisor_decides_once_and_never_about_their_own(
    report: Report, ana: User, sofia: User, irene: User, mateo: User, late: datetime
) -> None:
    reported = report()
    given: dict[str, Any] = {"report": reported, "now": late + DAY}
    for nobody in (ana, mateo):
        with pytest.raises(PermissionDenied):
            lease_actions.decide_late_report(**given, approved=True, by=nobody)
    refuse = {**given, "approved": False, "by": sofia}
    assert refused(lambda: lease_actions.decide_late_report(**refuse)) == "refusal_reason"
    lease_actions.decide_late_report(**refuse, note="No hay prueba.")
    again = {**given, "approved": True, "by": irene}
    assert refused(lambda: lease_actions.decide_late_report(**again)) == "decided"
    assert reported.lease.status_at(late + DAY) == S.CONTRACTS_EXPIRED
    assert report().pk != reported.pk  # with better evidence


def test_a_lease_that_was_applied_for_again_stays_expired(
    report: Report, expired: Lease, sofia: User, late: datetime,
    make_lease: Callable[..., Lease], carla: Customer,
) -> None:  # fmt: skip
    reported = report()
    new = make_lease(carla, "300000025", now=late)
    Lease.objects.filter(pk=new.pk).update(supersedes=expired)
    attempt: dict[str, Any] = {"report": reported, "approved": True, "by": sofia, "now": late}
    assert refused(lambda: lease_actions.decide_late_report(**attempt)) == "superseded"


# --- the database ---------------------------------------------------------------------------------


def funded_by_hand(lease: Lease, by: User, **event: Any) -> None:
    with transaction.atomic():
        Lease.objects.filter(pk=lease.pk).update(
            status=S.FUNDED, ended_at=None, delivered_at=event["happened_at"]
        )
        values = {
            "lease": lease, "from_status": S.CONTRACTS_EXPIRED, "to_status": S.FUNDED,
            "rule": Rule.LATE_DELIVERY, "actor": "person", "by": by,
        } | event  # fmt: skip
        StatusEvent.objects.create(**values)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_lets_an_expired_lease_out_by_an_approved_report_only(
    report: Report, expired: Lease, sofia: User, late: datetime
) -> None:
    reported = report()
    given: dict[str, Any] = {"happened_at": reported.delivered_at, "at": late + DAY, "by": sofia}
    with pytest.raises(IntegrityError, match="status_event_is_a_step"):
        funded_by_hand(expired, **given, rule=Rule.DELIVERY, late_report=reported)
    for wrong in ({}, {"late_report": reported}):  # none, not approved
        with pytest.raises(DatabaseError, match="without an approved report"):
            funded_by_hand(expired, **given, **wrong)
    LateReport.objects.update(approved=True, decided_at=late + DAY, decided_by=sofia)
    for wrong in ({"happened_at": late}, {"by": reported.by}):
        with pytest.raises(DatabaseError, match="without an approved report"):
            funded_by_hand(expired, **given | {"late_report": reported} | wrong)
    funded_by_hand(expired, **given, late_report=reported)


def test_a_report_takes_two_people_and_is_never_rewritten(
    report: Report, mateo: User, sofia: User, late: datetime
) -> None:
    reported = report()
    rows = LateReport.objects.filter(pk=reported.pk)
    for error, change in (
        ("late_report_takes_two", {"approved": True, "decided_at": late, "decided_by": mateo}),
        ("late_report_decided_by", {"approved": True}),
        ("Cannot update", {"delivered_at": reported.delivered_at - DAY}),
        ("Cannot update", {"reason": "Otra."}),
    ):
        with pytest.raises(DatabaseError, match=error), transaction.atomic():
            rows.update(**change)
    lease_actions.decide_late_report(report=reported, approved=True, by=sofia, now=late)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        rows.update(approved=False)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        rows.delete()


# --- pages ----------------------------------------------------------------------------------------


def test_merchant_services_reports_and_a_supervisor_approves_on_the_page(
    reach: Reach, mateo: User, sofia: User, ana: User, sign_in: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch, now: datetime, late: datetime,
) -> None:  # fmt: skip
    lease = reach(S.LEASE_ACCEPTED)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    page = reverse("lease", args=[lease.account_number])
    address = reverse("lease_late_delivery", args=[lease.account_number])
    mateos = sign_in(mateo)
    assert "Report an on-time delivery" in mateos.get(page).content.decode()
    wrong = mateos.post(address, {"delivered_on": "2027-01-20", "reason": "Late."})
    assert wrong.status_code == 422
    assert "The deadline was January 17, 2027" in wrong.content.decode()
    told = mateos.post(address, {"delivered_on": "2027-01-04", "reason": "Told late."})
    assert told.status_code == 302
    report = LateReport.objects.get()
    assert worklist(Worklist.LATE_REPORTS, user=sofia, now=late).get() == lease

    decision = reverse("lease_late_decision", args=[lease.account_number, report.pk])
    assert decision not in sign_in(ana).get(page).content.decode()
    assert sign_in(ana).post(decision, {"decision": "approve"}).status_code == 404
    sofias = sign_in(sofia)
    assert "Entrega avisada tarde" in sofias.get(page).content.decode()
    refusal = sofias.post(decision, {"decision": "refuse", "note": ""})
    assert refusal.status_code == 422
    assert "Escriba por qué lo rechaza." in refusal.content.decode()
    assert sofias.post(decision, {"decision": "approve", "note": ""}).status_code == 302
    lease.refresh_from_db()
    assert lease.status == S.FUNDED
    seen = sign_in(ana).get(page).content.decode()
    for words in ("4 de enero de 2027", "Mateo Cruz", "Sofía Ramírez", "Told late."):
        assert words in seen
    assert not worklist(Worklist.LATE_REPORTS, user=sofia, now=late).exists()


def test_a_supervisor_is_told_in_the_header_and_led_there(
    report: Report, expired: Lease, sofia: User, ana: User, mateo: User, sign_in: Any,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    address, list_of_them = reverse("lease_statuses"), reverse("worklist", args=["late-reports"])
    clients = {each: sign_in(each) for each in (sofia, ana, mateo)}
    for waits in (False, True):
        if waits:
            report()
        for user, client in clients.items():
            client.get(address)
            with django_assert_num_queries(HEADER[user.role]):
                page = client.get(address).content.decode()
            shown = f'<a href="{list_of_them}">' in page
            assert shown is (waits and user == sofia), user
    listed = clients[sofia].get(list_of_them)
    assert [line.lease for line in listed.context["lines"]] == [expired]
    with django_assert_num_queries(1):
        assert waiting_for(sofia) == 1
    with django_assert_num_queries(0):
        assert waiting_for(ana) == waiting_for(mateo) == 0


def test_nobody_is_asked_to_decide_about_their_own(report: Report, sofia: User) -> None:
    written = report()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE leases_latereport SET by_id = %s WHERE id = %s", [sofia.pk, written.pk]
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert waiting_for(sofia) == 0
