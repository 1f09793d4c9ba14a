"""What was typed and not sent is kept for its writer, and removed once its form was saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from accounts.drafts import (
    AGED,
    KEPT_FOR,
    MOST_DRAFTS,
    MOST_SENT,
    MOST_WINDOWS,
    drafts_of,
    end_draft,
    fingerprint,
    save_draft,
    sweep_drafts,
    texts_beside,
)
from accounts.models import Draft, DraftWindow, User
from cases.models import Case, Entry
from leases.models import Customer
from tests.patience import PATIENCE, wait_for
from tests.threads import at_once, waiting_for_locks
from tests.upgrades import before

FORM = "/cases/260000001/entries/"
NOTHING = fingerprint({})
ENDED: dict[str, object] = {"typed": {}, "key": NOTHING, "token": "unknown", "others": []}


def keep(by: User, now: datetime, form: str = FORM, token: str = "a", **typed: str) -> bool:
    values = {name: [value] for name, value in typed.items()}
    return save_draft(form=form, typed=values, token=token, by=by, now=now).is_kept


def typed(by: User, form: str = FORM) -> Any:
    found = drafts_of(by, [form])
    return found[form].typed if form in found else None


def test_the_last_words_are_kept_and_only_for_their_writer(
    ana: User, ben: User, now: datetime
) -> None:
    keep(ana, now, body="A medio")
    keep(ana, now, body="A medio escribir")
    keep(ben, now, body="Mine")
    assert typed(ana) == {"body": ["A medio escribir"]}
    assert typed(ben) == {"body": ["Mine"]}


def test_nothing_typed_keeps_nothing(ana: User, now: datetime) -> None:
    keep(ana, now)
    assert typed(ana) is None


@pytest.mark.parametrize(
    "name", ["password", "code", "csrfmiddlewaretoken", "card_number", "cvc", "ssn", "routing_no"]
)
def test_secrets_are_never_kept(name: str, ana: User, now: datetime) -> None:
    keep(ana, now, body="Hola", **{name: "4111 1111 1111 1111"})
    assert typed(ana) == {"body": ["Hola"]}


def test_a_save_on_its_way_does_not_outlive_its_form(ana: User, now: datetime) -> None:
    keep(ana, now, token="page", body="Hola")
    end_draft(form=FORM, token="page", by=ana, now=now)
    assert not keep(ana, now, token="page", body="Hola, otra vez")
    assert typed(ana) == {}
    assert keep(ana, now, token="next page", body="Algo más")
    assert typed(ana) == {"body": ["Algo más"]}


def test_a_draft_has_a_limit(ana: User, now: datetime) -> None:
    with pytest.raises(ValidationError) as refused:
        keep(ana, now, body="x" * 200_001)
    assert refused.value.code == "draft_too_long"


@pytest.mark.requirement("R100")
def test_only_aged_words_make_room(ana: User, now: datetime) -> None:
    Draft.objects.bulk_create(
        Draft(
            writer=ana, form=f"/{place}/", typed={"body": ["x"]},
            saved_at=now + timedelta(seconds=place),
        )
        for place in range(MOST_DRAFTS)
    )  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        keep(ana, now + timedelta(hours=1), form="/next/", body="x")
    assert refused.value.code == "draft_too_many"
    assert keep(ana, now + timedelta(hours=1), form="/0/", body="y")
    assert keep(ana, now + AGED + timedelta(seconds=1), form="/next/", body="x")
    assert Draft.objects.count() == MOST_DRAFTS
    assert (typed(ana, "/0/"), typed(ana, "/1/")) == ({"body": ["y"]}, None)


@pytest.mark.requirement("R100")
def test_forms_that_were_sent_push_no_words_out(ana: User, now: datetime) -> None:
    keep(ana, now, form="/unsent/", body="x")
    Draft.objects.bulk_create(
        Draft(writer=ana, form=f"/{place}/", spent="a", saved_at=now + timedelta(seconds=place))
        for place in range(MOST_SENT)
    )
    end_draft(form="/sent/", token="a", by=ana, now=now + timedelta(hours=1))
    assert typed(ana, "/unsent/") == {"body": ["x"]}
    assert Draft.objects.count() == MOST_SENT + 1
    assert typed(ana, "/0/") is None


def test_old_drafts_are_swept(ana: User, now: datetime) -> None:
    keep(ana, now, form="/old/", body="x")
    keep(ana, now + timedelta(days=1), form="/younger/", body="x")
    end_draft(form="/sent/", token="a", by=ana, now=now + KEPT_FOR - timedelta(days=2))
    assert sweep_drafts(now=now + KEPT_FOR + timedelta(hours=1)) == 2
    assert list(Draft.objects.values_list("form", flat=True)) == ["/younger/"]


# --- windows of one person -----------------------------------------------------------------------
def write(by: User, now: datetime, window: str, body: str, *, seen: str = "") -> Any:
    """What the window is told that other ones have. `seen`: a text that it took into its own."""
    typed = {"body": [body]} if body else {}
    taken = {text_key(seen)} if seen else set()
    saved = save_draft(form=FORM, typed=typed, token=window, by=by, now=now, seen=taken)
    return [each["body"][0] for each in saved.others]


def text_key(body: str) -> str:
    return fingerprint({"body": [body]})


def beside(by: User) -> list[str]:
    return [each["body"][0] for each in texts_beside(drafts_of(by, [FORM])[FORM])]


@pytest.mark.requirement("R100")
def test_two_windows_do_not_overwrite_each_other(ana: User, now: datetime) -> None:
    assert write(ana, now, "a", "Le llamé") == []
    assert write(ana, now, "b", "No contestó") == ["Le llamé"]
    assert write(ana, now, "b", "No contestó nadie") == ["Le llamé"]
    assert write(ana, now, "a", "Le llamé a las tres") == ["No contestó nadie"]
    both = "Le llamé a las tres\n\nNo contestó nadie"
    assert write(ana, now, "a", both, seen="No contestó nadie") == []
    assert typed(ana) == {"body": [both]}


@pytest.mark.requirement("R100")
def test_any_number_of_windows_keep_their_texts(ana: User, now: datetime) -> None:
    for place, (window, body) in enumerate((("a", "Uno"), ("b", "Dos"), ("c", "Tres"))):
        write(ana, now + timedelta(seconds=place), window, body)
    assert write(ana, now + timedelta(seconds=3), "c", "Tres y más") == ["Dos", "Uno"]
    assert write(ana, now + timedelta(seconds=4), "a", "Uno y más") == ["Tres y más", "Dos"]
    assert typed(ana) == {"body": ["Uno y más"]}
    assert write(ana, now + timedelta(seconds=5), "a", "Uno y dos", seen="Dos") == ["Tres y más"]
    end_draft(form=FORM, token="a", by=ana, now=now + timedelta(seconds=6))
    assert (typed(ana), beside(ana)) == ({"body": ["Tres y más"]}, [])
    assert write(ana, now + timedelta(seconds=7), "c", "Tres") == []


@pytest.mark.requirement("R100")
def test_words_thrown_away_give_way_to_the_newest_of_the_others(ana: User, now: datetime) -> None:
    for place, (window, body) in enumerate((("a", "Uno"), ("b", "Dos"), ("c", "Tres"))):
        write(ana, now + timedelta(seconds=place), window, body)
    assert write(ana, now + timedelta(seconds=3), "c", "") == ["Uno"]
    assert (typed(ana), beside(ana)) == ({"body": ["Dos"]}, ["Uno"])


@pytest.mark.requirement("R100")
def test_what_another_window_wrote_since_it_was_taken_stays(ana: User, now: datetime) -> None:
    write(ana, now, "a", "Le llamé")
    write(ana, now, "b", "No contestó")
    write(ana, now, "a", "Le llamé a las tres")
    merged = "No contestó\n\nLe llamé"
    assert write(ana, now, "b", merged, seen="Le llamé") == ["Le llamé a las tres"]


@pytest.mark.requirement("R100")
def test_more_windows_than_anyone_has_are_refused_until_one_has_aged(
    ana: User, now: datetime
) -> None:
    for place in range(MOST_WINDOWS + 1):
        write(ana, now + timedelta(seconds=place), f"w{place}", f"Texto {place}")
    with pytest.raises(ValidationError) as refused:
        write(ana, now + timedelta(hours=1), "next", "Otro")
    assert refused.value.code == "draft_too_many"
    assert len(write(ana, now + timedelta(hours=1), "w3", "Texto tres")) == MOST_WINDOWS
    left = write(ana, now + AGED + timedelta(minutes=1), "next", "Otro")
    assert len(left) == MOST_WINDOWS + 1
    assert "Texto 0" not in beside(ana)


@pytest.mark.requirement("R100")
def test_texts_of_other_windows_age_too(ana: User, now: datetime) -> None:
    write(ana, now, "a", "Le llamé")
    write(ana, now + KEPT_FOR, "b", "No contestó")
    assert sweep_drafts(now=now + KEPT_FOR + timedelta(hours=1)) == 1
    assert (typed(ana), beside(ana)) == ({"body": ["No contestó"]}, [])


@pytest.mark.requirement("R100")
def test_a_window_that_took_up_the_draft_goes_on_with_it(ana: User, now: datetime) -> None:
    write(ana, now, "a", "Le llamé")
    assert write(ana, now, "b", "Le llamé a las tres", seen="Le llamé") == []
    assert write(ana, now, "a", "Le llamé a las dos") == ["Le llamé a las tres"]


@pytest.mark.requirement("R100")
def test_a_masked_text_is_known_again(ana: User, now: datetime) -> None:
    write(ana, now, "a", "Card 4111 1111 1111 1111")
    assert write(ana, now, "b", "Card 4111 1111 1111 1111") == []
    assert not DraftWindow.objects.exists()


@pytest.mark.requirement("R100")
def test_words_thrown_away_or_sent_here_leave_the_other_window_its_own(
    ana: User, now: datetime
) -> None:
    write(ana, now, "a", "Le llamé")
    write(ana, now, "b", "No contestó")
    write(ana, now, "b", "")
    assert typed(ana) == {"body": ["Le llamé"]}
    write(ana, now, "c", "Nada")
    end_draft(form=FORM, token="c", by=ana, now=now)
    assert typed(ana) == {"body": ["Le llamé"]}
    write(ana, now, "d", "Se mudó", seen="Le llamé")
    write(ana, now, "a", "Le llamé otra vez")
    end_draft(form=FORM, token="d", by=ana, now=now)
    assert typed(ana) == {"body": ["Le llamé otra vez"]}


@pytest.mark.requirement("R100")
def test_what_was_taken_up_ends_with_the_form_that_took_it(ana: User, now: datetime) -> None:
    write(ana, now, "a", "Le llamé")
    end_draft(form=FORM, token="b", by=ana, now=now, seen={text_key("Le llamé")})
    assert typed(ana) == {}


@pytest.mark.requirement("R100")
def test_the_other_text_of_before_is_a_window_now(ana: User, now: datetime) -> None:
    with before("accounts", "0006_draft_windows_moved") as old:
        old.get_model("accounts", "Draft").objects.create(
            writer_id=ana.pk, form=FORM, typed={"body": ["Hola"]}, token="a", saved_at=now,
            other={"body": ["Adiós"]},
        )  # fmt: skip
    assert (typed(ana), beside(ana)) == ({"body": ["Hola"]}, ["Adiós"])


# --- at the same moment --------------------------------------------------------------------------
def while_window_a_begins(ana: User, now: datetime, work: Callable[[], Any]) -> Any:
    """What `work` comes to while window a's first words are written and not yet committed."""
    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            write(ana, now, "a", "Le llamé")
            other = pool.submit(at_once, work)
            wait_for(lambda: other.done() or waiting_for_locks(), what="the other’s turn")
        [done] = other.result(PATIENCE)
    return done


@pytest.mark.requirement("R100")
@pytest.mark.django_db(transaction=True)
def test_two_windows_that_begin_at_once_keep_both_texts(ana: User, now: datetime) -> None:
    told = while_window_a_begins(ana, now, lambda: write(ana, now, "b", "No contestó"))
    assert told == ["Le llamé"]
    assert (typed(ana), beside(ana)) == ({"body": ["No contestó"]}, ["Le llamé"])


@pytest.mark.requirement("R100")
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_while_another_window_begins_leaves_it_its_words(
    ana: User, now: datetime
) -> None:
    end = partial(end_draft, form=FORM, token="b", by=ana, now=now)
    assert while_window_a_begins(ana, now, end) is None
    assert typed(ana) == {"body": ["Le llamé"]}


@pytest.mark.requirement("R100")
@pytest.mark.django_db(transaction=True)
def test_many_windows_at_once_lose_nothing(ana: User, now: datetime) -> None:
    texts = ["Le llamé", "No contestó", "Se mudó"]
    for place in range(10):
        form = f"/cases/{place}/"
        saved = at_once(
            *(
                partial(save_draft, form=form, typed={"body": [text]}, token=text, by=ana, now=now)
                for text in texts
            )
        )
        assert not [each for each in saved if isinstance(each, Exception)]
        found = drafts_of(ana, [form])[form]
        kept = [found.typed, *texts_beside(found)]
        assert sorted(each["body"][0] for each in kept) == texts


# --- by HTTP -------------------------------------------------------------------------------------
def post(client: Client, form: str = FORM, token: str = "t1", **typed: list[str]) -> int:
    fields = {"form": form, "token": token, "typed": json.dumps(typed)}
    return client.post("/drafts/", fields).status_code


def got(client: Client, form: str = FORM) -> Any:
    return client.get("/drafts/", {"form": form}).json()


def test_a_page_keeps_and_asks(ana: User, ben: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ana)
    assert post(client, body=["Hola"], who=["a", "b"]) == 204
    words = {"body": ["Hola"], "who": ["a", "b"]}
    kept = {"typed": words, "key": fingerprint(words), "token": "t1", "others": [], "spent": ""}
    assert got(client) == {FORM: kept}
    assert got(sign_in(ben)) == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"form": FORM, "token": "t"},
        {"form": FORM, "token": "t", "typed": "["},
        {"form": FORM, "token": "t", "typed": '["body"]'},
        {"form": FORM, "token": "t", "typed": '{"body": "Hola"}'},
        {"form": FORM, "token": "t", "typed": '{"body": [1]}'},
        {"form": FORM, "token": "t", "typed": "[" * 100_000},
        {"form": FORM, "token": "", "typed": "{}"},
        {"form": "cases", "token": "t", "typed": "{}"},
        {"form": "/" + "x" * 250, "token": "t", "typed": "{}"},
        {"form": FORM, "token": "t\0", "typed": "{}"},
    ],
)
def test_anything_else_is_refused(
    fields: dict[str, str], ana: User, sign_in: Callable[[User], Client]
) -> None:
    assert sign_in(ana).post("/drafts/", fields).status_code == 400
    assert not Draft.objects.exists()


def test_nul_bytes_do_not_break_it(ana: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ana)
    assert post(client, body=["a\0b\\u0000\ud800"]) == 204
    assert got(client)[FORM]["typed"] == {"body": ["ab\\u0000?"]}
    assert client.get("/drafts/", {"form": ["\0", FORM]}).json().keys() == {FORM}


@pytest.mark.requirement("R9")
def test_a_draft_goes_when_its_form_was_saved_and_not_before(
    open_case: Callable[..., Case], carla: Customer, sign_in: Callable[[User], Client]
) -> None:
    client, number = sign_in(carla.user), open_case().number
    form = f"/portal/cases/{number}/messages/"
    post(client, form, "t1", body=["Ya pagué"])
    assert client.post(form, {"body": "", "draft": f"t1 {form}"}).status_code == 422
    assert got(client, form)[form]["typed"] == {"body": ["Ya pagué"]}
    assert client.post(form, {"body": "Ya pagué", "draft": f"t1 {form}"}).status_code == 302
    assert Entry.objects.filter(body="Ya pagué").count() == 1
    assert got(client, form) == {form: ENDED | {"spent": "t1"}}
    assert post(client, form, "t1", body=["Ya pagué"]) == 409


def test_a_preview_ends_nothing_and_resolving_ends_both_drafts(
    ana: User, open_case: Callable[..., Case], sign_in: Callable[[User], Client]
) -> None:
    client, case = sign_in(ana), open_case()
    composer, resolution = (f"/cases/{case.number}/{name}/" for name in ("entries", "resolution"))
    words = "Devolvimos los $42.77 que se cobraron dos veces."
    post(client, composer, "c", body=[words])
    fields = {"version": "1", "seen": "0", "language": "es", "visibility": "public", "body": words}
    page = client.post(composer, fields | {"to_status": "resolved", "draft": f"c {composer}"})
    assert page.status_code == 200
    assert got(client, composer)[composer]["typed"] == {"body": [words]}
    begun = {"begun_in": page.context["begun_in"], "draft": f"r {resolution}"}
    assert begun["begun_in"] == f"c {composer}"
    outcome = page.context["form"].fields["outcome"].choices[0][0]
    typed = {"version": "1", "outcome": outcome, "body": words, "asked": "es"} | begun
    preview = client.post(resolution, typed)
    assert preview.context["begun_in"] == begun["begun_in"]
    typed["shown"] = preview.context["form"].data["shown"]
    assert client.post(resolution, typed | {"send": "1"}).status_code == 302
    assert got(client, composer)[composer] == ENDED | {"spent": "c"}
    assert got(client, resolution)[resolution] == ENDED | {"spent": "r"}


def test_a_form_ends_no_draft_but_its_own(
    open_case: Callable[..., Case], carla: Customer, sign_in: Callable[[User], Client]
) -> None:
    client, number = sign_in(carla.user), open_case().number
    post(client, body=["Hola"])
    form = f"/portal/cases/{number}/messages/"
    client.post(form, {"body": "Ya pagué", "draft": f"t1 {FORM}"})
    assert got(client)[FORM]["typed"] == {"body": ["Hola"]}


def test_without_a_session_the_draft_waits(
    ana: User, open_case: Callable[..., Case], sign_in: Callable[[User], Client]
) -> None:
    form = f"/cases/{open_case().number}/entries/"
    client = sign_in(ana)
    post(client, form, "t1", body=["Hola"])
    client.logout()
    answer = client.post(form, {"body": "Hola", "draft": f"t1 {form}"})
    assert answer.status_code == 302
    assert got(sign_in(ana), form)[form]["typed"] == {"body": ["Hola"]}


@pytest.mark.requirement("R100")
def test_a_page_is_told_of_the_other_window_until_it_has_taken_its_words(
    ana: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ana)
    assert post(client, token="t1", body=["Card 4111 1111 1111 1111"]) == 204
    assert post(client, token="t2", body=["Hola"]) == 200
    fields = {"form": FORM, "token": "t3", "typed": json.dumps({"body": ["Adiós"]})}
    answer = client.post("/drafts/", fields)
    assert answer.status_code == 200
    others = answer.json()["others"]
    assert [each["typed"]["body"][0][:4] for each in others] == ["Hola", "Card"]
    assert "1111 1111" not in str(others)
    assert got(client)[FORM]["others"] == others
    seen = " ".join(each["key"] for each in others)
    assert client.post("/drafts/", fields | {"seen": seen}).status_code == 204
    assert got(client)[FORM]["others"] == []


@pytest.mark.requirement("R100")
def test_a_page_of_many_forms_asks_for_their_drafts_in_two_queries(
    ana: User, now: datetime, django_assert_num_queries: Callable[[int], Any]
) -> None:
    forms = [f"/{place}/" for place in range(30)]
    for form in forms:
        draft = Draft.objects.create(writer=ana, form=form, saved_at=now)
        for token in ("a", "b"):
            draft.windows.create(token=token, saved_at=now)
    for asked in (forms[:1], forms):
        with django_assert_num_queries(2):
            found = drafts_of(ana, asked)
            assert all(len(texts_beside(each)) == 2 for each in found.values())
