"""Resolving a case: an outcome, a sentence, the mail shown before it's sent, and what remains of
it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from cases import actions
from cases.events import describe
from cases.kinds import outcome_for_customer, outcome_name, outcomes_for
from cases.models import Case, Entry
from cases.queries.outcomes import outcomes_of
from leases.models import Customer, Lease
from mail.models import Email
from mail.outbound.render import render
from tests.cases.evidence.evidence_makers import image_bytes
from tests.kinds import KINDS, OUTCOMES
from tests.mails import TEXTS, edited
from tests.moves import move

OpenCase = Callable[..., Case]
SignIn = Callable[[User], Client]
SENTENCE = "Le devolvimos los $84.20 a su tarjeta el lunes."


@pytest.fixture
def case(open_case: OpenCase) -> Case:
    return open_case(kind="charge_dispute")


@pytest.fixture
def agent(sign_in: SignIn, ana: User) -> Client:
    return sign_in(ana)


@pytest.fixture
def address(case: Case) -> str:
    return reverse("case_resolution", args=[case.number])


@pytest.fixture
def typed(case: Case) -> dict[str, str]:
    return {"version": "1", "outcome": "charge_removed", "body": SENTENCE}


def refused(error: pytest.ExceptionInfo[ValidationError]) -> str | None:
    return error.value.error_list[0].code


def mails() -> list[str]:
    told = Email.objects.exclude(template__key="case_opened").order_by("created_at")
    return list(told.values_list("template__key", flat=True))


# --- the table -----------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_offers_outcomes_of_its_own_and_those_of_all(kind: str) -> None:
    offered = [each.key for each in outcomes_for(kind)]
    assert len(offered) == len(set(offered)) > 4
    assert offered[-1] == "other_case"


@pytest.mark.django_db
def test_every_outcome_is_offered_by_some_kind() -> None:
    assert {each.key for kind in KINDS for each in outcomes_for(kind)} == set(OUTCOMES)


@pytest.mark.requirement("R54")
@pytest.mark.django_db
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_staff_and_customers_read_an_outcome_in_words_of_their_own(outcome: str) -> None:
    read = set()
    for language in ("en", "es"):
        with translation.override(language):
            told = outcome_for_customer(outcome)
            read |= {outcome_name(outcome), told}
            assert told.endswith(".")
    assert len(read) == 4


# --- the action ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"outcome": ""}, "outcome_missing"),
        ({"outcome": "delivered"}, "outcome_missing"),  # of another kind
        ({"outcome": "no such outcome"}, "outcome_missing"),
        ({"body": ""}, "status_reason"),
        ({"visibility": "internal"}, "status_reader"),
        ({"language": "en", "body": "It’s done."}, "outcome_language"),
    ],
)
def test_a_case_is_not_resolved_by_half(
    case: Case, ana: User, now: datetime, changed: dict[str, str], code: str
) -> None:
    update = {
        "to_status": "resolved", "outcome": "charge_removed", "body": SENTENCE,
        "visibility": "public", "language": "es",
    } | changed  # fmt: skip
    with pytest.raises(ValidationError) as error:
        actions.update_case(case=case, version=1, update=actions.Update(**update), by=ana, now=now)
    assert refused(error) == code
    assert (Case.objects.get().status, mails(), case.entries.count()) == ("open", [], 2)


def test_only_a_resolved_case_has_an_outcome(case: Case, ana: User, now: datetime) -> None:
    update = move("in_progress", outcome="charge_removed")
    with pytest.raises(ValidationError) as error:
        actions.update_case(case=case, version=1, update=update, by=ana, now=now)
    assert refused(error) == "outcome_missing"


@pytest.mark.parametrize("status", ["in_progress", "waiting_customer", "waiting_store"])
@pytest.mark.parametrize(
    ("untold", "code"),
    [
        ({"body": "", "visibility": "public"}, "status_reason"),
        ({"body": "Una nota.", "visibility": "internal"}, "status_reader"),
    ],
    ids=["none", "note"],
)
def test_a_status_the_customer_is_told_of_has_its_reason(
    case: Case, ana: User, now: datetime, status: str, untold: dict[str, str], code: str
) -> None:
    update = actions.Update(to_status=status, language="es", **untold)
    with pytest.raises(ValidationError) as error:
        actions.update_case(case=case, version=1, update=update, by=ana, now=now)
    assert refused(error) == code
    assert (Case.objects.get().status, mails()) == ("open", [])


def test_nobody_leaves_escalated_without_a_word_or_with_a_day_gone_by(
    case: Case, ana: User, sofia: User, now: datetime
) -> None:
    actions.escalate(case=case, reason="La tienda se niega.", by=ana, now=now)
    later = now + timedelta(days=9)  # the next step was due before

    def save(**fields: Any) -> Case:
        update = actions.Update(to_status="in_progress", language="es", **fields)
        return actions.update_case(case=case, version=2, update=update, by=sofia, now=later)

    reason = {"body": "La tienda aceptó.", "visibility": "public"}
    for fields, code in (
        ({}, "status_reader"),
        ({"visibility": "public"}, "status_reason"),
        (reason, "day_past"),
        (reason | {"due_on": date(2026, 11, 26)}, "day_past"),
    ):
        with pytest.raises(ValidationError) as error:
            save(**fields)
        assert refused(error) == code
    assert mails() == ["escalated"]
    save(**reason, due_on=date(2026, 11, 27))
    told = render(Email.objects.get(template__key="message_added")).text
    assert "La tienda aceptó." in told
    assert "27 de noviembre de 2026" in told


def test_a_case_whose_day_has_passed_is_escalated_with_a_new_one(
    case: Case, ana: User, now: datetime
) -> None:
    later = now + timedelta(days=9)
    actions.escalate(case=case, reason="La tienda se niega.", by=ana, now=later)
    assert Case.objects.get().due_on == date(2026, 12, 2)  # three business days after a Friday


@pytest.mark.parametrize("due_on", [date(2026, 11, 17), date(2020, 1, 1)])
def test_no_way_sets_a_next_step_in_the_past(
    case: Case, open_case: OpenCase, ana: User, now: datetime, due_on: date
) -> None:
    ways: list[Callable[[], object]] = [
        lambda: actions.update_case(
            case=case, version=1, update=actions.Update(due_on=due_on), by=ana, now=now
        ),
        lambda: actions.request_evidence(
            case=case, slots=["receipts"], wait_until=due_on, by=ana, now=now
        ),
        lambda: open_case(due_on=due_on),
    ]
    for way in ways:
        with pytest.raises(ValidationError) as error:
            way()
        assert refused(error) == "day_past"
    assert Case.objects.get().due_on == case.due_on


def test_no_mail_names_a_next_step_that_has_passed(case: Case, ana: User, now: datetime) -> None:
    update = actions.Update(body="Seguimos en ello.", visibility="public", language="es")
    later = now + timedelta(days=9)
    actions.update_case(case=case, version=1, update=update, by=ana, now=later)
    told = render(Email.objects.get(template__key="message_added")).text
    assert "Próximo paso a más tardar: le diremos la fecha nueva" in told
    assert "23 de noviembre" not in told


# --- what stays ----------------------------------------------------------------------------------
def test_closing_says_nothing_new_and_reopening_takes_nothing_away(
    case: Case, ana: User, carla: Customer, now: datetime
) -> None:
    ended = move("resolved", outcome="charge_correct")
    for version, update in enumerate((ended, move("closed"), move("in_progress")), start=1):
        case = actions.update_case(case=case, version=version, update=update, by=ana, now=now)
        current = outcomes_of([case]).get(case.pk)
        assert current == (None if case.is_active else "charge_correct")
    assert sorted(mails()) == ["message_added", "resolved"]
    again = move("resolved", outcome="charge_removed")
    case = actions.update_case(case=case, version=4, update=again, by=ana, now=now)
    assert outcomes_of([case]) == {case.pk: "charge_removed"}
    ends = case.entries.visible_to(carla.user).filter(params__has_key="outcome").order_by("id")
    with translation.override("es"):
        assert [describe(each, for_customer=True) for each in ends] == [
            "Resuelto. Revisamos el cargo y es correcto.",
            "Resuelto. Retiramos el cargo o se lo reembolsamos.",
        ]
    with translation.override("en"):
        assert describe(ends[0], for_customer=False) == (
            "Status: Open → Resolved. Outcome: Charge correct and explained"
        )


@pytest.mark.parametrize("count", [1, 20])
def test_outcomes_of_many_cases_are_one_query(
    open_case: OpenCase, ana: User, now: datetime, count: int
) -> None:
    for _ in range(count):
        actions.update_case(case=open_case(), version=1, update=move("resolved"), by=ana, now=now)
    cases = list(Case.objects.all())
    with CaptureQueriesContext(connection) as queries:
        assert len(outcomes_of(cases)) == count
    assert len(queries) == 1


def test_each_reader_sees_the_outcome_in_their_own_words(
    agent: Client, sign_in: SignIn, case: Case, ana: User, ben: User, carla: Customer, now: datetime
) -> None:
    actions.update_case(
        case=case, version=1, update=move("resolved", outcome="charge_removed"), by=ana, now=now
    )
    page = reverse("case", args=[case.number])
    assert "Cargo retirado o reembolsado" in agent.get(page).content.decode()
    assert "Charge removed or refunded" in sign_in(ben).get(page).content.decode()
    customer = sign_in(carla.user)
    for theirs in (
        reverse("portal_case", args=[case.number]),
        reverse("portal_home"),
        reverse("portal_lease", args=[case.lease.account_number]),
    ):
        shown = customer.get(theirs).content.decode()
        assert "Retiramos el cargo o se lo reembolsamos." in shown
        assert "Cargo retirado o reembolsado" not in shown


# --- the page ------------------------------------------------------------------------------------
def test_the_mail_is_shown_and_then_goes_as_it_was_shown(
    agent: Client, case: Case, address: str, typed: dict[str, str]
) -> None:
    form = agent.get(address)
    assert form.status_code == 200
    shown = agent.post(address, typed)
    assert (shown.status_code, mails(), Case.objects.get().status) == (200, [], "open")
    page = shown.content.decode()
    assert f"Su caso {case} está resuelto" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert SENTENCE in page
    seen = {"shown": shown.context["form"]["shown"].value()}
    answer = agent.post(address, typed | seen | {"send": "1"})
    assert answer.headers["Location"] == reverse("case", args=[case.number])
    mail = render(Email.objects.get(template__key="resolved"))
    assert mail.letter.shown == shown.context["mail"].letter.shown
    assert mail.subject == shown.context["mail"].subject
    assert Entry.objects.get(body=SENTENCE).is_public


def test_what_was_not_shown_is_shown_first(
    agent: Client, address: str, typed: dict[str, str]
) -> None:
    unseen = agent.post(address, typed | {"send": "1"})
    assert (unseen.status_code, unseen.context["mail"] is not None) == (200, True)
    seen = {"shown": unseen.context["form"]["shown"].value(), "send": "1"}
    other = agent.post(address, typed | seen | {"body": "Le devolvimos todo a su tarjeta."})
    assert (other.status_code, other.context["is_other"]) == (200, True)
    edited("resolved", now=timezone.now(), body_es=TEXTS["resolved"]["body_es"] + "\n\nGracias.")
    changed = agent.post(address, typed | seen)
    assert (changed.status_code, changed.context["is_other"]) == (200, True)
    assert "Gracias." in changed.content.decode()
    assert mails() == []


def test_the_text_can_be_changed_after_it_was_shown(
    agent: Client, address: str, typed: dict[str, str]
) -> None:
    again = agent.post(address, typed | {"edit": "1"})
    assert again.context["mail"] is None
    assert SENTENCE in again.content.decode()
    assert 'value="charge_removed" required' in again.content.decode().replace(" checked", "")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"outcome": ""}, {"outcome": ["required"]}),
        ({"outcome": "delivered"}, {"outcome": ["invalid_choice"]}),
        ({"body": " \n"}, {"body": ["required"]}),
        ({"body": "Le devolvimos lo pagado en [tienda]."}, {"body": ["script_gap"]}),
        (
            {"body": "We returned the money to your card on Monday."},
            {"body": ["language_looks_other"]},
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    agent: Client,
    address: str,
    typed: dict[str, str],
    changed: dict[str, str],
    expected: dict[str, list[str]],
) -> None:
    answer = agent.post(address, typed | changed | {"send": "1"})
    found = answer.context["form"].errors.as_data()
    assert answer.status_code == 422
    assert {name: [each.code for each in errors] for name, errors in found.items()} == expected
    assert (typed | changed)["body"].strip() in answer.content.decode()
    assert mails() == []


def test_a_sentence_that_looks_foreign_goes_once_it_was_asked_about(
    agent: Client, address: str, typed: dict[str, str]
) -> None:
    foreign = typed | {"body": "We returned the money to your card on Monday."}
    asked = agent.post(address, foreign).context["form"]["asked"].value()
    assert agent.post(address, foreign | {"asked": asked}).context["mail"] is not None


def test_a_case_that_moved_on_keeps_what_was_typed(
    agent: Client, case: Case, ben: User, address: str, typed: dict[str, str], now: datetime
) -> None:
    seen = {"shown": agent.post(address, typed).context["form"]["shown"].value(), "send": "1"}
    note = actions.Update(body="Wait a moment.", language="en")
    actions.update_case(case=case, version=1, update=note, by=ben, now=now)
    stale = agent.post(address, typed | seen)
    form = stale.context["form"]
    assert (stale.status_code, form["version"].value(), form["body"].value()) == (
        409, "2", SENTENCE,
    )  # fmt: skip
    assert mails() == []


def test_who_may_not_resolve_is_told_why(
    agent: Client, case: Case, ana: User, address: str, typed: dict[str, str], now: datetime
) -> None:
    actions.escalate(case=case, reason="Decida usted.", by=ana, now=now)
    away = agent.get(address, follow=True)
    assert away.redirect_chain == [(reverse("case", args=[case.number]), 302)]
    answer = agent.post(address, typed | {"send": "1"})
    assert answer.status_code == 422
    assert SENTENCE in answer.content.decode()
    assert Case.objects.get().status == "escalated"


def test_the_composer_leads_to_it_with_the_words_begun(
    agent: Client, case: Case, typed: dict[str, str]
) -> None:
    composer = reverse("case_entries", args=[case.number])
    begun = {
        "version": "1", "seen": "0", "visibility": "public", "language": "es", "body": SENTENCE,
        "to_status": "resolved", "due_on": "",
    }  # fmt: skip
    page = agent.post(composer, begun)
    assert (page.status_code, page.context["form"]["body"].value()) == (200, SENTENCE)
    photo = SimpleUploadedFile("recibo.jpg", image_bytes(), "image/jpeg")
    files = agent.post(composer, begun | {"evidence": photo}).context["composer"]
    assert files.has_error("to_status", "resolve_apart")
    assert (Case.objects.get().status, mails(), case.entries.count()) == ("open", [], 2)


@pytest.mark.requirement("R54")
def test_an_english_customers_case_ends_in_english(
    agent: Client, open_case: OpenCase, dans_lease: Lease
) -> None:
    """By a Spanish agent, on a Spanish page."""
    found = open_case(lease=dans_lease, kind="charge_dispute")
    address = reverse("case_resolution", args=[found.number])
    typed = {"version": "1", "outcome": "charge_removed", "body": "The $84.20 is on your card."}
    page = agent.post(address, typed)
    assert "Cargo retirado o reembolsado" in page.content.decode()
    assert "We removed or refunded the charge." in page.context["mail"].text
    seen = {"shown": page.context["form"]["shown"].value(), "send": "1"}
    assert agent.post(address, typed | seen).status_code == 302
    assert Email.objects.get(template__key="resolved").language == "en"
