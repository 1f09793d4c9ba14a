"""Who is in a case and what is new in it: what a page hears without loading anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from cases import actions, live
from cases.live import Doing
from cases.models import Case, Entry
from common import valkey
from common.company_day import business_day
from tests import clock

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def case(open_case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch, worker_id: str) -> Case:
    """Nobody has ever been in it: keys of rows come again in a new database, and in that of a test
    that runs beside this one with the same Valkey.
    """
    names = [f"{worker_id}:case:{{}}:{each}" for each in ("windows", "entries")]
    for place, name in zip(("_WINDOWS", "_ENTRIES"), names, strict=True):
        monkeypatch.setattr(live, place, name)
    valkey.reconnect()
    made = open_case()
    valkey.run(lambda together: together.delete(*(name.format(made.pk) for name in names)))
    return made


def asked(client: Client, case: Case) -> tuple[str, str]:
    """The address at which this person's page asks, and the newest entry that it shows."""
    page = client.get(reverse("case", args=[case.number])).content.decode()
    ask = re.search(r'data-ask="([^"]+)"', page)
    seen = re.search(r'data-seen="([^"]+)"', page)
    assert ask
    assert seen
    return ask[1], seen[1]


def beat(
    client: Client, ask: str, doing: str = "looks", seen: str = "0", window: str = "a1"
) -> Any:
    return client.post(f"{ask}&window={window}&doing={doing}&seen={seen}")


def words(client: Client, case: Case, seen: str = "999999999") -> str:
    answer = client.get(reverse("case_live", args=[case.number]), {"seen": seen})
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.split())


def test_people_hear_who_is_here_and_who_writes_to_whom(
    case: Case, sign_in: SignIn, ana: User, ben: User
) -> None:
    anas, bens = sign_in(ana), sign_in(ben)
    (ask, seen), (bens_ask, _seen) = asked(anas, case), asked(bens, case)
    alone = beat(anas, ask, seen=seen).content
    assert alone == b"", "nothing to say about oneself"
    stamps = [alone]
    for doing, said in (
        ("looks", f"{ben.name} está aquí"),
        ("notes", f"{ben.name} escribe una nota"),
        ("replies", f"{ben.name} le escribe a Carla Peña"),
    ):
        beat(bens, bens_ask, doing)
        stamps.append(beat(anas, ask, seen=seen).content)
        assert said in words(anas, case)
    assert len(set(stamps)) == 4
    assert "Ana" not in words(anas, case)
    assert f"{ana.name} is here" in words(bens, case)


def test_of_two_windows_the_one_that_writes_counts(
    case: Case, sign_in: SignIn, ana: User, ben: User
) -> None:
    bens = sign_in(ben)
    ask, _seen = asked(bens, case)
    beat(bens, ask, "replies", window="a1")
    beat(bens, ask, "looks", window="b2")
    assert "le escribe" in words(sign_in(ana), case)
    assert words(sign_in(ana), case).count(ben.name) == 1


def test_who_leaves_or_is_not_heard_of_is_gone(case: Case, ana: User, ben: User) -> None:
    now = clock.NOW

    def others(at: datetime) -> dict[int, Doing]:
        return live.live_now(case.pk, person=ana.pk, seen=0, now=at).others

    live.look(case.pk, person=ben.pk, window="a", doing=Doing.REPLIES, seen=0, now=now)
    assert others(now + timedelta(seconds=29)) == {ben.pk: Doing.REPLIES}
    assert others(now + timedelta(seconds=30)) == {}
    live.look(case.pk, person=ben.pk, window="a", doing=Doing.REPLIES, seen=0, now=now)
    live.leave(case.pk, person=ben.pk, window="a", now=now)
    assert others(now + timedelta(seconds=1)) == {ben.pk: Doing.LOOKS}, "a save loads the page anew"
    assert others(now + timedelta(seconds=5)) == {}


def test_a_page_says_that_it_is_left(case: Case, sign_in: SignIn, ana: User, ben: User) -> None:
    bens = sign_in(ben)
    ask, _seen = asked(bens, case)
    beat(bens, ask, "replies")
    answer = beat(bens, ask, "left")
    assert (answer.status_code, answer.content) == (204, b"")
    assert "escribe" not in words(sign_in(ana), case)


def test_asking_reads_no_row_and_no_session(case: Case, sign_in: SignIn, ana: User) -> None:
    client = sign_in(ana)
    ask, seen = asked(client, case)
    with CaptureQueriesContext(connection) as queries:
        answer = beat(client, ask, seen=seen)
    assert (answer.status_code, len(queries)) == (200, 0)
    assert answer["Cache-Control"] == "no-store, private"
    assert not answer.cookies
    assert urlsplit(ask).path == "/cases/live/"


def test_words_cost_the_same_for_one_and_for_nine(
    case: Case, sign_in: SignIn, ana: User, ben: User, django_user_model: type[User]
) -> None:
    client, counts = sign_in(ana), []
    words(client, case)
    live.look(case.pk, person=ben.pk, window="a", doing=Doing.LOOKS, seen=0, now=timezone.now())
    for more in (0, 8):
        for each in range(more):
            person = django_user_model.objects.create(
                email=f"p{each}@puente.example", name=f"Persona {each}", role=Role.AGENT
            )
            live.look(
                case.pk, person=person.pk, window="a", doing=Doing.LOOKS, seen=0, now=timezone.now()
            )
        with CaptureQueriesContext(connection) as queries:
            said = words(client, case)
        counts.append(len(queries))
    assert counts == [4, 4]
    assert "6 más" in said, "three are named"


@pytest.mark.parametrize("key", ["", "1", "forged", "x" * 10_000])
def test_a_key_is_signed(case: Case, client: Client, key: str) -> None:
    answer = client.post(f"{reverse('case_beat')}?window=a&doing=looks&seen=0&key={key}")
    assert (answer.status_code, answer.content) == (404, b"")


def test_a_key_is_its_persons_and_ends_with_the_session(
    case: Case, sign_in: SignIn, ana: User, ben: User
) -> None:
    client = sign_in(ana)
    ask, _seen = asked(client, case)
    assert beat(client, ask).status_code == 200
    assert beat(sign_in(ben), ask).status_code == 404, "another session"
    with clock.at(clock.NOW.replace(day=clock.NOW.day + 1)):
        assert beat(client, ask).status_code == 404
    client.post(reverse("account_logout"))
    assert beat(client, ask).status_code == 404


@pytest.mark.parametrize(
    ("doing", "window"),
    [("sleeps", "a"), ("", "a"), ("looks", ""), ("looks", "a:b"), ("looks", "a" * 17)],
)
def test_only_what_pages_send_is_taken(
    case: Case, sign_in: SignIn, ana: User, doing: str, window: str
) -> None:
    client = sign_in(ana)
    ask, _seen = asked(client, case)
    assert beat(client, ask, doing, window=window).status_code == 404


def test_only_who_may_see_a_case_hears_of_it(
    case: Case, sign_in: SignIn, ana: User, ben: User, mateo: User
) -> None:
    address = reverse("case_live", args=[case.number])
    for each in (case.lease.customer.user, mateo):
        assert sign_in(each).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert sign_in(ana).get(reverse("case_live", args=["999999999"])).status_code == 404
    portal = sign_in(case.lease.customer.user).get(reverse("portal_case", args=[case.number]))
    assert portal.status_code == 200
    assert "data-case-live" not in portal.content.decode()


def test_who_no_longer_works_with_cases_is_not_named(
    case: Case, sign_in: SignIn, ana: User, ben: User
) -> None:
    live.look(case.pk, person=ben.pk, window="a", doing=Doing.LOOKS, seen=0, now=timezone.now())
    client = sign_in(ana)
    assert ben.name in words(client, case)
    ben.is_active = False
    ben.save()
    assert ben.name not in words(client, case)


def test_what_was_added_is_counted_until_it_is_shown(
    case: Case, sign_in: SignIn, ana: User, ben: User, now: datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    client = sign_in(ana)
    ask, seen = asked(client, case)
    assert beat(client, ask, seen=seen).content == b""
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_customer_message(
            case=case, body="¿Ya saben algo?", by=case.lease.customer.user, now=now
        )
    assert beat(client, ask, seen=seen).content != b""
    assert "1 entrada nueva. El estado y las fechas pueden haber cambiado." in words(
        client, case, seen
    )
    with django_capture_on_commit_callbacks(execute=True):
        actions.assign(case=case, to=ben, by=ben, now=now)
    assert "2 entradas nuevas" in words(client, case, seen)
    page = client.get(reverse("case", args=[case.number]), {"since": seen}).content.decode()
    assert page.count("data-new>") == 2
    assert "vuelva a guardar" not in page, "nothing was refused"
    _ask, seen = asked(client, case)
    assert beat(client, ask, seen=seen).content == b""


def test_every_line_of_a_timeline_is_announced(
    case: Case, ana: User, ben: User, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    before = Entry.objects.latest("pk").pk
    with django_capture_on_commit_callbacks(execute=True):
        actions.update_case(
            case=case, version=case.version,
            update=actions.Update(
                body="Llamo a la tienda.", visibility="public", language="es",
                to_status="in_progress", due_on=business_day(now),
            ),
            by=ana, now=now,
        )  # fmt: skip
        case.refresh_from_db()
        actions.assign_cases(
            chosen={case.number: case.version}, to=ben, reason="Habla inglés.", by=ana, now=now
        )
    written = Entry.objects.filter(case=case, pk__gt=before).count()
    assert written >= 3
    assert live.live_now(case.pk, person=ana.pk, seen=before, now=now).new == written


def test_what_was_rolled_back_is_not_announced(
    case: Case, ana: User, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        actions.escalate(case=case, reason="Decide Sofía.", by=ana, now=now)
    assert live.live_now(case.pk, person=ana.pk, seen=0, now=now).new == 0


def test_a_part_of_the_timeline_knows_the_newest_of_all(
    case: Case, sign_in: SignIn, ana: User, now: datetime
) -> None:
    client = sign_in(ana)
    actions.escalate(case=case, reason="Decide Sofía.", by=ana, now=now)
    page = client.get(reverse("case", args=[case.number]), {"part": "calls"}).content.decode()
    assert f'data-seen="{Entry.objects.filter(case=case).latest("pk").pk}"' in page


def test_without_valkey_everything_is_saved_and_nothing_is_said(
    case: Case, sign_in: SignIn, ana: User, now: datetime, settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    client = sign_in(ana)
    ask, _seen = asked(client, case)
    works, settings.REDIS_URL = settings.REDIS_URL, "redis://127.0.0.1:1/0"
    valkey.reconnect()
    try:
        with django_capture_on_commit_callbacks(execute=True):
            actions.escalate(case=case, reason="Decide Sofía.", by=ana, now=now)
        assert beat(client, ask).status_code == 503
        assert beat(client, ask, "left").status_code == 503
        assert client.get(reverse("case_live", args=[case.number])).status_code == 503
        page = client.get(reverse("case", args=[case.number]))
        assert page.status_code == 200
        assert "Decide Sofía." in page.content.decode()
    finally:
        settings.REDIS_URL = works
        valkey.reconnect()
