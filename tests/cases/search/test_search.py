"""Words of calls, notes, messages and files are found by who may see them, and by no one else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from cases import actions
from cases.models import Case, CaseKind, Entry, EntryTranslation, LanguageCorrection, SearchDocument
from cases.queries.search import search
from cases.search_text import parse_search
from leases.models import Customer, Lease

pytestmark = pytest.mark.requirement("R99")


@pytest.fixture
def case(open_case: Callable[..., Case], now: datetime) -> Case:
    case = open_case(summary="Quiere hacer una devolución: la lavadora tira agua.")
    note(case, "Hablé con la tienda; buscan el recibo.", now + timedelta(hours=1))
    return case


def note(case: Case, body: str, at: datetime, language: str = "es") -> Entry:
    return Entry.objects.create(
        case=case, kind="note", visibility="internal", author=case.opened_by, language=language,
        body=body, at=at,
    )  # fmt: skip


@pytest.fixture
def found(ana: User, now: datetime) -> Callable[..., list[str]]:
    """The texts that are found, with ‹marks›."""

    def texts(asked: str, user: User | None = None) -> list[str]:
        later = now + timedelta(days=1)
        hits = search(parse_search(asked), user=user or ana, now=later)
        return [
            "".join(f"‹{text}›" if is_marked else text for text, is_marked in hit.pieces)
            for hit in hits.rows
        ]

    return texts


def refused(asked: str, user: User, now: datetime) -> ValidationError:
    with pytest.raises(ValidationError) as error:
        search(parse_search(asked), user=user, now=now)
    return error.value.error_list[0]


Found = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ("devoluciones", "Quiere hacer una ‹devolución›: la lavadora tira agua."),
        ("Lavadoras devolucion", "Quiere hacer una ‹devolución›: la ‹lavadora› tira agua."),
        ('"hacer una devolucion"', "Quiere ‹hacer una devolución›: la lavadora tira agua."),
        ("devolución -recibo", "Quiere hacer una ‹devolución›: la lavadora tira agua."),
        ("lang:es in:entrada agua", "Quiere hacer una devolución: la lavadora tira ‹agua›."),
    ],
)  # fmt: skip
def test_by_any_form_phrase_or_what_is_missing(
    case: Case, found: Found, asked: str, marked: str
) -> None:
    assert marked in found(asked)


@pytest.mark.parametrize(
    "asked",
    ["devolución recibo", '"una lavadora"', "agua -lavadora", "lang:en lavadora",
     "kind:return agua"],
)  # fmt: skip
def test_every_word_and_filter_must_hold(case: Case, found: Found, asked: str) -> None:
    assert found(asked) == []


def test_newest_first(case: Case, found: Found, now: datetime) -> None:
    for days in (1, 40, 400):
        note(case, f"Hace {days} días: xilófono.", now - timedelta(days=days))
    assert found("xilofono") == [f"Hace {days} días: ‹xilófono›." for days in (1, 40, 400)]


def test_page_by_page_through_all_years(case: Case, ana: User, now: datetime) -> None:
    days = [*range(25), *range(25, 900, 25)]
    for day in days:
        note(case, f"xilófono {day}", now - timedelta(days=day))
    seen: list[str] = []
    after = ""
    while True:
        hits = search(parse_search("xilofono"), user=ana, now=now, after=after)
        seen += [hit.document.text for hit in hits.rows]
        if not (after := hits.next):
            break
    assert seen == [f"xilófono {day}" for day in days]


@pytest.mark.parametrize(
    ("asked", "code"),
    [("-lavadora", "search_only_without"), ("kind:return", "search_only_without"),
     ("kind:nada agua", "search_filter_value"), ("lang:fr agua", "search_filter_value"),
     ("is:tarde agua", "search_filter_value"), ("by:nadie agua", "search_filter_value"),
     ("after:nunca agua", "search_filter_value"), ("in:cielo agua", "search_filter_value")],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(ana: User, now: datetime, asked: str, code: str) -> None:
    error = refused(asked, ana, now)
    assert error.code == code
    if code == "search_filter_value":
        assert ":" in error.messages[0]  # what it can be


@pytest.mark.parametrize("day", ["before:0001-01-01", "hasta:0001-01-02", "after:9999-12-31"])
def test_a_day_at_the_end_of_time_finds_nothing(found: Found, day: str) -> None:
    assert found(f"lavadoras {day}", None) == []


@pytest.mark.parametrize(
    "narrowed",
    ["kind:late_payment", 'motivo:"pago atrasado"', "lang:español", "idioma:es", "is:open",
     "estado:abierto", "by:ana", "por:yo", "after:yesterday", "desde:2020-01-01",
     "hasta:2099-01-01", "-before:0001-01-01", "-kind:return", "-lang:en"],
)  # fmt: skip
def test_narrowed_in_either_language(
    open_case: Callable[..., Case], found: Found, narrowed: str, now: datetime
) -> None:
    open_case(summary="La lavadora tira agua.", now=now + timedelta(hours=25))
    hits = found(f"lavadoras {narrowed}", None)
    assert hits


@pytest.mark.parametrize(
    "narrowed",
    ["kind:repair", "kind:Repair", "motivo:reparación", "motivo:reparacion", "kind:repar",
     "-kind:return"],
)  # fmt: skip
@pytest.mark.parametrize("is_offered", [True, False])
def test_narrowed_by_a_reason_that_an_administrator_added(
    open_case: Callable[..., Case], found: Found, now: datetime, narrowed: str, is_offered: bool
) -> None:
    CaseKind.objects.create(
        key="repair", name_en="Repair", name_es="Reparación", script_id="return", position=200
    )
    case = open_case(kind="repair", summary="La lavadora tira agua.")
    open_case(kind="return", summary="La lavadora hace ruido.")
    CaseKind.objects.filter(key="repair").update(is_offered=is_offered)
    assert case.kind_id == "repair"
    assert found(f"lavadora {narrowed}") == ["La ‹lavadora› tira agua."]


def test_what_changes_is_found_as_it_now_is(
    case: Case, found: Found, ana: User, now: datetime
) -> None:
    entry = note(case, "The washer leaks.", now)
    assert not found("washers lang:en")
    LanguageCorrection.objects.create(entry=entry, language="en", by=ana, at=now)
    assert found("washers lang:en") == ["The ‹washer› leaks."]
    translation = EntryTranslation.objects.create(
        entry=entry, language="es", machine_text="La arandela gotea.", asked_by=ana, at=now
    )
    assert found("arandelas")
    translation.reviewed_text, translation.reviewed_by, translation.reviewed_at = (
        "La lavadora gotea.", ana, now,
    )  # fmt: skip
    translation.save()
    assert found("gotea") == ["La lavadora ‹gotea›."]
    assert not found("arandelas")
    Case.objects.filter(pk=case.pk).update(kind="return", headline="Tira jabón")
    assert found("jabones kind:return") == ["Tira ‹jabón›"]
    assert found("washer kind:return")


def test_words_in_what_happened_are_found(
    case: Case, found: Found, ana: User, sofia: User, now: datetime
) -> None:
    actions.escalate(case=case, reason="Amenaza con un abogado.", by=ana, now=now)
    assert found("abogados")[0].endswith("‹abogado›.")


def test_masked_numbers_stay_masked(case: Case, found: Found, now: datetime) -> None:
    note(case, "Su tarjeta es 4111 1111 1111 1111.", now)
    assert found("tarjetas")
    assert not found("4111")
    assert not SearchDocument.objects.filter(text__contains="4111 1111").exists()


def test_a_canary_is_found_by_no_one_who_may_not_see_it(
    case: Case, found: Found, carla: Customer, dan: Customer, dans_lease: Lease, mateo: User,
    now: datetime,
) -> None:  # fmt: skip
    note(case, "Canario: xilófono.", now)
    assert found("xilofono")
    for person in (carla.user, dan.user, mateo):
        assert found("xilofono", person) == [], person.role
    assert found("agua", dan.user) == []
    public = SearchDocument.objects.visible_to(carla.user)
    assert {each.visibility for each in public} <= {"public"}
    assert not SearchDocument.objects.visible_to(mateo).exists()


def test_a_summary_is_not_shown_beside_the_call_it_repeats(
    open_case: Callable[..., Case], found: Found
) -> None:
    said = "Llama por el sofá roto. " + "Lo repite. " * 30
    case = open_case(summary=said)
    assert SearchDocument.objects.filter(case=case, what="headline").exists()
    assert len(found("sofás")) == 1
    assert len(found("sofás in:headline")) == 1
