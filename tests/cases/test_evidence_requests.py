"""What a customer is asked to send: from the list of the case's kind, by mail, in the timeline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from cases import actions
from cases.actions.ask_evidence import mark_unreadable, request_evidence, settle_evidence
from cases.actions.send_return_steps import send_return_steps
from cases.enums import CaseStatus, Visibility
from cases.events import describe
from cases.kinds import other_slots, slots_of
from cases.models import Case, Evidence, FollowUp
from cases.queries.asked_for import asked_for
from cases.queries.follow_up_reasons import reason_gone
from leases.models import Customer
from mail.models import Email
from mail.outbound.render import Rendered, render
from tests.kinds import KINDS, SLOTS
from tests.mails import is_obsolete
from tests.moves import move
from tests.photos import photo

OpenCase = Callable[..., Case]
SignIn = Callable[[User], Client]


def told(case: Case, template: str) -> Rendered:
    return render(Email.objects.get(casemail__case=case, template__key=template))


@pytest.fixture
def sent(open_case: OpenCase, carla: Customer, now: datetime) -> Evidence:
    """A file of Carla's."""
    case = open_case(kind="return")
    actions.add_customer_message(
        case=case, body="", files=[photo("recibo.jpg")], by=carla.user, now=now
    )
    return Evidence.objects.get()


@pytest.mark.requirement("R39")
@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_list_and_all_the_rest(kind: str) -> None:
    own, others = ([each.key for each in rows(kind)] for rows in (slots_of, other_slots))
    assert sorted([*own, *others]) == sorted(SLOTS)
    assert "identity" in own


@pytest.mark.requirement("R32", "R39", "R48")
def test_a_request_is_a_mail_with_a_list_and_a_day(
    open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case(kind="return")
    entry = request_evidence(
        case=case,
        slots=["photos", "store_receipt"],
        message="Que se vea la etiqueta.",
        wait_until=date(2026, 11, 23),
        by=ana,
        now=now,
    )
    case.refresh_from_db()
    assert (case.status, case.due_on) == (CaseStatus.WAITING_CUSTOMER, date(2026, 11, 23))
    assert entry.is_public
    mail = told(case, "evidence_requested")
    assert str(case) in mail.subject
    slots = "• Fotos del artículo\n• Comprobante de devolución de la tienda"
    asked = f"{slots}\n\nQue se vea la etiqueta."
    assert asked in mail.text
    assert "Le toca a usted" in mail.text
    assert "23 de noviembre de 2026" in mail.text
    # one mail for the request and the new status
    assert Email.objects.filter(casemail__case=case).count() == 2


def test_a_request_may_leave_the_case_as_it_is(
    open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case()
    request_evidence(case=case, slots=["photos"], by=ana, now=now)
    changed = Case.objects.get(pk=case.pk)
    assert (changed.status, changed.due_on) == (case.status, case.due_on)
    assert changed.version == case.version + 1


def test_a_second_press_of_the_button_asks_for_nothing_more(
    open_case: OpenCase, ana: User, ben: User, now: datetime
) -> None:
    case = open_case()
    asked: dict[str, Any] = {"slots": ["photos"], "by": ana}
    for minutes, other in enumerate(
        (
            {},
            {},  # the second click
            {"slots": ["receipts"]},
            {"message": "Que se vea la etiqueta."},
            {"wait_until": date(2026, 11, 20)},
            {"by": ben},
            {"message": "Que se vea la etiqueta."},
        )
    ):
        at = now + timedelta(seconds=30 * minutes)
        request_evidence(case=case, **(asked | other), now=at)
    request_evidence(case=case, **asked, now=now + timedelta(minutes=6))
    assert Email.objects.filter(template__key="evidence_requested").count() == 6


def test_what_was_settled_is_asked_for_again_at_once(
    open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case()
    for minutes in (0, 2):
        at = now + timedelta(minutes=minutes)
        request_evidence(case=case, slots=["photos"], by=ana, now=at)
        assert asked_for(case) == ["photos"]
        assert settle_evidence(case=case, slot="photos", by=ana, now=at)
    assert Email.objects.filter(template__key="evidence_requested").count() == 2


@pytest.mark.requirement("R53", "R54")
def test_the_words_of_a_request_are_in_the_record(
    open_case: OpenCase, ana: User, carla: Customer, sign_in: SignIn, now: datetime
) -> None:
    case = open_case()
    said = "Please show <the label> of the chair."
    request_evidence(case=case, slots=["photos"], message=said, by=ana, now=now)
    shown = f'<span lang="en">{escape(said)}</span>'
    for reader, name in ((ana, "case"), (carla.user, "portal_case")):
        page = sign_in(reader).get(reverse(name, args=[case.number])).content.decode()
        assert f"Pedimos: Fotos del artículo\n\n{shown}" in page


def test_a_case_that_waits_already_gets_the_new_day(
    open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case()
    for hours, day in ((0, date(2026, 11, 20)), (1, date(2026, 11, 27))):
        request_evidence(
            case=case,
            slots=["photos"],
            wait_until=day,
            by=ana,
            now=now + timedelta(hours=hours),
        )
    case.refresh_from_db()
    assert case.due_on == date(2026, 11, 27)
    assert case.entries.filter(event="due_changed").count() == 1


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"slots": []}, "slots_missing"),
        ({"wait_until": date(2026, 11, 17)}, "day_past"),
    ],
)
def test_refused_requests(
    open_case: OpenCase, ana: User, now: datetime, asked: dict[str, object], code: str
) -> None:
    case = open_case()
    with pytest.raises(ValidationError) as refused:
        request_evidence(case=case, **({"slots": ["photos"]} | asked), by=ana, now=now)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not case.entries.filter(event="evidence_requested").exists()


@pytest.mark.requirement("R48")
def test_the_receipt_names_what_is_still_asked_for(
    open_case: OpenCase, ana: User, carla: Customer, now: datetime
) -> None:
    case = open_case()
    request_evidence(case=case, slots=["receipts", "photos"], by=ana, now=now)
    request_evidence(case=case, slots=["identity"], by=ana, now=now)
    settle_evidence(case=case, slot="receipts", by=ana, now=now)

    def receipt(minutes: int) -> str:
        at = now + timedelta(minutes=minutes)
        actions.add_customer_message(
            case=case, body="", files=[photo("sofa.jpg", minutes)], by=carla.user, now=at
        )
        mails = Email.objects.filter(template__key="evidence_received")
        return render(mails.latest("created_at")).text

    text = receipt(1)
    assert "• Fotos del artículo\n• Documento de identidad" in text
    assert "Recibos" not in text
    assert "no tiene que hacer nada más" not in text
    for slot in ("photos", "identity"):
        assert settle_evidence(case=case, slot=slot, by=ana, now=now)
    assert not settle_evidence(case=case, slot="photos", by=ana, now=now)
    assert "no tiene que hacer nada más" in receipt(2)
    assert "Fotos del artículo" not in receipt(3)


def test_what_was_open_as_a_case_ended_is_not_asked_for_again(
    open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case()
    request_evidence(case=case, slots=["photos"], by=ana, now=now)
    assert asked_for(case) == ["photos"]
    for version, status in ((2, "resolved"), (3, "in_progress")):
        update = move(status, due_on=now.date() + timedelta(3))
        actions.update_case(case=case, version=version, update=update, by=ana, now=now)
    assert asked_for(case) == []


def test_a_reminder_ends_once_everything_came(
    open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case()
    request_evidence(case=case, slots=["receipts", "photos"], by=ana, now=now)
    planned, sent = (
        actions.set_follow_up(
            case=case,
            on=now.date() + timedelta(days),
            template="evidence_requested",
            by=ana,
            now=now,
        )
        for days in (5, 1)
    )
    other = actions.set_follow_up(
        case=case, on=now.date() + timedelta(5), message="¿Todo bien?", by=ana, now=now
    )
    later = sent.send_at + timedelta(minutes=1)
    assert actions.send_follow_ups(now=later) == 1
    mail = Email.objects.get(key=f"follow_up:{sent.pk}")
    settle_evidence(case=case, slot="receipts", by=ana, now=later)
    planned.refresh_from_db()
    assert planned.is_pending
    assert not is_obsolete(mail, later)
    settle_evidence(case=case, slot="photos", by=ana, now=later)
    planned.refresh_from_db()
    other.refresh_from_db()
    assert planned.cancel_reason == "evidence_came"
    assert other.is_pending
    assert is_obsolete(mail, later)
    assert reason_gone(planned) == "evidence_came"


def test_a_reminder_ends_once_the_customer_has_answered(
    open_case: OpenCase, ana: User, carla: Customer, now: datetime
) -> None:
    case = open_case()
    request_evidence(case=case, slots=["photos"], wait_until=date(2026, 11, 23), by=ana, now=now)
    planned, sent = (
        actions.set_follow_up(
            case=case,
            on=now.date() + timedelta(days),
            template="evidence_requested",
            by=ana,
            now=now,
        )
        for days in (2, 1)
    )
    later = sent.send_at + timedelta(minutes=1)
    assert actions.send_follow_ups(now=later) == 1
    kept_back = Email.objects.get(key=f"follow_up:{sent.pk}")
    assert not is_obsolete(kept_back, later)
    assert reason_gone(FollowUp.objects.get(pk=planned.pk)) is None
    actions.add_customer_message(
        case=case, body="", files=[photo("sofa.jpg")], by=carla.user, now=later
    )
    planned.refresh_from_db()
    assert planned.cancel_reason == "customer_wrote"
    assert case.entries.filter(event="follow_up_cancelled").count() == 1
    assert asked_for(case) == []  # it came; someone still has to look
    assert is_obsolete(kept_back, later)


def test_a_reminder_planned_after_the_customer_wrote_is_meant(
    open_case: OpenCase, ana: User, carla: Customer, now: datetime
) -> None:
    case = open_case()
    request_evidence(case=case, slots=["photos"], by=ana, now=now)
    actions.add_customer_message(case=case, body="Mañana la mando.", by=carla.user, now=now)
    planned = actions.set_follow_up(
        case=case,
        on=now.date() + timedelta(2),
        template="evidence_requested",
        by=ana,
        now=now + timedelta(minutes=1),
    )
    assert reason_gone(FollowUp.objects.get(pk=planned.pk)) is None


def test_what_supervisors_decide_does_not_wait_at_an_agents_word(
    open_case: OpenCase, ana: User, sofia: User, now: datetime
) -> None:
    case = open_case()
    actions.escalate(case=case, reason="No paga.", by=ana, now=now)
    day = now.date()
    with pytest.raises(ValidationError) as refused:
        request_evidence(case=case, slots=["photos"], wait_until=day, by=ana, now=now)
    assert refused.value.code == "escalated"
    request_evidence(case=case, slots=["photos"], wait_until=day, by=sofia, now=now)
    assert Case.objects.get(pk=case.pk).status == CaseStatus.WAITING_CUSTOMER


def test_an_ended_case_asks_for_nothing(open_case: OpenCase, ana: User, now: datetime) -> None:
    case = open_case(kind="return")
    update = move("resolved")
    actions.update_case(case=case, version=1, update=update, by=ana, now=now)
    with pytest.raises(ValidationError) as refused:
        request_evidence(case=case, slots=["photos"], by=ana, now=now)
    assert refused.value.code == "case_over"
    with pytest.raises(ValidationError) as refused:
        send_return_steps(case=case, by=ana, now=now)
    assert refused.value.code == "case_over"


@pytest.mark.requirement("R48", "R54")
def test_a_file_that_cannot_be_read_is_asked_for_again(
    sent: Evidence, ana: User, now: datetime
) -> None:
    case = sent.entry.case
    assert mark_unreadable(evidence=sent, reason="Está borroso.", by=ana, now=now)
    assert not mark_unreadable(evidence=sent, reason="Sigue borroso.", by=ana, now=now)
    mail = told(case, "evidence_unreadable")
    assert "recibo.jpg" in mail.text
    assert "Está borroso." in mail.text
    [entry] = case.entries.filter(event="evidence_unreadable")
    assert entry.is_public
    assert "recibo.jpg" in describe(entry, for_customer=True)


@pytest.mark.requirement("R48")
def test_what_a_file_was_sent_as_is_asked_for_again(
    sent: Evidence, ana: User, now: datetime
) -> None:
    case = sent.entry.case
    request_evidence(case=case, slots=["receipts", "photos"], by=ana, now=now)
    settle_evidence(case=case, slot="receipts", by=ana, now=now)
    day = date(2026, 11, 23)
    later = now + timedelta(minutes=1)
    mark_unreadable(
        evidence=sent, reason="Borroso.", slot="receipts", wait_until=day, by=ana, now=later
    )
    changed = Case.objects.get(pk=case.pk)
    assert (changed.status, changed.due_on) == (CaseStatus.WAITING_CUSTOMER, day)
    assert asked_for(case) == ["receipts", "photos"]
    mail = told(case, "evidence_unreadable")
    assert "Le toca a usted" in mail.text
    assert "23 de noviembre de 2026" in mail.text
    settle_evidence(case=case, slot="receipts", by=ana, now=later + timedelta(minutes=1))
    assert asked_for(case) == ["photos"]


def test_an_ended_case_does_not_wait_for_a_file(sent: Evidence, ana: User, now: datetime) -> None:
    case = sent.entry.case
    update = move("resolved")
    actions.update_case(case=case, version=2, update=update, by=ana, now=now)
    with pytest.raises(ValidationError) as refused:
        mark_unreadable(evidence=sent, reason="No.", wait_until=now.date(), by=ana, now=now)
    assert refused.value.code == "case_over"


def test_a_file_the_customer_does_not_see_is_not_named(
    open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case(files=[photo("secreta.jpg")])
    file = Evidence.objects.get()
    assert file.entry.visibility == Visibility.INTERNAL
    with pytest.raises(ValidationError) as refused:
        mark_unreadable(evidence=file, reason="Borrosa.", by=ana, now=now)
    assert refused.value.code == "evidence_internal"
    assert not Email.objects.filter(
        casemail__case=case, template__key="evidence_unreadable"
    ).exists()


@pytest.mark.requirement("R32", "R43")
def test_the_steps_of_a_return_are_sent_in_the_customers_language(
    open_case: OpenCase, ana: User, carla: Customer, now: datetime
) -> None:
    case = open_case(kind="return")
    assert send_return_steps(case=case, by=ana, now=now)
    assert not send_return_steps(case=case, by=ana, now=now + timedelta(minutes=1))
    carla.language = "en"
    carla.save()
    assert send_return_steps(case=case, by=ana, now=now + timedelta(days=1))
    spanish, english = (
        render(mail)
        for mail in Email.objects.filter(template__key="return_steps").order_by("created_at")
    )
    for words in ("Mueblería Luna · Luna San Antonio", "fotos", "número de rastreo",
                  "un comprobante con la fecha", "Si la tienda se niega"):  # fmt: skip
        assert words in spanish.text
    for words in (
        "photos",
        "tracking number",
        "a receipt with the date",
        "If the store won’t take it",
    ):
        assert words in english.text
    assert case.entries.filter(event="return_steps", visibility="public").count() == 2


def test_nothing_goes_back_in_a_late_payment(open_case: OpenCase, ana: User, now: datetime) -> None:
    with pytest.raises(ValidationError) as refused:
        send_return_steps(case=open_case(), by=ana, now=now)
    assert refused.value.code == "not_a_return"


@pytest.mark.parametrize("answer", ["request", "unreadable", "steps", "promise"])
def test_who_wrote_to_us_is_answered(sent: Evidence, ana: User, now: datetime, answer: str) -> None:
    case = sent.entry.case
    assert Case.objects.get(pk=case.pk).customer_wrote_at == now
    agreed = actions.Agreed(party="company", what="Llamar", language="es", due_on=now.date())
    {
        "request": lambda: request_evidence(case=case, slots=["photos"], by=ana, now=now),
        "unreadable": lambda: mark_unreadable(evidence=sent, reason="No.", by=ana, now=now),
        "steps": lambda: send_return_steps(case=case, by=ana, now=now),
        "promise": lambda: actions.make_promise(case=case, agreed=agreed, by=ana, now=now),
    }[answer]()
    assert Case.objects.get(pk=case.pk).customer_wrote_at is None


def test_only_who_works_cases_asks(sent: Evidence, mateo: User, now: datetime) -> None:
    case = sent.entry.case
    for ask in (
        lambda: request_evidence(case=case, slots=["photos"], by=mateo, now=now),
        lambda: mark_unreadable(evidence=sent, reason="Borroso.", by=mateo, now=now),
        lambda: send_return_steps(case=case, by=mateo, now=now),
        lambda: settle_evidence(case=case, slot="photos", by=mateo, now=now),
    ):
        with pytest.raises(PermissionDenied):
            ask()
