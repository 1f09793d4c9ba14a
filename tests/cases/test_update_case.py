"""What an agent saves on a case: all of it or nothing, at most one mail, no one overwritten."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions, evidence
from cases.enums import CaseStatus, EntryKind, Visibility
from cases.events import describe
from cases.models import Case, Entry, FollowUp
from leases.models import Customer, Lease
from mail.models import Email
from tests import clock
from tests.cases.evidence.evidence_makers import image_bytes

PUBLIC = Visibility.PUBLIC
REASON = {"body": "Hablamos con la tienda.", "visibility": PUBLIC}
RESOLVED = REASON | {"to_status": "resolved", "outcome": "plan_agreed"}


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def save(case: Case, ana: User, now: datetime) -> Callable[..., Case]:
    def saved(version: int = 1, by: User = ana, **fields: object) -> Case:
        update = actions.Update(**{"language": "es"} | fields)  # type: ignore[arg-type]
        return actions.update_case(case=case, version=version, update=update, by=by, now=now)

    return saved


def mails(case: Case) -> list[str]:
    return list(
        Email.objects.filter(casemail__case=case)
        .order_by("created_at", "key")
        .values_list("template__key", flat=True)
    )


@pytest.mark.requirement("R3")
def test_a_note_is_internal_and_mails_nobody(case: Case, save: Callable[..., Case]) -> None:
    save(body="Parece un cobro doble.")
    note = case.entries.first()
    assert note is not None
    assert (note.kind, note.visibility) == (EntryKind.NOTE, Visibility.INTERNAL)
    assert mails(case) == ["case_opened"]


@pytest.mark.requirement("R5", "R48")
def test_a_message_goes_to_the_customer_once(case: Case, save: Callable[..., Case]) -> None:
    save(body="Ya lo revisamos.", visibility=PUBLIC, to_status="waiting_customer")
    assert sorted(mails(case)) == ["case_opened", "message_added"]
    mail = Email.objects.get(template__key="message_added")
    assert mail.casemail.entry is not None
    assert mail.casemail.entry.body == "Ya lo revisamos."


@pytest.mark.requirement("R5")
@pytest.mark.parametrize(
    ("visibility", "sent"),
    [(PUBLIC, ["case_opened", "status_changed"]), (Visibility.INTERNAL, ["case_opened"])],
)
def test_files_without_words_are_news_to_who_may_see_them(
    case: Case, ana: User, now: datetime, visibility: str, sent: list[str]
) -> None:
    photo = io.BytesIO(image_bytes((40, 30)))
    files = [actions.Upload(evidence.inspect(photo, name="recibo.jpg"), photo)]
    update = actions.Update(visibility=visibility)
    actions.update_case(case=case, version=1, update=update, files=files, by=ana, now=now)
    assert sorted(mails(case)) == sent
    entry = case.entries.get(kind=EntryKind.EVIDENCE)
    assert Email.objects.filter(casemail__entry=entry).count() == len(sent) - 1


def test_a_change_of_status_is_mailed_with_its_reason(
    case: Case, save: Callable[..., Case]
) -> None:
    moved = save(to_status="in_progress", due_on=date(2026, 12, 1), **REASON)
    assert (moved.status, moved.due_on) == ("in_progress", date(2026, 12, 1))
    assert sorted(mails(case)) == ["case_opened", "message_added"]
    event = case.entries.first()
    assert event is not None
    assert event.params == {
        "from_status": "open", "to_status": "in_progress", "due_on": "2026-12-01",
    }  # fmt: skip


@pytest.mark.requirement("R9", "R44")
def test_a_day_that_moves_is_told_in_the_timeline(
    case: Case, save: Callable[..., Case], carla: Customer
) -> None:
    before = case.due_on
    save(due_on=date(2026, 12, 1))
    event = case.entries.visible_to(carla.user).first()
    assert event is not None
    assert event.params == {"due_on": "2026-12-01", "before": before.isoformat()}
    with translation.override("es"):
        assert (
            describe(event, for_customer=True)
            == "Próximo paso a más tardar el 1 de diciembre de 2026"
        )
    assert mails(case) == ["case_opened"]
    entries = case.entries.count()
    save(version=2, body="Sin cambio de fecha.", due_on=date(2026, 12, 1))
    assert case.entries.count() == entries + 1


def test_a_late_save_takes_over_the_day_somebody_else_set(
    case: Case, ana: User, ben: User, now: datetime, sign_in: Callable[[User], Client]
) -> None:
    client, address = sign_in(ana), reverse("case", args=[case.number])
    with clock.at(now):
        page = client.get(address).content.decode()
    was = case.due_on.isoformat()
    assert f'name="initial-due_on" value="{was}"' in page
    moved = actions.Update(due_on=date(2026, 12, 1))
    actions.update_case(case=case, version=1, update=moved, by=ben, now=now)
    typed = {
        "version": "1", "seen": "0", "visibility": "internal", "language": "es", "body": "Nota",
        "to_status": "", "due_on": was, "initial-due_on": was,
    }  # fmt: skip
    with clock.at(now):
        stale = client.post(f"{address}entries/", typed)
    assert stale.status_code == 409
    shown = stale.context["composer"]
    assert shown["due_on"].value() == "1 dic 2026"  # as it’s shown everywhere
    assert 'name="initial-due_on" value="2026-12-01"' in stale.content.decode()
    again = typed | {"version": "2", "due_on": "2026-12-01", "initial-due_on": "2026-12-01"}
    with clock.at(now):
        assert client.post(f"{address}entries/", again).status_code == 302
    assert Case.objects.get().due_on == date(2026, 12, 1)


def test_what_the_table_does_not_allow_saves_nothing(case: Case, save: Callable[..., Case]) -> None:
    with pytest.raises(ValidationError) as error:
        save(body="Listo", visibility=PUBLIC, to_status="closed")
    assert error.value.error_list[0].code == "case_transition"
    assert case.entries.count() == 2
    assert mails(case) == ["case_opened"]


def test_a_stale_save_is_stopped(case: Case, save: Callable[..., Case], ben: User) -> None:
    save(body="Ana fue primero.")
    with pytest.raises(actions.StaleCase) as error:
        save(body="Ben was second.", by=ben)
    assert error.value.error_list[0].code == "case_stale"
    assert not Entry.objects.filter(body="Ben was second.").exists()
    save(version=2, body="Ben was second.", by=ben)
    assert Case.objects.get().version == 3


def test_saving_nothing_is_refused(save: Callable[..., Case]) -> None:
    with pytest.raises(ValidationError) as error:
        save()
    assert error.value.error_list[0].code == "update_empty"


def test_only_case_workers_save(save: Callable[..., Case], mateo: User, carla: Customer) -> None:
    for outsider in (mateo, carla.user):
        with pytest.raises(PermissionDenied):
            save(body="x", by=outsider)


@pytest.mark.requirement("R8", "R34")
def test_an_escalation_has_a_reason_and_comes_first(
    case: Case, open_case: Callable[..., Case], dans_lease: Lease, ana: User, now: datetime
) -> None:
    urgent = open_case(lease=dans_lease, due_on=now.date())
    assert list(Case.objects.order_by("rank", "due_on", "id")) == [urgent, case]
    with pytest.raises(ValidationError) as error:
        actions.escalate(case=case, reason="  ", by=ana, now=now)
    assert error.value.error_list[0].code == "reason"
    actions.escalate(case=case, reason="La tienda se niega.", by=ana, now=now)
    assert list(Case.objects.order_by("rank", "due_on", "id")) == [case, urgent]
    assert case.escalations.get().reason == "La tienda se niega."
    with pytest.raises(ValidationError) as error:
        actions.escalate(case=case, reason="Otra vez", by=ana, now=now)
    assert error.value.error_list[0].code == "case_transition"


def test_assigning_is_recorded_and_checked(
    case: Case, ana: User, ben: User, mateo: User, now: datetime
) -> None:
    assert actions.assign(case=case, to=ben, by=ana, now=now).assignee == ben
    event = case.entries.first()
    assert event is not None
    assert event.params == {"to": "Ben Wright"}
    for nobody in (mateo, User(is_active=False, role="agent")):
        with pytest.raises(ValidationError) as error:
            actions.assign(case=case, to=nobody, by=ana, now=now)
        assert error.value.error_list[0].code == "assignee"
    before = case.entries.count()
    actions.assign(case=case, to=ben, by=ana, now=now)
    assert case.entries.count() == before


@pytest.mark.requirement("R5", "R19")
def test_a_follow_up_goes_out_on_its_day_as_availability_begins(
    case: Case, ana: User, now: datetime
) -> None:
    on = date(2026, 11, 20)
    follow_up = actions.set_follow_up(
        case=case, on=on, message="¿Recibió el plan?", by=ana, now=now
    )
    assert follow_up.send_at.isoformat() == "2026-11-20T23:00:00+00:00"  # five in the evening
    assert actions.send_follow_ups(now=follow_up.send_at - timedelta(seconds=1)) == 0
    assert actions.send_follow_ups(now=follow_up.send_at) == 1
    assert actions.send_follow_ups(now=follow_up.send_at) == 0
    mail = Email.objects.get(template__key="follow_up")
    assert (mail.language, mail.to) == ("es", "carla@example.com")
    assert mail.casemail.entry is not None
    assert (mail.casemail.entry.author, mail.casemail.entry.visibility) == (None, Visibility.PUBLIC)


def test_a_cancelled_follow_up_stays_unsent(case: Case, ana: User, now: datetime) -> None:
    follow_up = actions.set_follow_up(case=case, on=now.date(), message="Hola", by=ana, now=now)
    assert actions.cancel_follow_up(follow_up=follow_up, by=ana, now=now)
    assert not actions.cancel_follow_up(follow_up=follow_up, by=ana, now=now)
    assert actions.send_follow_ups(now=now + timedelta(days=30)) == 0
    assert FollowUp.objects.get().cancelled_by == ana


def test_a_follow_up_is_not_set_for_yesterday(case: Case, ana: User, now: datetime) -> None:
    with pytest.raises(ValidationError) as error:
        actions.set_follow_up(case=case, on=date(2026, 11, 17), message="Hola", by=ana, now=now)
    assert error.value.error_list[0].code == "follow_up_past"


@pytest.mark.requirement("R9", "R53")
def test_a_customers_word_hands_the_case_back_to_us(
    case: Case, save: Callable[..., Case], carla: Customer, dan: Customer, now: datetime
) -> None:
    save(to_status="waiting_customer", **REASON)
    with pytest.raises(PermissionDenied):
        actions.add_customer_message(case=case, body="Hola", by=dan.user, now=now)
    with pytest.raises(ValidationError) as error:
        actions.add_customer_message(case=case, body="", by=carla.user, now=now)
    assert error.value.error_list[0].code == "update_empty"
    actions.add_customer_message(case=case, body="Aquí está.", by=carla.user, now=now)
    assert Case.objects.get().status == CaseStatus.IN_PROGRESS
    message = Entry.objects.filter(kind=EntryKind.MESSAGE).latest("pk")
    assert (message.author, message.visibility) == (carla.user, Visibility.PUBLIC)


@pytest.mark.requirement("R19")
def test_nobody_is_written_to_once_their_hours_are_over(
    case: Case, dans_lease: Lease, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    evening = now.replace(hour=2) + timedelta(days=1)  # eight in the evening in Chicago
    today = date(2026, 11, 18)
    for each in (case, open_case(lease=dans_lease)):
        with pytest.raises(ValidationError) as error:
            actions.set_follow_up(case=each, on=today, message="Hola", by=ana, now=evening)
        assert error.value.error_list[0].code == "follow_up_late"
        before = evening - timedelta(minutes=1)
        actions.set_follow_up(case=each, on=today, message="Hola", by=ana, now=before)


def test_a_case_that_ends_takes_its_follow_ups_along(
    case: Case, save: Callable[..., Case], ana: User, now: datetime
) -> None:
    actions.set_follow_up(case=case, on=date(2026, 11, 20), message="Hola", by=ana, now=now)
    save(version=2, **RESOLVED)
    assert FollowUp.objects.get().cancelled_by == ana
    assert case.entries.filter(event="follow_up_cancelled").exists()
    assert actions.send_follow_ups(now=now + timedelta(days=30)) == 0


def test_a_customers_word_waits_until_it_is_answered(
    case: Case, save: Callable[..., Case], carla: Customer, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    for moment in (now, later):
        actions.add_customer_message(case=case, body="¿Novedades?", by=carla.user, now=moment)
    save(version=3, body="Una nota.")
    assert Case.objects.get().customer_wrote_at == now
    save(version=4, body="Lo revisamos.", visibility=PUBLIC)
    assert Case.objects.get().customer_wrote_at is None
    actions.add_customer_message(case=case, body="Gracias", by=carla.user, now=later)
    save(version=6, **RESOLVED)
    assert Case.objects.get().customer_wrote_at is None


def test_nobody_says_for_the_customer_that_we_work_on_it(
    case: Case, save: Callable[..., Case], carla: Customer, now: datetime
) -> None:
    save(to_status="waiting_customer", **REASON)
    actions.add_customer_message(case=case, body="Hola", by=carla.user, now=now)
    assert case.entries.filter(event="status_changed").latest("id").author is None


@pytest.mark.requirement("R8")
def test_a_supervisor_decides_how_an_escalated_case_goes_on(
    case: Case, save: Callable[..., Case], ana: User, sofia: User, now: datetime
) -> None:
    actions.escalate(case=case, reason="La tienda se niega.", by=ana, now=now)
    with pytest.raises(ValidationError) as error:
        save(version=2, to_status="in_progress", **REASON)
    assert error.value.error_list[0].code == "escalated"
    save(version=2, body="Una nota más.")
    assert save(version=3, to_status="in_progress", by=sofia, **REASON).status == "in_progress"


def test_a_case_that_someone_else_took_meanwhile_is_not_taken_from_them(
    case: Case, ana: User, ben: User, sofia: User, now: datetime
) -> None:
    seen = actions.Seen(case.assignee_id)
    actions.assign(case=case, to=ben, seen=seen, by=ben, now=now)
    with pytest.raises(actions.StaleAssignment) as error:
        actions.assign(case=case, to=sofia, seen=seen, by=ana, now=now)
    assert error.value.code == "assignee_changed"
    assert error.value.messages[0].startswith("Ben Wright took this case")
    actions.assign(case=case, to=ben, seen=seen, by=ana, now=now)  # what she wanted, too
    actions.assign(case=case, to=None, by=ben, now=now)
    with pytest.raises(actions.StaleAssignment) as error:
        actions.assign(case=case, to=sofia, seen=seen, by=ana, now=now)
    assert "No one has this case anymore: Ben Wright unassigned it" in error.value.messages[0]
    case.refresh_from_db()
    assert case.assignee is None


def test_a_stale_assignment_says_who_has_it_and_the_second_time_is_meant(
    case: Case, ana: User, ben: User, sofia: User, sign_in: Callable[[User], Client], now: datetime
) -> None:
    agent = sign_in(ana)
    address = f"/cases/{case.number}/assignment/"
    seen = str(case.assignee_id or 0)
    actions.assign(case=case, to=ben, by=sofia, now=now)
    answer = agent.post(address, {"to": sofia.pk, "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sofía Ramírez le dio este caso a Ben Wright" in page
    assert f'name="seen" value="{ben.pk}"' in page
    assert agent.post(address, {"to": sofia.pk, "seen": ben.pk}).status_code == 302
    case.refresh_from_db()
    assert case.assignee == sofia
