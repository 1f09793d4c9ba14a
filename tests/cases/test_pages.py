"""The agents' pages: the queue, the call form, a case, and how many queries they take."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import actions
from cases.models import CallDraft, Case, Entry
from common.company_day import business_day
from leases.models import Customer, Lease

Queries = Any
SignIn = Callable[[User], Client]


def errors(response: Any, form: str = "form") -> dict[str, list[str]]:
    data = response.context[form].errors.as_data()
    return {field: [error.code for error in each] for field, each in data.items()}


@pytest.fixture
def agent(sign_in: SignIn, ana: User) -> Client:
    client = sign_in(ana)
    client.get("/cases/")  # the session's first write is not part of a page's cost
    return client


@pytest.mark.parametrize("count", [1, 30])
def test_a_queue_of_one_costs_what_a_queue_of_thirty_costs(
    agent: Client, open_case: Callable[..., Case], django_assert_num_queries: Queries, count: int
) -> None:
    for _ in range(count):
        open_case()
    with django_assert_num_queries(7):  # four of them for the frame
        response = agent.get(reverse("queue"))
    assert len(response.context["page"].rows) == count


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_of_leases_costs_the_same_for_one_and_thirty(
    agent: Client,
    make_lease: Callable[..., Lease],
    carla: Customer,
    django_assert_num_queries: Queries,
    count: int,
) -> None:
    for place in range(count):
        make_lease(carla, f"5500{place:03d}")
    with django_assert_num_queries(5):
        response = agent.get(reverse("leases"))
    assert len(response.context["page"].rows) == count


def test_the_language_switch_is_the_same_everywhere(
    agent: Client, open_case: Callable[..., Case]
) -> None:
    pages = (reverse("queue"), reverse("case", args=[open_case().number]))
    switches = [agent.get(page).context["languages"] for page in pages]
    assert switches[0] == switches[1]


@pytest.mark.parametrize("count", [1, 25])
def test_a_timeline_costs_the_same_for_one_and_many(
    agent: Client,
    open_case: Callable[..., Case],
    ana: User,
    now: datetime,
    django_assert_num_queries: Queries,
    count: int,
) -> None:
    case = open_case()
    for place in range(count):
        update = actions.Update(body=f"Nota {place}", language="es")
        actions.update_case(case=case, version=place + 1, update=update, by=ana, now=now)
    with django_assert_num_queries(23):
        response = agent.get(reverse("case", args=[case.number]))
    assert len(response.context["entries"].rows) == count + 2


def test_every_case_is_on_exactly_one_page(
    agent: Client, open_case: Callable[..., Case], now: datetime
) -> None:
    opened = {open_case(due_on=(now + timedelta(days=place % 4)).date()).pk for place in range(65)}
    address, seen = reverse("queue"), []
    while address:
        page = agent.get(address).context["page"]
        seen += [case.pk for case in page.rows]
        address = f"{reverse('queue')}?after={page.next}" if page.next else ""
    assert len(seen) == 65
    assert set(seen) == opened


@pytest.mark.parametrize("after", ["x", "%00", "bnVsbA", "W10", "WzEsMiwzXQ", "WyJhIiwiYiIsImMiXQ"])
def test_an_invented_cursor_shows_the_first_page(
    agent: Client, open_case: Callable[..., Case], after: str
) -> None:
    open_case()
    response = agent.get(reverse("queue"), {"after": after})
    assert response.status_code == 200
    assert len(response.context["page"].rows) == 1


def test_counts_stop_at_a_thousand(agent: Client, open_case: Callable[..., Case]) -> None:
    case = open_case()
    copies = [
        Case(
            number=f"99{place:07d}", lease=case.lease, kind_id="other", channel="phone",
            language="es", headline="x", opened_by=case.opened_by, assignee=case.assignee,
            opened_at=case.opened_at, changed_at=case.changed_at, due_on=case.due_on,
        )
        for place in range(1000)
    ]  # fmt: skip
    Case.objects.bulk_create(copies)
    tabs = {tab["name"]: tab["count"] for tab in agent.get(reverse("queue")).context["tabs"]}
    assert tabs["mine"] == "1000+"
    assert tabs["escalated"] == ""


def test_filters_are_part_of_the_address(
    agent: Client, open_case: Callable[..., Case], dans_lease: Lease
) -> None:
    open_case(kind="return")
    english = open_case(lease=dans_lease, kind="fraud", language="en")
    for query in ({"language": "en"}, {"kind": "fraud"}, {"kind": "fraud", "language": "en"}):
        assert agent.get(reverse("queue"), query).context["page"].rows == [english]
    assert agent.get(reverse("queue"), {"kind": "nonsense"}).status_code == 200


@pytest.mark.requirement("R8")
def test_escalated_cases_stand_on_top_of_the_supervisors_queue(
    sign_in: SignIn, sofia: User, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case(due_on=(now + timedelta(days=30)).date())
    open_case(due_on=now.date())
    agent = sign_in(ana)
    response = agent.post(
        reverse("case_escalations", args=[case.number]), {"reason": "La tienda se niega."}
    )
    assert response.status_code == 302
    rows = sign_in(sofia).get(reverse("queue")).context["page"].rows
    assert rows[0] == case


@pytest.mark.requirement("R7", "R13")
def test_logging_a_call_step_by_step(agent: Client, lease: Lease, dans_lease: Lease) -> None:
    started = agent.post(reverse("calls"))
    address = started.headers["Location"]
    number = re.search(r"\d{9}", address).group()  # type: ignore[union-attr]
    grouped = f"{number[:3]} {number[3:6]} {number[6:]}"
    assert grouped in agent.get(address).content.decode().replace("\xa0", " ")

    typed = {"language": "es", "contract": "pena", "summary": "Llama por un cargo", "find": "1"}
    found = agent.post(address, typed)
    assert [each["lease"] for each in found.context["found"]] == [lease]
    assert "Llama por un cargo" in found.content.decode()
    part = agent.post(address, typed, headers={"HX-Request": "true"}).content.decode()
    assert lease.account_number in part
    assert "<html" not in part

    refused = agent.post(address, {"language": "es", "contract": "pena", "channel": "phone"})
    assert refused.status_code == 422
    assert errors(refused) == {
        "kind": ["required"], "summary": ["required"], "visibility": ["required"],
    }  # fmt: skip

    done = agent.post(
        address,
        {
            "language": "es", "contract": "pena", "lease": lease.account_number,
            "kind": "charge_dispute", "channel": "phone", "visibility": "internal",
            "summary": "Llama por un cargo\r\nde $84.20",
        },
    )  # fmt: skip
    assert done.headers["Location"] == reverse("case", args=[number])
    case = Case.objects.get(number=number)
    assert case.entries.get(kind="call").body == "Llama por un cargo\nde $84.20"
    assert agent.post(address, {}).headers["Location"] == reverse("case", args=[number])


def test_a_search_that_finds_two_asks_which(
    agent: Client, make_lease: Callable[..., Lease], carla: Customer, lease: Lease
) -> None:
    make_lease(carla, "700700700")
    address = agent.post(reverse("calls")).headers["Location"]
    response = agent.post(
        address,
        {"language": "es", "contract": "carla", "kind": "other", "channel": "phone",
         "visibility": "internal", "summary": "Hola"},
    )  # fmt: skip
    assert errors(response) == {"contract": ["lease_choose"]}


def test_drafts_are_saved_and_come_back(
    agent: Client, sign_in: SignIn, ben: User, mateo: User
) -> None:
    address = agent.post(reverse("calls")).headers["Location"]
    typed = {"summary": "A medio escribir", "language": "en", "kind": "return"}
    assert agent.post(f"{address}draft/", typed).status_code == 204
    assert "A medio escribir" in agent.get(address).content.decode()
    assert [call.number for call in agent.get("/cases/").context["calls"]] == [
        CallDraft.objects.get().number
    ]
    colleague, outsider = sign_in(ben), sign_in(mateo)
    assert "A medio escribir" in colleague.get(address).content.decode()
    assert colleague.get("/cases/").context["calls"] == []
    assert outsider.get(address).status_code == 404
    assert outsider.post(f"{address}draft/", typed).status_code == 404


def test_two_agents_saving_the_same_case_lose_nothing(
    sign_in: SignIn, ana: User, ben: User, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    address = reverse("case_entries", args=[case.number])
    first, second = sign_in(ana), sign_in(ben)
    page = second.get(reverse("case", args=[case.number]))
    loaded = {
        "version": page.context["composer"]["version"].value(),
        "seen": page.context["composer"]["seen"].value(),
        "visibility": "internal",
        "language": "en",
    }
    assert first.post(address, loaded | {"body": "Ana fue primero."}).status_code == 302
    stale = second.post(address, loaded | {"body": "Ben was second."})
    assert stale.status_code == 409
    assert errors(stale, "composer") == {"__all__": ["case_stale"]}
    shown = stale.content.decode()
    assert "Ana fue primero." in shown
    assert "Ben was second." in shown
    assert not Entry.objects.filter(body="Ben was second.").exists()
    again = {"version": stale.context["composer"]["version"].value(), "seen": "0"}
    assert second.post(address, loaded | again | {"body": "Ben was second."}).status_code == 302
    assert Entry.objects.filter(body="Ben was second.").exists()


@pytest.mark.requirement("R37")
def test_a_mistyped_number_is_told_from_an_unknown_one(
    agent: Client, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    found = agent.get(reverse("find"), {"q": case.spoken_number})
    assert found.headers["Location"] == reverse("case", args=[case.number])
    last = str((int(case.number[-1]) + 1) % 10)
    mistyped = agent.get(reverse("find"), {"q": case.number[:-1] + last})
    assert mistyped.context["found"].problem.code == "case_number_check"
    from cases import numbers  # noqa: PLC0415

    unknown = agent.get(reverse("find"), {"q": numbers.make(year=2026, running=999_999)})
    assert unknown.context["found"].problem.code == "case_unknown"


@pytest.mark.requirement("R55")
@pytest.mark.parametrize(
    ("language", "word"), [("en", "Contracts Received"), ("es", "Contratos recibidos")]
)
def test_the_table_of_statuses_is_a_page_in_both_languages(
    agent: Client, ana: User, language: str, word: str
) -> None:
    User.objects.filter(pk=ana.pk).update(language=language)
    page = agent.get(reverse("lease_statuses")).content.decode()
    assert word in page
    assert page.count('data-status="') >= 12


def test_a_lease_shows_its_effective_status_and_history(
    agent: Client, lease: Lease, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    Lease.objects.filter(pk=lease.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    page = agent.get(reverse("lease", args=[lease.account_number]))
    assert page.context["clock"]["status"] == "approval_expired"
    assert case.spoken_number in page.content.decode()


@pytest.mark.requirement("R37")
def test_a_number_read_aloud_is_found_before_the_call_is_finished(
    agent: Client, sign_in: SignIn, ben: User, mateo: User
) -> None:
    address = agent.post(reverse("calls")).headers["Location"]
    call = CallDraft.objects.get()
    asked = {"q": call.spoken_number}
    assert agent.get(reverse("find"), asked).headers["Location"] == address
    assert list(agent.get(reverse("queue")).context["calls"]) == [call]
    assert sign_in(ben).get(reverse("find"), asked).headers["Location"] == address
    outsider = sign_in(mateo).get(reverse("find"), asked).context["found"].problem
    assert outsider.code == "case_unknown"


def test_customers_who_wait_for_an_answer_have_a_queue(
    agent: Client, open_case: Callable[..., Case], carla: Customer, now: datetime
) -> None:
    open_case()
    case = open_case()
    actions.add_customer_message(case=case, body="Hola", by=carla.user, now=now)
    page = agent.get(reverse("queue"), {"view": "unanswered"}).context["page"]
    assert page.rows == [case]


def test_an_agent_is_not_offered_what_a_supervisor_decides(
    agent: Client,
    sign_in: SignIn,
    sofia: User,
    ana: User,
    open_case: Callable[..., Case],
    now: datetime,
) -> None:
    case = open_case()
    actions.escalate(case=case, reason="La tienda se niega.", by=ana, now=now)
    address = reverse("case", args=[case.number])
    offered = [
        [value for value, _ in client.get(address).context["composer"].fields["to_status"].choices]
        for client in (agent, sign_in(sofia))
    ]
    assert offered == [[""], ["", "in_progress", "waiting_customer", "waiting_store", "resolved"]]


def test_a_follow_up_outside_the_available_days_is_pointed_out(
    agent: Client, open_case: Callable[..., Case]
) -> None:
    address = reverse("case_follow_ups", args=[open_case().number])
    today = business_day(timezone.now())
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 7)
    for day, warned in ((saturday, True), (saturday + timedelta(days=2), False)):
        answer = agent.post(address, {"on": day.isoformat(), "message": "Hola"}, follow=True)
        told = [message.level_tag for message in answer.context["messages"]]
        assert told == ["warning" if warned else "success"]


def test_a_bad_file_is_named_also_when_the_save_came_too_late(
    agent: Client, open_case: Callable[..., Case]
) -> None:
    address = reverse("case_entries", args=[open_case().number])
    photo = SimpleUploadedFile("x.txt", b"no photo", content_type="image/jpeg")
    answer = agent.post(address, {"version": "9", "body": "Hola", "evidence": photo})
    assert answer.status_code == 409
    assert "“x.txt”: Este archivo no es" in answer.content.decode()


def test_a_lease_found_shows_its_open_case(
    agent: Client, open_case: Callable[..., Case], make_lease: Callable[..., Lease], carla: Customer
) -> None:
    case = open_case()
    make_lease(carla, "700700700")
    address = agent.post(reverse("calls")).headers["Location"]
    call = agent.post(address, {"contract": "carla", "find": "1"}).content.decode()
    found = agent.get(reverse("find"), {"q": "carla"})
    for page in (call, found.content.decode()):
        assert reverse("case", args=[case.number]) in page
    assert found.context["found"].cases == [case]
