"""Follow-ups on the page of their case and in the calendar: set, moved, done, canceled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from cases import actions
from cases.enums import EntryKind
from cases.models import Case, Entry, FollowUp
from cases.queries.calendar import monday_of
from common.company_day import business_day
from leases.models import Customer, Lease
from mail.models import Email
from tests.moves import move

NEXT_MONTH = (business_day(timezone.now()) + timedelta(days=30)).isoformat()
CALENDAR = "/correspondence/follow-ups/"
Queries = Callable[[int], Any]


@pytest.fixture
def agent(ana: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ana)


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case(now=timezone.now())


@pytest.fixture
def monday() -> date:
    """Of next week."""
    return monday_of(business_day(timezone.now())) + timedelta(days=7)


@pytest.fixture
def plan(case: Case, ana: User, monday: date) -> Callable[..., FollowUp]:
    """For next Monday."""

    def planned(**fields: Any) -> FollowUp:
        values = {"case": case, "on": monday, "message": "¿Llegó?", "by": ana}
        return actions.set_follow_up(**(values | {"now": timezone.now()} | fields))

    return planned


def told(answer: Any) -> list[str]:
    return [message.level_tag for message in answer.context["messages"]]


def codes(form: Any) -> dict[str, list[str]]:
    return {name: [e.code for e in each] for name, each in form.errors.as_data().items()}


@pytest.mark.requirement("R5")
def test_the_form_sets_what_was_chosen_and_says_when_it_goes(
    agent: Client, case: Case, monday: date
) -> None:
    place = reverse("case_follow_ups", args=[case.number])
    saturday = monday + timedelta(days=5)
    typed = {"rule": "on_day", "on": saturday, "channel": "phone", "language": "en"}
    answer = agent.post(place, typed, follow=True)
    assert told(answer) == ["warning"]
    follow_up = FollowUp.objects.get()
    assert follow_up.on == monday + timedelta(days=7)
    assert (follow_up.channel, follow_up.language, follow_up.message) == ("phone", "en", "")
    agent.post(place, {"rule": "business_days", "days": "2", "template": "status_changed"})
    assert FollowUp.objects.latest("pk").template == "status_changed"


def test_a_language_nobody_chose_stays_open(agent: Client, case: Case) -> None:
    place = f"{reverse('case', args=[case.number])}?open=follow-ups"
    assert (
        'value="" selected>El de Carla Peña (ahora, español)' in agent.get(place).content.decode()
    )
    typed = {"rule": "window_ends", "template": "status_changed", "language": ""}
    agent.post(reverse("case_follow_ups", args=[case.number]), typed)
    assert FollowUp.objects.get().language == ""
    Customer.objects.filter(leases__cases=case).update(language="en")
    page = agent.get(place)
    assert [each.follow_up.spoken for each in page.context["follow_ups"]] == ["en"]


ENGLISH = "We have not heard from you yet. Did the store call you about the refund?"


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ({"message": ENGLISH}, "language_looks_other"),  # to Carla, who gets hers in Spanish
        ({"message": "Balance total: $60"}, "language_undecided"),
        ({"message": ENGLISH, "language": "en"}, None),
        ({"message": "¿Ya le llamó la tienda por su reembolso?"}, None),
        ({"message": ENGLISH, "channel": "phone"}, None),  # for whoever makes the call
    ],
)
def test_a_mail_half_in_another_language_is_asked_about_once(
    agent: Client, case: Case, typed: dict[str, str], question: str | None
) -> None:
    place = reverse("case_follow_ups", args=[case.number])
    typed = {"rule": "window_ends", **typed}
    answer = agent.post(place, typed, follow=True)
    if question:
        form = answer.context["follow_up"]
        assert codes(form) == {"message": [question]}
        assert f'name="asked" value="{form["asked"].value()}"' in answer.content.decode()
        assert not FollowUp.objects.exists()
        answer = agent.post(place, typed | {"asked": form["asked"].value()}, follow=True)
    assert told(answer) == ["success"]
    assert FollowUp.objects.get().message == typed["message"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"rule": "business_days"}, {"days": ["required"], "message": ["required"]}),
        ({"rule": "business_days", "days": "61", "message": "Ya listo."}, {"days": ["max_value"]}),
        ({"rule": "yesterday", "message": "Ya le avisamos."}, {"rule": ["invalid_choice"]}),
        (
            {"rule": "window_ends", "channel": "letter", "message": "Ya le avisamos."},
            {"channel": ["invalid_choice"]},
        ),
        (
            {"rule": "window_ends", "template": "sign_in_code", "message": "Ya le avisamos."},
            {"template": ["invalid_choice"]},
        ),
        (
            {"rule": "window_ends", "template": "status_changed", "message": "Ya le avisamos."},
            {"__all__": ["follow_up_message_unused"]},
        ),
        (
            {"rule": "window_ends", "template": "return_steps"},  # of a late payment
            {"template": ["invalid_choice"]},
        ),
        (
            {"rule": "store_silent", "on": NEXT_MONTH, "message": "Ya le avisamos."},
            {"__all__": ["follow_up_not_waiting"]},
        ),
    ],
)
def test_a_refused_follow_up_says_why_and_keeps_what_was_typed(
    agent: Client, case: Case, typed: dict[str, str], expected: dict[str, list[str]]
) -> None:
    answer = agent.post(reverse("case_follow_ups", args=[case.number]), typed)
    assert answer.status_code == 422
    assert codes(answer.context["follow_up"]) == expected
    assert answer.context["follow_up"].data["rule"] == typed["rule"]
    assert not FollowUp.objects.exists()


def test_silence_of_the_store_is_offered_where_it_is_waited_for(agent: Client, case: Case) -> None:
    def offered() -> bool:
        page = agent.get(reverse("case", args=[case.number]), {"open": "follow-ups"}).content
        assert b'value="store_silent"' in page
        return b'value="store_silent" disabled' not in page

    assert not offered()
    update = move("waiting_store", due_on=business_day(timezone.now()))
    actions.update_case(
        case=case, version=case.version, update=update, by=case.opened_by, now=timezone.now()
    )
    assert offered()


@pytest.mark.requirement("R5")
def test_a_case_shows_what_became_of_its_follow_ups(
    agent: Client, case: Case, plan: Callable[..., FollowUp], ana: User
) -> None:
    call, sent, gone = plan(channel="phone"), plan(), plan(message="¿Y ahora?")
    actions.send_follow_ups(now=sent.send_at)
    FollowUp.objects.filter(pk=gone.pk).update(
        done_at=None, cancelled_at=timezone.now(), cancel_reason="store_confirmed"
    )
    made = agent.post(
        reverse("case_follow_up_completion", args=[case.number, call.pk]), follow=True
    )
    assert told(made) == ["success"]
    page = agent.get(reverse("case", args=[case.number]), {"open": "follow-ups"}).content.decode()
    for words in ("hecha", ">cancelado<", "la tienda confirmó"):
        assert words in page
    assert "<summary>Mensaje</summary>" in page  # finished ones don't fill the column


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("pending", "en espera de envío"),
        ("sent", "enviado"),
        ("failed", "no entregado"),
        ("withdrawn", "retirado"),
    ],
)
def test_what_became_of_its_mail_is_said(
    agent: Client, case: Case, plan: Callable[..., FollowUp], monday: date, state: str, words: str
) -> None:
    follow_up = plan()
    actions.send_follow_ups(now=follow_up.send_at)
    mail = Email.objects.filter(key=f"follow_up:{follow_up.pk}")
    mail.update(state=state, sent_at=follow_up.send_at if state == "sent" else None)
    shown = agent.get(reverse("case", args=[case.number]), {"open": "follow-ups"})
    [row] = shown.context["follow_ups"]
    assert row.mail == mail.get()
    page = shown.content.decode()
    assert f">{words}</span>" in page
    assert (">enviado</span>" in page) is (state == "sent")
    week = agent.get(CALENDAR, {"week": monday}).content.decode()
    assert ("Correo enviado" in week) is (state == "sent")
    assert (f"Correo: {words}" in week) is (state != "sent")


def test_a_mail_that_should_have_gone_is_late(
    agent: Client, case: Case, plan: Callable[..., FollowUp], settings: Any
) -> None:
    plan()
    settings.OUTBOX_ALERT_MINUTES = 20
    for minutes, is_late in ((19, False), (21, True)):
        due = timezone.now() - timedelta(minutes=minutes)
        FollowUp.objects.update(on=business_day(due), send_at=due)
        panel = f"{reverse('case', args=[case.number])}?open=follow-ups"
        for address in (panel, CALENDAR):
            assert (">atrasado</span>" in agent.get(address).content.decode()) is is_late


@pytest.mark.requirement("R5")
def test_a_call_is_made_from_the_calendar(
    agent: Client, case: Case, plan: Callable[..., FollowUp], monday: date
) -> None:
    call = plan(channel="phone", message="¿Ya llegó el sofá?")
    page = agent.get(CALENDAR, {"week": monday, "whose": "everybody"}).content.decode()
    for words in ("tel:+12105550134", "¿Ya llegó el sofá?", "Mover esta llamada: Carla Peña"):
        assert words in page
    address = reverse("case_follow_up_completion", args=[case.number, call.pk])
    assert address not in page
    there = f"{CALENDAR}?week={monday}&whose=everybody&open={call.pk}&form=made"
    assert f'href="{escape(there)}#follow-up-{call.pk}"' in page
    assert f'action="{address}"' in agent.get(there).content.decode()
    typed = {"words": "Llegó ayer.", "week": monday, "whose": "everybody"}
    made = agent.post(address, typed, follow=True)
    assert told(made) == ["success"]
    assert made.redirect_chain == [(f"{CALENDAR}?week={monday}&whose=everybody", 302)]
    assert Entry.objects.filter(case=case, kind=EntryKind.CALL, body="Llegó ayer.").exists()


@pytest.mark.requirement("R5")
def test_what_came_of_a_call_stays_with_the_case(
    agent: Client, case: Case, plan: Callable[..., FollowUp]
) -> None:
    call = plan(channel="phone")
    address = reverse("case_follow_up_completion", args=[case.number, call.pk])
    words = "  No contestó.\nLlamo el martes."
    too_long = agent.post(address, {"words": "x" * 50_001})
    assert too_long.status_code == 422
    assert codes(too_long.context["calling"]) == {"words": ["max_length"]}
    assert FollowUp.objects.pending().get() == call

    assert agent.post(address, {"words": words.replace("\n", "\r\n")}).status_code == 302
    entry = Entry.objects.get(case=case, kind=EntryKind.CALL, body=words)
    assert (entry.visibility, entry.channel, entry.language) == ("internal", "phone", "es")

    late = agent.post(address, {"words": "Otra vez no contestó."})
    assert late.status_code == 409
    assert codes(late.context["calling"]) == {"__all__": ["follow_up_gone"]}
    assert late.context["composer"]["body"].value() == "Otra vez no contestó."
    assert not Entry.objects.filter(body__startswith="Otra vez").exists()


PLACES = {
    "case": lambda each: reverse("case_follow_up_day", args=[each.case.number, each.pk]),
    "calendar": lambda each: reverse("correspondence_follow_up_day", args=[each.pk]),
}


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> Callable[[FollowUp], str]:
    """The address to move it."""
    return PLACES[request.param]


def test_a_follow_up_is_moved_on_the_case_and_in_the_calendar(
    agent: Client,
    plan: Callable[..., FollowUp],
    place: Callable[[FollowUp], str],
    monday: date,
) -> None:
    follow_up = plan()
    thursday = monday + timedelta(days=3)
    answer = agent.post(place(follow_up), {"to": thursday, "expected_on": monday}, follow=True)
    assert told(answer) == ["success"]
    follow_up.refresh_from_db()
    assert follow_up.on == thursday


def test_a_move_that_is_refused_or_too_late_keeps_the_page(
    agent: Client,
    plan: Callable[..., FollowUp],
    place: Callable[[FollowUp], str],
    ben: User,
    monday: date,
) -> None:
    follow_up = plan()
    friday = monday + timedelta(days=4)

    def move(to: object, expected_on: object = monday) -> tuple[int, dict[str, list[str]]]:
        typed = {"to": to, "expected_on": expected_on, "week": monday, "whose": "everybody"}
        answer = agent.post(place(follow_up), typed)
        assert str(answer.context["moving"]["to"].value()) == str(to)
        assert b'class="errors"' in answer.content
        return answer.status_code, codes(answer.context["moving"])

    assert move("soon") == (422, {"to": ["invalid"]})
    assert move("2020-02-03") == (422, {"__all__": ["follow_up_past"]})
    actions.move_follow_up(
        follow_up=follow_up, to=friday, expected_on=monday, by=ben, now=timezone.now()
    )
    assert move(monday + timedelta(days=1)) == (409, {"__all__": ["follow_up_moved"]})
    actions.cancel_follow_up(follow_up=follow_up, by=ben, now=timezone.now())
    assert move(monday, friday) == (409, {"__all__": ["follow_up_gone"]})
    assert FollowUp.objects.get().on == friday


@pytest.mark.requirement("R5")
def test_the_calendar_has_a_week_by_day_mine_or_everybodys(
    agent: Client,
    plan: Callable[..., FollowUp],
    ben: User,
    open_case: Callable[..., Case],
    dans_lease: Lease,
    monday: date,
) -> None:
    other = open_case(lease=dans_lease, by=ben, now=timezone.now())
    mine, bens = plan(), plan(case=other, by=ben, on=monday + timedelta(days=2))
    actions.cancel_follow_up(follow_up=plan(message="Otra"), by=ben, now=timezone.now())

    def shown(**query: Any) -> dict[str, list[FollowUp]]:
        week = agent.get(CALENDAR, {"week": monday, **query}).context["week"]
        return {f"{day.on:%a}": day.items for day in week.days if day.items}

    assert shown() == {"Mon": [mine]}
    assert shown(whose="everybody") == {"Mon": [mine], "Wed": [bens]}
    assert shown(week="nonsense") == {}
    assert shown(week=monday + timedelta(days=6)) == {"Mon": [mine]}
    assert shown(week=monday + timedelta(days=7)) == {}
    actions.assign(case=other, to=User.objects.get(name="Ana Torres"), by=ben, now=timezone.now())
    assert shown() == {"Mon": [mine], "Wed": [bens]}


def test_what_is_nobodys_any_more_is_everybodys(
    agent: Client,
    plan: Callable[..., FollowUp],
    ben: User,
    sofia: User,
    open_case: Callable[..., Case],
    dans_lease: Lease,
) -> None:
    """A plan of a person who left: whoever looks takes it over."""
    left = open_case(lease=dans_lease, by=ben, now=timezone.now())
    call = plan(case=left, by=ben, channel="phone")
    FollowUp.objects.update(on=business_day(timezone.now()), send_at=timezone.now())

    def mine() -> tuple[bool, str]:
        lists = agent.get(reverse("correspondence")).context["lists"]
        count = {each["tab"].name: each["waits"] for each in lists}["correspondence_follow_ups"]
        page = agent.get(CALENDAR)
        shown = [each for day in page.context["week"].days for each in day.items] == [call]
        assert (f"Lo programó {ben.name}" in page.content.decode()) is shown
        return shown, count

    assert mine() == (False, "")
    ben.is_active = False
    ben.save()
    assert mine() == (True, "1")
    actions.assign(case=left, to=sofia, by=sofia, now=timezone.now())
    assert mine() == (False, "")


@pytest.mark.requirement("R5")
def test_the_calendar_shows_what_was_done_on_the_day_it_was_done(
    agent: Client, plan: Callable[..., FollowUp], ana: User, monday: date
) -> None:
    call, mail, gone = plan(channel="phone"), plan(), plan(message="¿Y ahora?")
    actions.finish_follow_up(follow_up=call, by=ana, now=mail.send_at + timedelta(days=2))
    actions.cancel_follow_up(follow_up=gone, by=ana, now=timezone.now())
    actions.send_follow_ups(now=mail.send_at)
    Email.objects.filter(casemail__follow_up=mail).update(state="sent", sent_at=mail.send_at)
    page = agent.get(CALENDAR, {"week": monday})
    week = page.context["week"]
    done = {f"{day.on:%a}": [each.follow_up for each in day.done] for day in week.days if day.done}
    assert done == {"Mon": [mail], "Wed": [call]}
    assert not any(day.items for day in week.days)
    assert not page.context["is_empty"]
    for words in ("Correo enviado", "Llamada hecha"):
        assert words in page.content.decode()
    later = agent.get(CALENDAR, {"week": monday + timedelta(days=7)})
    assert not any(day.done for day in later.context["week"].days)


def test_calls_nobody_made_are_shown_this_week_and_counted(
    agent: Client, plan: Callable[..., FollowUp]
) -> None:
    late = plan(channel="phone")
    before = timezone.now() - timedelta(days=10)
    FollowUp.objects.filter(pk=late.pk).update(on=before.date(), send_at=before)
    assert agent.get(CALENDAR).context["week"].late == [late]
    lists = agent.get(reverse("correspondence")).context["lists"]
    assert {each["tab"].name: each["waits"] for each in lists}["correspondence_follow_ups"] == "1"
    FollowUp.objects.update(
        on=business_day(timezone.now()), send_at=timezone.now() + timedelta(minutes=1)
    )
    lists = agent.get(reverse("correspondence")).context["lists"]
    assert {each["tab"].name: each["waits"] for each in lists}["correspondence_follow_ups"] == "1"


def test_a_week_with_nothing_left_leads_to_the_next_one(
    agent: Client, plan: Callable[..., FollowUp], monday: date
) -> None:
    assert agent.get(CALENDAR).context["next_on"] is None
    plan(on=monday + timedelta(days=9))
    shown = agent.get(CALENDAR).context
    assert shown["next_on"] == monday + timedelta(days=9)
    assert f"week={monday + timedelta(days=7)}" in shown["addresses"]["next"]
    assert agent.get(CALENDAR, {"week": monday}).context["next_on"] is None
    today = business_day(timezone.now())
    FollowUp.objects.update(on=today, send_at=timezone.now())
    plan(on=monday)
    assert agent.get(CALENDAR).context["next_on"] is None


def test_who_planned_it_is_said_where_it_may_be_anybody(
    agent: Client, plan: Callable[..., FollowUp], monday: date
) -> None:
    plan()
    said = f"Lo programó {plan().by.name}"
    mine = agent.get(CALENDAR, {"week": monday}).content.decode()
    everybodys = agent.get(CALENDAR, {"week": monday, "whose": "everybody"}).content.decode()
    assert said not in mine
    assert said in everybodys


def test_a_week_has_the_forms_of_the_one_that_is_opened(
    agent: Client, plan: Callable[..., FollowUp], monday: date
) -> None:
    """Forms for two hundred took longer to render than all the rest."""
    mail, call = plan(), plan(channel="phone")
    week = {"week": monday.isoformat(), "whose": "everybody"}
    to_mail = reverse("correspondence_follow_up_day", args=[mail.pk])
    forms = [
        to_mail,
        reverse("correspondence_follow_up_day", args=[call.pk]),
        reverse("case_follow_up_completion", args=[call.case.number, call.pk]),
    ]

    def opened(**query: Any) -> tuple[list[str], str]:
        answer = agent.get(CALENDAR, week | query)
        page = answer.content.decode().partition("<main")[2]
        return [each for each in forms if f'action="{each}"' in page], answer.context[
            "page_address"
        ]

    nothing, address = opened()
    assert nothing == []
    assert opened(open=mail.pk) == ([to_mail], f"{address}&open={mail.pk}")
    assert opened(open=call.pk, form="made")[0] == forms[1:]
    for nonsense in ("x", "0", "²", "9" * 30, f"{mail.pk} "):
        assert opened(open=nonsense)[0] == []
    refused = agent.post(to_mail, week | {"to": "", "expected_on": mail.on.isoformat()})
    assert refused.status_code == 422
    assert f'action="{to_mail}"' in refused.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_calendar_costs_the_same_for_one_and_many(
    agent: Client,
    plan: Callable[..., FollowUp],
    django_assert_num_queries: Queries,
    monday: date,
    count: int,
) -> None:
    for each in range(2 * count):
        plan(message=f"¿Llegó la {each}?")
    sent = [each.pk for each in FollowUp.objects.order_by("pk")[:count]]
    FollowUp.objects.filter(pk__in=sent).update(
        done_at=FollowUp.objects.earliest("send_at").send_at
    )
    with django_assert_num_queries(10):
        answer = agent.get(CALENDAR, {"week": monday, "whose": "everybody"})
    (day, *_) = answer.context["week"].days
    assert (len(day.items), len(day.done)) == (count, count)
