"""A case is snoozed until a day, or until something comes in, and comes back automatically."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.enums import CaseStatus, OutsideBody, Party, StoreAnswer
from cases.events import describe
from cases.models import Case
from cases.queries import queue
from cases.queries.queue_counts import queue_counts
from cases.queries.snooze import morning_of
from cases.queries.take_next import next_keys
from common.company_day import business_day
from common.formats import day
from leases.models import Customer, Lease
from mail.models import Email
from mail.outbound.render import render
from tests.pages import text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "La tienda abre otra vez el viernes."


@pytest.fixture
def today(now: datetime) -> date:
    return business_day(now)


@pytest.fixture
def lease(deliver: Callable[..., Lease], now: datetime) -> Lease:
    return deliver(at=now - 20 * DAY)


@pytest.fixture
def case(open_case: Callable[..., Case], today: date) -> Case:
    return open_case(due_on=today + 9 * DAY)


@pytest.fixture
def snooze(case: Case, ana: User, today: date, now: datetime) -> Callable[..., Case]:
    def snoozed(days: int = 2, **fields: Any) -> Case:
        values = {"case": case, "until": today + days * DAY, "reason": WHY, "by": ana, "now": now}
        return actions.snooze_case(**values | fields)

    return snoozed


def code(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return str(error.value.error_list[0].code)


def told(case: Case, event: str, language: str = "en") -> list[str]:
    with translation.override(language):
        rows = case.entries.filter(event=event).order_by("pk")
        return [describe(each, for_customer=False) for each in rows]


def is_awake(case: Case) -> bool:
    case.refresh_from_db()
    return (case.snoozed_until, case.snooze_ends_on_reply, case.snooze_reason) == (None, False, "")


def shown(name: str, user: User, today: date) -> list[Case]:
    return list(queue.view(name, user=user, today=today))


def to_ana() -> list[str]:
    return [render(each).text for each in Email.objects.filter(template__key="case_back")]


def test_a_snoozed_case_is_in_no_usual_view(
    snooze: Callable[..., Case], ana: User, today: date, now: datetime
) -> None:
    case = snooze()
    assert case.snoozed_until == morning_of(today + 2 * DAY)
    assert case.version == 2
    views = {name: shown(name, ana, today) for name in queue.VIEWS}
    assert {name for name, cases in views.items() if cases} == {"snoozed"}
    sizes = queue_counts(ana, kinds=["late_payment"], now=now).sizes
    assert {key for key, size in sizes.items() if size} == {("view", "snoozed")}
    day = "November 20, 2026"
    assert told(case, "snoozed") == [f"Snoozed until {day}, or until something comes in: {WHY}"]
    assert told(case, "snoozed", "es") == [
        f"Pospuesto hasta el 20 de noviembre de 2026 o hasta que llegue algo: {WHY}"
    ]


def test_no_one_takes_it_next(
    snooze: Callable[..., Case], case: Case, ben: User, ana: User, now: datetime
) -> None:
    snooze()
    Case.objects.filter(pk=case.pk).update(assignee=None)
    assert next_keys(ben) == []
    assert actions.take_next(by=ben, now=now) is None
    actions.bring_back(case=case, by=ana, now=now)
    assert actions.take_next(by=ben, now=now) == case


def test_a_second_click_is_one_snooze_and_another_day_replaces_it(
    snooze: Callable[..., Case], case: Case, today: date
) -> None:
    snooze()
    snooze()
    assert (len(told(case, "snoozed")), Case.objects.get().version) == (1, 2)
    again = snooze(3, on_reply=False)
    assert (again.snoozed_until, again.snooze_ends_on_reply) == (morning_of(today + 3 * DAY), False)
    assert told(case, "snoozed")[1] == f"Snoozed until November 21, 2026: {WHY}"


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, "snooze_past"), (0, "snooze_past"), (9, ""), (10, "snooze_too_long")],
)
def test_never_in_the_past_and_never_beyond_the_next_step(
    snooze: Callable[..., Case], case: Case, days: int, expected: str
) -> None:
    if not expected:
        assert snooze(days).snoozed_until
        return
    with pytest.raises(ValidationError) as error:
        snooze(days)
    assert code(error) == expected
    assert is_awake(case)
    if expected == "snooze_too_long":
        assert "November 27, 2026" in error.value.messages[0]


def test_never_beyond_an_outside_deadline_or_our_agreement(
    snooze: Callable[..., Case], case: Case, ana: User, today: date, now: datetime
) -> None:
    for party, days in ((Party.CUSTOMER, 1), (Party.STORE, 5)):
        agreed = actions.Agreed(party=party, what="Ver", language="es", due_on=today + days * DAY)
        actions.make_promise(case=case, agreed=agreed, by=ana, now=now)
    with pytest.raises(ValidationError) as error:
        snooze(6)
    assert (code(error), "November 23, 2026" in error.value.messages[0]) == (
        "snooze_too_long",
        True,
    )
    actions.open_outside_deadline(
        case=case, body=OutsideBody.CFPB, received_on=today, due_on=today + 3 * DAY, by=ana, now=now
    )
    with pytest.raises(ValidationError) as error:
        snooze(5)
    assert "November 21, 2026" in error.value.messages[0]
    assert snooze(3).snoozed_until


def test_what_is_due_today_or_late_cannot_wait(
    snooze: Callable[..., Case], case: Case, today: date
) -> None:
    for due_on in (today, today - DAY):
        Case.objects.filter(pk=case.pk).update(due_on=due_on)
        with pytest.raises(ValidationError) as error:
            snooze(1)
        assert code(error) == "snooze_due"


def test_not_without_a_reason_and_not_by_anyone(
    snooze: Callable[..., Case], case: Case, carla: Customer, mateo: User, now: datetime
) -> None:
    with pytest.raises(ValidationError) as error:
        snooze(reason="  ")
    assert code(error) == "reason"
    for user in (mateo, carla.user):
        with pytest.raises(PermissionDenied):
            snooze(by=user)
        with pytest.raises(PermissionDenied):
            actions.bring_back(case=case, by=user, now=now)


def test_neither_what_a_supervisor_has_nor_what_has_ended(
    snooze: Callable[..., Case], case: Case, ana: User, now: datetime
) -> None:
    actions.escalate(case=case, reason="Decidir.", by=ana, now=now)
    with pytest.raises(ValidationError) as error:
        snooze()
    assert code(error) == "snooze_escalated"
    for status in (CaseStatus.RESOLVED, CaseStatus.CLOSED):
        Case.objects.filter(pk=case.pk).update(status=status)
        with pytest.raises(ValidationError) as error:
            snooze()
        assert code(error) == "case_over"


@pytest.mark.parametrize(
    "fields",
    [
        {"status": CaseStatus.ESCALATED},
        {"status": CaseStatus.RESOLVED},
        {"snooze_reason": ""},
        {"snoozed_until": None},
    ],
)
def test_the_database_holds_it(snooze: Callable[..., Case], fields: dict[str, Any]) -> None:
    case = snooze()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**fields)


def test_it_is_back_in_the_morning_of_its_day_also_a_week_later(
    snooze: Callable[..., Case], case: Case, today: date
) -> None:
    morning = morning_of(today + 2 * DAY)
    assert morning.hour == 15  # nine in the company's zone
    snooze()
    assert actions.wake_snoozed(now=morning - timedelta(seconds=1)) == 0
    assert not is_awake(case)
    assert actions.wake_snoozed(now=morning + 7 * DAY) == 1
    assert actions.wake_snoozed(now=morning + 7 * DAY) == 0
    assert is_awake(case)
    assert told(case, "snooze_ended") == ["Back in the queue: its date arrived"]
    [mail] = to_ana()
    assert "llegó la fecha" in mail


def test_what_the_customer_writes_brings_it_back(
    snooze: Callable[..., Case], case: Case, carla: Customer, now: datetime
) -> None:
    snooze()
    actions.add_customer_message(case=case, body="¿Hay noticias?", by=carla.user, now=now)
    assert is_awake(case)
    assert told(case, "snooze_ended", "es") == ["Otra vez en la cola: el cliente escribió"]
    assert len(to_ana()) == 1


def test_only_the_day_brings_it_back_if_that_was_chosen(
    snooze: Callable[..., Case], case: Case, carla: Customer, now: datetime
) -> None:
    snooze(on_reply=False)
    actions.add_customer_message(case=case, body="Gracias.", by=carla.user, now=now)
    assert not is_awake(case)


def test_a_message_that_makes_it_our_turn_always_brings_it_back(
    snooze: Callable[..., Case], case: Case, carla: Customer, now: datetime
) -> None:
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.WAITING_CUSTOMER)
    snooze(on_reply=False)
    actions.add_customer_message(case=case, body="Aquí está.", by=carla.user, now=now)
    assert is_awake(case)
    assert told(case, "snooze_ended") == ["Back in the queue: its status changed"]


def test_the_email_names_the_day_that_counts_from_then_on(
    snooze: Callable[..., Case], case: Case, carla: Customer, now: datetime
) -> None:
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.WAITING_CUSTOMER)
    before = snooze().due_on
    actions.add_customer_message(case=case, body="Aquí está.", by=carla.user, now=now)
    case.refresh_from_db()
    assert case.due_on < before
    [mail] = to_ana()
    with translation.override("es"):
        assert f"Próximo paso, a más tardar el: {day(case.due_on)}" in mail


def test_one_that_cannot_come_back_does_not_keep_the_others(
    snooze: Callable[..., Case], open_case: Callable[..., Case], case: Case, ana: User,
    today: date, now: datetime,
) -> None:  # fmt: skip
    other = open_case(due_on=today + 9 * DAY)
    snooze(1)
    snooze(2, case=other)
    with connection.cursor() as cursor:  # as if its row were broken
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE 'broken'; END $$;"
            "CREATE TRIGGER refuse BEFORE UPDATE ON cases_case FOR EACH ROW"
            f" WHEN (OLD.id = {case.pk}) EXECUTE FUNCTION refuse()"
        )
    assert actions.wake_snoozed(now=now + 7 * DAY) == 1
    assert is_awake(other)
    assert not is_awake(case)


@pytest.mark.parametrize("answer", [StoreAnswer.CONFIRMED, StoreAnswer.REFUSED])
def test_the_stores_answer_brings_it_back(
    open_case: Callable[..., Case], snooze: Callable[..., Case], ana: User, today: date,
    now: datetime, answer: StoreAnswer,
) -> None:  # fmt: skip
    case = open_case(kind="return", due_on=today + 9 * DAY)
    row = actions.hand_in_return(case=case, handed_in_on=today - DAY, by=ana, now=now)
    case = snooze(1, case=case)
    actions.answer_return(
        row=row, answer=answer, on=today, name="Delia", note="Rayado.", by=ana, now=now
    )
    assert is_awake(case)
    assert told(case, "snooze_ended") == ["Back in the queue: the store answered"]
    assert to_ana() == []  # her own doing


def test_a_call_about_it_brings_it_back(
    snooze: Callable[..., Case], case: Case, ben: User, now: datetime
) -> None:
    snooze()
    call = actions.AddedCall(channel="phone", language="es", summary="Pregunta otra vez.")
    draft = actions.start_call(by=ben, now=now)
    actions.add_call_to_case(draft=draft, case=case, call=call, by=ben, now=now)
    assert is_awake(case)
    assert told(case, "snooze_ended") == ["Back in the queue: there was a call about it"]
    assert len(to_ana()) == 1  # it was Ben


def test_a_day_that_someone_counts_on_sooner_brings_it_back(
    snooze: Callable[..., Case], case: Case, ana: User, today: date, now: datetime
) -> None:
    def agreed(party: Party, days: int) -> actions.Agreed:
        due_on = today + days * DAY
        return actions.Agreed(party=party, what=f"{party} {days}", language="es", due_on=due_on)

    snooze(5)
    actions.make_promise(case=case, agreed=agreed(Party.CUSTOMER, 1), by=ana, now=now)
    actions.make_promise(case=case, agreed=agreed(Party.COMPANY, 5), by=ana, now=now)
    assert not is_awake(case)
    actions.make_promise(case=case, agreed=agreed(Party.COMPANY, 4), by=ana, now=now)
    assert is_awake(case)
    snooze(4)
    actions.open_outside_deadline(
        case=case, body=OutsideBody.CFPB, received_on=today, due_on=today + DAY, by=ana, now=now
    )
    assert is_awake(case)
    case.outside_deadlines.update(answered_on=today, answered_by=ana)
    version = snooze(4).version
    update = actions.Update(due_on=today + 3 * DAY)
    actions.update_case(case=case, version=version, update=update, by=ana, now=now)
    assert is_awake(case)
    assert told(case, "snooze_ended") == ["Back in the queue: something is due sooner"] * 3


def test_a_note_leaves_it_and_the_end_of_the_case_tells_no_one(
    snooze: Callable[..., Case], case: Case, ben: User, now: datetime
) -> None:
    version = snooze().version
    note = actions.Update(body="Llamé.", language="es")
    actions.update_case(case=case, version=version, update=note, by=ben, now=now)
    assert not is_awake(case)
    ended = actions.Update(
        body="Listo.", language="es", visibility="public", to_status=CaseStatus.RESOLVED,
        outcome="plan_agreed",
    )  # fmt: skip
    actions.update_case(case=case, version=version + 1, update=ended, by=ben, now=now)
    assert is_awake(case)
    assert (told(case, "snooze_ended"), to_ana()) == ([], [])


def test_a_duplicate_ends_its_snooze_and_brings_back_the_other_one(
    snooze: Callable[..., Case], open_case: Callable[..., Case], case: Case, carla: Customer,
    ana: User, today: date, now: datetime,
) -> None:  # fmt: skip
    other = open_case(due_on=today + 9 * DAY)
    actions.add_customer_message(case=other, body="Hola.", by=carla.user, now=now)
    snooze()
    snooze(case=other)
    actions.merge_case(case=other, into=case, by=ana, now=now)
    assert is_awake(other)
    assert is_awake(case)


# --- on the pages ---


@pytest.fixture
def agent(
    sign_in: Callable[[User], Client], ana: User, now: datetime, at: Callable[[datetime], None]
) -> Client:
    at(now)
    return sign_in(ana)


def page_of(client: Client, case: Case, **query: str) -> Any:
    return client.get(reverse("case", args=[case.number]), query)


def test_snoozed_from_its_page_and_brought_back(agent: Client, case: Case, today: date) -> None:
    form = page_of(agent, case, open="snooze").context["snoozing"]
    assert form["until"].value() == today + 9 * DAY  # the day it's due
    address = reverse("case_snooze", args=[case.number])
    sent = {"until": "2026-11-20", "on_reply": "on", "reason": WHY}
    page = agent.post(address, sent, follow=True)
    assert "Pospuesto hasta el" in unescape(page.content.decode())
    [thing] = page.context["things"]
    assert (thing.words, thing.language, thing.deed.label) == (WHY, "es", "Traer de vuelta")
    case.refresh_from_db()
    assert case.snooze_ends_on_reply
    [row] = agent.get(reverse("queue"), {"view": "snoozed"}).context["groups"][0].rows
    assert [each.words for each in row.chips] == ["vuelve el vie 20 nov"]
    page = agent.post(thing.deed.address, dict([thing.deed.posts]), follow=True)
    assert page.context["things"] == []
    assert is_awake(case)
    assert told(case, "snooze_ended", "es") == ["Otra vez en la cola: alguien lo trajo de vuelta"]
    assert to_ana() == []
    agent.post(thing.deed.address)
    assert len(told(case, "snooze_ended")) == 1


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [("2026-11-17", WHY, "until"), ("2026-12-24", WHY, "until"), ("2026-11-20", "", "reason")],
)
def test_what_was_typed_stays_with_what_is_wrong(
    agent: Client, case: Case, until: str, reason: str, field: str
) -> None:
    address = reverse("case_snooze", args=[case.number])
    page = agent.post(address, {"until": until, "reason": reason})
    assert page.status_code == 422
    form = page.context["snoozing"]
    assert list(form.errors) == [field]
    assert (form["until"].value(), form["reason"].value()) == (until, reason)
    assert page.context["opened"] == "snooze"
    assert is_awake(case)


def test_the_page_says_why_it_cannot_be_snoozed(agent: Client, case: Case, today: date) -> None:
    Case.objects.filter(pk=case.pk).update(due_on=today - DAY)
    page = page_of(agent, case, open="snooze")
    assert page.context["snoozing"] is None
    assert "17 de noviembre" in page.context["not_snoozed"].messages[0]


def test_a_filter_of_the_queue_leads_there_with_its_count(
    agent: Client, snooze: Callable[..., Case]
) -> None:
    snooze()
    page = agent.get(reverse("queue"))
    assert page.context["page"].rows == []
    [facet] = [
        each
        for section in page.context["sections"]
        for each in section.facets
        if each.label == "Pospuestos"
    ]
    assert facet.size == "1"
    page = agent.get(facet.address)
    assert len(page.context["page"].rows) == 1
    assert [tab["name"] for tab in page.context["tabs"]][-2:] == ["snoozed", "done"]
    assert "Pospuestos" in text(page)


@pytest.mark.parametrize("count", [1, 30])
def test_the_snoozed_cost_as_many_queries_as_any_view(
    agent: Client, open_case: Callable[..., Case], snooze: Callable[..., Case], today: date,
    django_assert_num_queries: Any, count: int,
) -> None:  # fmt: skip
    agent.get(reverse("queue"))
    for _ in range(count):
        snooze(case=open_case(due_on=today + 9 * DAY))
    with django_assert_num_queries(7):
        page = agent.get(reverse("queue"), {"view": "snoozed"})
    assert len(page.context["page"].rows) == count
