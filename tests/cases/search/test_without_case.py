"""What isn’t in a case yet is found by who may see it: unmatched mails, begun calls, contacts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.enums import InboundSource
from cases.models import CallDraft, Case, CaseContact, InboundMail, SearchDocument
from cases.queries.search import search
from cases.queries.search_hits import Hit
from cases.search_text import parse_search
from leases.models import Customer, Lease
from tests.mail.letters import letter
from tests.upgrades import before

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R71", "R87", "R99")]
Found = Callable[..., list[Hit]]


@pytest.fixture
def found(ana: User, now: datetime) -> Found:
    def hits(asked: str, user: User | None = None) -> list[Hit]:
        later = now + timedelta(days=1)
        return search(parse_search(asked), user=user or ana, now=later).rows

    return hits


@pytest.fixture
def mail(now: datetime) -> InboundMail:
    raw = letter("Ya pagué el xilófono.", Subject="Mi lavadora", From="Luna <luna@example.com>")
    return actions.receive_mail(actions.Arrived(raw=raw, source=InboundSource.MAILBOX, now=now))


@pytest.fixture
def call(ana: User, lease: Lease, now: datetime) -> CallDraft:
    draft = actions.start_call(by=ana, now=now)
    typed = {
        "language": "es", "summary": "Le tocan el xilófono.", "lease": lease.account_number,
        "contact_name": "Rosa Ibáñez", "agreed-0-what": "Le mandan una partitura.", "kind": "fraud",
    }  # fmt: skip
    assert actions.save_draft(draft=draft, typed=typed, by=ana)
    return draft


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    contact = actions.Contact(
        why="identity", name="Rosa Ibáñez", phone="(210) 555-0188", email="rosa@example.com",
        known="Compró un xilófono en la calle Olmos 14.",
    )  # fmt: skip
    return open_case(lease=None, contact=contact)


# --- unmatched mails -----------------------------------------------------------------------------
@pytest.mark.parametrize("asked", ["xilofono", "lavadoras", "luna@example.com", "pagué in:mail"])
def test_an_unmatched_mail_by_its_words_subject_and_sender(
    mail: InboundMail, found: Found, asked: str
) -> None:
    assert [hit.mail for hit in found(asked)] == [mail]


def test_in_a_case_it_is_found_there_and_nowhere_else(
    mail: InboundMail, open_case: Callable[..., Case], found: Found, ana: User, now: datetime
) -> None:
    case = open_case()
    actions.put_into_case(mail=mail, case=case, by=ana, now=now)
    hits = found("xilofono")
    assert [(hit.mail, hit.document.case) for hit in hits] == [(None, case)]


# --- begun calls ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "asked", ["xilofono", "ibanez", "partituras", "carla peña", "xilófono kind:fraud lang:es"]
)
def test_a_begun_call_by_its_words_and_names(call: CallDraft, found: Found, asked: str) -> None:
    assert [hit.call for hit in found(asked)] == [call]


def test_a_discarded_call_by_its_words_and_reason(
    call: CallDraft, found: Found, ana: User, now: datetime
) -> None:
    actions.discard_call(draft=call, reason="Era una prueba de sonido.", by=ana, now=now)
    assert [hit.call for hit in found("sonidos")] == [call]
    assert [hit.call for hit in found("xilofono")] == [call]


def test_what_is_typed_later_replaces_it_and_a_case_takes_its_place(
    call: CallDraft, found: Found, ana: User, lease: Lease, now: datetime
) -> None:
    actions.save_draft(draft=call, typed={"summary": "Otra cosa."}, by=ana)
    assert found("xilofono") == []
    assert [hit.call for hit in found("cosas")] == [call]
    values = {
        "lease": lease, "kind": "other", "channel": "phone", "language": "es",
        "summary": "Otra cosa.",
    }  # fmt: skip
    call.refresh_from_db()
    opened = actions.open_case(draft=call, call=actions.Call(**values), files=(), by=ana, now=now)
    assert {hit.document.case for hit in found("cosas")} == {opened}


@pytest.mark.parametrize("typed", [{}, {"kind": "x" * 200, "summary": "n"}, {"language": "zz"}])
def test_whatever_a_draft_holds_it_can_be_saved(
    call: CallDraft, ana: User, typed: dict[str, str]
) -> None:
    assert actions.save_draft(draft=call, typed=typed, by=ana)


def test_half_typed_words_are_not_suggested(call: CallDraft, open_case: Callable[..., Case],
                                            now: datetime) -> None:  # fmt: skip
    actions.index_search(now=now)
    while actions.learn_words():
        pass
    assert not actions.learn_words()


# --- contacts ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "asked",
    ["ibanez", "rosa@example.com", "2105550188", "+1 210 555 0188", "210-555-0188", "555-0188",
     "0188", "(210) 555-0188", "xilofonos", "olmos", "olmos in:contact"],
)  # fmt: skip
def test_a_contact_by_name_phone_email_and_what_is_known(
    case: Case, found: Found, asked: str
) -> None:
    assert [hit.document.case for hit in found(asked)] == [case]


def test_a_corrected_contact_is_found_as_it_now_is(case: Case, found: Found) -> None:
    CaseContact.objects.update(name="Rosa Cantú", phone="")
    assert found("ibanez") == []
    assert found("0188") == []
    assert [hit.document.case for hit in found("cantu")] == [case]
    Case.objects.update(kind="fraud")
    assert found("cantú kind:fraud")


# --- who sees it ---------------------------------------------------------------------------------
def test_a_canary_outside_of_cases_is_found_by_no_one_who_may_not_see_it(
    mail: InboundMail, call: CallDraft, case: Case, found: Found, ben: User, sofia: User,
    carla: Customer, dan: Customer, mateo: User, irene: User,
) -> None:  # fmt: skip
    kinds = {"mail", "call", "contact"}
    for person in (ben, sofia):
        assert {hit.document.what for hit in found("xilofono", person)} == kinds, person.role
    for person in (carla.user, dan.user, mateo, irene):
        if person.works_cases:
            continue
        assert found("xilofono", person) == [], person.role
        assert not SearchDocument.objects.visible_to(person).filter(what__in=kinds).exists()


def test_the_page_leads_to_each(
    mail: InboundMail, call: CallDraft, case: Case, ana: User, mateo: User, now: datetime,
    sign_in: Callable[[User], Client], at: Callable[[datetime], None],
) -> None:  # fmt: skip
    at(now + timedelta(hours=1))
    page = sign_in(ana).get(reverse("find"), {"q": "xilófono"}).content.decode()
    for address in (
        reverse("correspondence_parked_mail", args=[mail.pk]),
        reverse("call", args=[call.number]),
        reverse("case", args=[case.number]),
    ):
        assert f'href="{address}"' in page
    assert "xilófono" not in sign_in(mateo).get(reverse("find"), {"q": "olmos"}).content.decode()


# --- an upgrade ----------------------------------------------------------------------------------
def test_an_upgrade_finds_what_was_there(
    mail: InboundMail, call: CallDraft, case: Case, found: Found
) -> None:
    with before("cases", "0028_search_more"):
        assert not SearchDocument.objects.filter(what__in=["mail", "call", "contact"]).exists()
    assert {hit.document.what for hit in found("xilofono")} == {"mail", "call", "contact"}
