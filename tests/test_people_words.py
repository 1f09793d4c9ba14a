"""What people wrote bears its language wherever it is shown: someone may listen to the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from django.apps import apps
from django.test import Client

from accounts.masked_fields import MaskedLine, MaskedText
from accounts.models import User
from cases.models import Case, InboundMail
from leases.enums import LeaseStatus
from leases.models import Customer, Lease, Program
from tests import people_words
from tests.people_words import DAY, SENTENCES, Cast, Said

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
READ = {"alt", "aria-label", "placeholder", "title"}
#: A title takes the language of its page, as a message does.
UNMARKED = {"title", "script", "style"}
#: Not words: what an agency numbers a complaint by and a carrier a shipment, names of people and
#: firms, phone numbers; what people call a list.
NO_WORDS = {
    "OutsideDeadline.reference", "CaseReference.reference", "CaseContact.name", "CaseFlag.name",
    "CaseFlag.firm", "StoreReturn.answered_name", "StoreReturn.tracking", "ContactWish.asked_by",
    "PhoneCall.from_sent", "PhoneCall.to_sent", "SavedView.name", "Tag.name",
}  # fmt: skip


class Piece(NamedTuple):
    text: str
    language: str
    is_marked: bool  # by an element inside the page
    is_script: bool


class Pieces(HTMLParser):
    """Text and what is read aloud beside it, with the language it bears."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, bool, bool]] = [("", "", False, False)]
        self.found: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        _, language, is_marked, is_script = self.open[-1]
        if "lang" in given:
            language, is_marked = given["lang"] or "", tag != "html"
        is_script = is_script or given.get("class") == "script"
        self.found += [
            Piece(value, language, is_marked, is_script)
            for name, value in attrs
            if name in READ and value
        ]
        if tag not in VOID:
            self.open.append((tag, language, is_marked, is_script))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        tag, language, is_marked, is_script = self.open[-1]
        if tag not in UNMARKED:
            self.found.append(Piece(data, language, is_marked, is_script))


def pieces(page: str) -> list[Piece]:
    parser = Pieces()
    parser.feed(page)
    return parser.found


class Words(NamedTuple):
    said: Said
    cast: Cast
    lease: Lease
    reviewed: Lease
    case: Case
    strangers: Case
    returning: Case
    mail: InboundMail
    begun: str
    discarded: str


@pytest.fixture
def cast(ana: User, sofia: User, mateo: User, carla: Customer, program: Program) -> Cast:
    Program.objects.filter(pk=program.pk).update(rescheduling_days=14)
    program.refresh_from_db()
    return Cast(ana, sofia, mateo, carla, program)


@pytest.fixture(params=["es", "en"])
def words(
    request: pytest.FixtureRequest,
    cast: Cast,
    make_lease: Callable[..., Lease],
    now: datetime,
    at: Callable[[datetime], None],
) -> Words:
    """Written in one language, for readers of the other."""
    say = Said(request.param)
    Customer.objects.update(language=say.language)
    cast.customer.refresh_from_db()
    lease = people_words.a_lease(say, cast, "104477312", now=now)
    people_words.its_delivery(say, cast, lease, now=now)
    reviewed = make_lease(cast.customer, "208855419", decision=LeaseStatus.DENIED)
    people_words.a_review(say, cast, reviewed, now=now)
    later = now + 64 * DAY
    at(later)
    people_words.its_money(say, cast, lease, now=later)
    case = people_words.a_case(say, cast, lease, now=later)
    strangers = people_words.a_strangers_case(say, cast, now=later)
    returning = people_words.a_return(say, cast, lease, now=later)
    people_words.its_refund(say, cast, case, now=later)
    people_words.its_plan(say, cast, case, now=later)
    people_words.its_agreements(say, cast, case, now=later)
    people_words.its_return(say, cast, lease, now=later)
    begun, discarded = people_words.calls(say, cast, lease, now=later)
    people_words.a_phone_call(say, cast, now=later)
    mail = people_words.a_mail(say, cast, now=later)
    User.objects.update(language="en" if say.language == "es" else "es")
    return Words(
        say, cast, lease, reviewed, case, strangers, returning, mail, begun.number,
        discarded.number,
    )  # fmt: skip


@pytest.fixture
def read(sign_in: Callable[[User], Client]) -> Callable[[User, str], list[Piece]]:
    def found(user: User, path: str) -> list[Piece]:
        answer = sign_in(User.objects.get(pk=user.pk)).get(path)
        assert answer.status_code == 200, path
        return pieces(answer.content.decode())

    return found


def paths(words: Words) -> Iterator[tuple[User, str]]:
    lease, case = f"/leases/{words.lease.account_number}/", f"/cases/{words.case.number}/"
    agent, customer = words.cast.agent, words.cast.customer.user
    for path in (
        "/cases/", "/cases/?view=all", case, "/find/?q=Carla", "/leases/",
        lease, f"/leases/{words.reviewed.account_number}/", f"{lease}schedule/",
        f"{lease}statement/", f"{lease}plans/", f"{lease}automatic-payments/", f"{lease}buyout/",
        f"{lease}mails/", "/leases/monitoring/", "/calls/", "/calls/?state=discarded",
        f"/calls/{words.begun}/", f"/calls/{words.discarded}/", "/phone/?view=missed",
        f"/cases/{words.strangers.number}/",
        f"/cases/{words.returning.number}/", f"/cases/{words.returning.number}/return/",
        f"{case}refunds/", f"/cases/{words.strangers.number}/lease/",
        "/correspondence/", "/correspondence/parked/",
        f"/correspondence/parked/{words.mail.pk}/",
        "/correspondence/follow-ups/?whose=everybody",
    ):  # fmt: skip
        yield agent, path
    for mail in words.case.mails.all():
        yield agent, f"{case}mails/{mail.email_id}/"
    for path in ("", f"leases/{words.lease.account_number}/", f"cases/{words.case.number}/"):
        yield customer, f"/portal/{path}"


def is_named(piece: Piece, place: str, path: str) -> bool:
    """A script is said in one language, with the names of things as they are; a mail marks them as
    words of no known language.
    """
    if place != "Lease.merchandise" or not piece.is_marked:
        return False
    return piece.is_script or ("/mails/" in path and piece.language == "")


def test_the_cast_writes_wherever_people_can(words: Words) -> None:
    written = {
        f"{model.__name__}.{column.name}"
        for model in apps.get_models()
        for column in model._meta.get_fields()
        if isinstance(column, MaskedText | MaskedLine)
    }
    assert written - NO_WORDS <= set(words.said.places)


def test_peoples_words_bear_their_language(
    words: Words, read: Callable[[User, str], list[Piece]]
) -> None:
    sentence = re.compile(rf"{SENTENCES[words.said.language]} \((\d+)\)")
    shown, left = set(), []
    for user, path in paths(words):
        for piece in read(user, path):
            for found in sentence.findall(piece.text):
                place = words.said.places[int(found)]
                shown.add(place)
                if piece.language != words.said.language and not is_named(piece, place, path):
                    left.append((path, place, piece.language))
    assert not left, "\n".join(
        sorted({f"{path} {place}: {as_told!r}" for path, place, as_told in left})
    )
    assert set(words.said.places) - shown == set()


def test_names_of_stores_are_read_in_no_language_of_ours(
    words: Words, read: Callable[[User, str], list[Piece]]
) -> None:
    names = re.compile(r"Luna|Sofá")
    left = {
        (path, piece.text.strip())
        for user, path in paths(words)
        for piece in read(user, path)
        if names.search(piece.text) and not piece.is_marked
    }
    assert left == set()
