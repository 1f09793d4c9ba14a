"""A customer takes back an authorization: nothing more is charged, and they get it in writing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.actions.change import locked
from cases.actions.revoke_authorization import revoked_now, revoked_soon
from cases.enums import Visibility
from cases.events import AutopayRevoked, describe
from cases.events.happening import Reader
from cases.models import Case, Entry
from cases.views.case.call_done import SAVED_CALL
from common.company_day import business_day
from common.typed_json import from_json
from leases.actions import autopay
from leases.actions.move import locked as locked_lease
from leases.enums import AutopayChange, AutopayState, PaymentMethod
from leases.models import Autopay, AutopayEvent, Lease
from leases.queries.autopay import autopay_of, next_debits
from leases.queries.ledger import standing_of
from mail.models import Email
from mail.outbound.render import render
from tests.patience import PATIENCE, wait_for
from tests.threads import waiting_for_locks


@pytest.fixture
def funded(deliver: Callable[..., Lease]) -> Lease:
    """Carla's: weekly payments of 38.46 on Wednesdays, the first on November 25, 2026."""
    return deliver("300200100")


@pytest.fixture
def revoke(open_case: Callable[..., Case], funded: Lease) -> Callable[..., Case]:
    def revoked(**fields: Any) -> Case:
        return open_case(**{"lease": funded, "kind": "autopay_revoked"} | fields)

    return revoked


def set_up(lease: Lease, by: User, now: datetime, method: str = PaymentMethod.BANK) -> None:
    autopay.set_up(lease=lease, method=method, overdraft_warned=True, by=by, now=now)


def debits(lease: Lease, now: datetime) -> list[date]:
    today = business_day(now)
    return [each.on for each in next_debits(autopay_of(lease.pk), standing_of(lease, today), today)]


def confirmation() -> str:
    """What tells the customer that they took it back."""
    mails = Email.objects.filter(template__key="autopay_changed")
    [mail] = [each for each in mails if each.params.get("revoked_on")]
    return render(mail).text


def told(case: Case, language: str = "en") -> str:
    entry = Entry.objects.get(case=case, event="autopay_revoked")
    with translation.override(language):
        return describe(entry, for_customer=True)


@pytest.mark.requirement("R28", "R81")
@pytest.mark.parametrize(
    ("method", "what"), [(PaymentMethod.BANK, "bank account"), (PaymentMethod.CARD, "card")]
)
def test_automatic_payments_stop_with_the_case(
    method: PaymentMethod, what: str, revoke: Callable[..., Case], funded: Lease, ana: User,
    now: datetime,
) -> None:  # fmt: skip
    set_up(funded, ana, now, method)
    assert debits(funded, now)
    case = revoke()
    assert Autopay.objects.get(lease=funded).state == AutopayState.STOPPED
    assert debits(funded, now) == []
    event = AutopayEvent.objects.get(change=AutopayChange.STOPPED)
    assert (event.effective_on, event.revoked_on) == (date(2026, 11, 18), date(2026, 11, 18))
    assert told(case) == (
        f"The authorization for the {what} was revoked on November 18, 2026."
        " Automatic payments stopped as of November 18, 2026."
    )
    entry = Entry.objects.get(case=case, event="autopay_revoked")
    assert (entry.visibility, entry.author) == (Visibility.PUBLIC, ana)


@pytest.mark.requirement("R28", "R81")
def test_the_caller_hears_it_right_after_the_call(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    set_up(funded, ana, now)
    case = revoke()
    agent = sign_in(ana)
    session = agent.session
    session[SAVED_CALL] = case.number
    session.save()
    page = agent.get(reverse("case", args=[case.number])).content.decode()
    panel = page[page.index("saved-call-title") : page.index('form="log-call"')]
    assert "Dígale a quien llama" in panel
    assert "Pagos automáticos detenidos desde el 18 de noviembre de 2026." in panel


@pytest.mark.requirement("R28", "R81")
def test_the_customer_gets_the_day_in_writing(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    revoke()
    text = confirmation()
    assert "Usted retiró su autorización el 18 de noviembre de 2026." in text
    assert "25 de noviembre de 2026: $38.46" in text


def opened(case: Case) -> str:
    return render(Email.objects.get(casemail__case=case)).text


@pytest.mark.requirement("R28", "R37", "R81")
def test_the_confirmation_of_the_call_says_what_was_stopped(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    assert "No hay pagos automáticos que detener." in opened(revoke())
    set_up(funded, ana, now)
    soon = revoked_soon(funded, {}, now=now)
    case = revoke()
    assert told(case, "es") in opened(case)
    assert "18 de noviembre de 2026" in told(case, "es")
    assert soon == revoked_now(case)  # what the preview says


@pytest.mark.requirement("R81")
def test_a_charge_on_its_way_is_named_and_the_next_is_not_sent(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    monday = now + timedelta(days=5)  # Friday was the last day to change Wednesday's
    case = revoke(now=monday)
    assert debits(funded, monday) == [date(2026, 11, 25)]
    assert "The payment on November 25, 2026 is already on its way." in told(case)
    assert "ya va en camino" in told(case, "es")
    assert "25 de noviembre de 2026" in confirmation()


@pytest.mark.requirement("R81")
def test_without_automatic_payments_the_case_says_so(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    case = revoke()
    assert told(case) == (
        "The authorization was revoked on November 18, 2026."
        " There are no automatic payments to stop."
    )
    assert not AutopayEvent.objects.exists()
    set_up(funded, ana, now)
    autopay.stop(lease=funded, by=ana, now=now)
    assert "no automatic payments" in told(revoke())
    mails = Email.objects.filter(template__key="autopay_changed")
    assert not any(each.params.get("revoked_on") for each in mails)


@pytest.mark.requirement("R81")
def test_a_stop_payment_at_the_bank_ends_with_it(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    autopay.flag_stop_payment(lease=funded, by=ana, now=now)
    revoke()
    with pytest.raises(ValidationError) as refused:
        autopay.lift_stop(lease=funded, by=ana, now=now)
    assert refused.value.code == "autopay_none"
    assert debits(funded, now) == []


@pytest.mark.requirement("R81")
def test_only_a_new_authorization_starts_them_again(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    case = revoke()
    with pytest.raises(ValidationError) as refused:
        autopay.set_up(
            lease=funded, method=PaymentMethod.CARD, overdraft_warned=False, by=ana, now=now
        )
    assert refused.value.code == "overdraft"
    set_up(funded, ana, now, PaymentMethod.CARD)
    assert debits(funded, now)
    assert "stopped" in told(case)  # history stays


@pytest.mark.requirement("R81")
def test_a_case_that_gets_its_lease_later_stops_them_then(
    open_case: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    contact = actions.Contact(name="Carla Peña", phone="(210) 555-0134", email="", why="not_found")
    case = open_case(lease=None, contact=contact, kind="autopay_revoked")
    assert Autopay.objects.get(lease=funded).state == AutopayState.ACTIVE
    assert not Entry.objects.filter(event="autopay_revoked").exists()
    actions.attach_lease(case=case, lease=funded, by=ana, now=now)
    assert Autopay.objects.get(lease=funded).state == AutopayState.STOPPED
    actions.detach_lease(case=case, by=ana, now=now)
    assert Autopay.objects.get(lease=funded).state == AutopayState.STOPPED
    with translation.override("en"):
        detached = describe(Entry.objects.get(event="lease_detached"), for_customer=False)
    assert detached == (
        "Lease 300200100 detached. The automatic payments that this case stopped stay stopped until"
        " they’re set up again."
    )


def test_another_kind_of_case_stops_nothing(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    revoke(kind="other")
    assert Autopay.objects.get(lease=funded).state == AutopayState.ACTIVE


def test_a_refused_case_stops_nothing(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    with pytest.raises(ValidationError):
        revoke(outcome="plan_agreed", message="Listo.")  # not an outcome of this kind
    assert Autopay.objects.get(lease=funded).state == AutopayState.ACTIVE


@pytest.mark.requirement("R81")
def test_it_may_be_resolved_before_hanging_up(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    case = revoke(outcome="autopay_stopped", message="Ya no cargaremos sus pagos.")
    assert Autopay.objects.get(lease=funded).state == AutopayState.STOPPED
    keys = Email.objects.filter(casemail__case=case).values_list("template__key", flat=True)
    assert list(keys) == ["resolved_in_call"]


@pytest.fixture
def answer(ana: User, now: datetime) -> Callable[..., None]:
    def answered(case: Case, moment: datetime = now, **answers: Any) -> None:
        actions.answer_questions(case=case, answers=answers, by=ana, now=moment)

    return answered


@pytest.fixture
def without_lease(open_case: Callable[..., Case]) -> Case:
    """Its questions are answered before it has a lease."""
    contact = actions.Contact(name="Carla Peña", phone="(210) 555-0134", email="", why="not_found")
    return open_case(lease=None, contact=contact, kind="autopay_revoked")


@pytest.mark.requirement("R81")
def test_what_comes_from_another_card_or_account_goes_on(
    without_lease: Case, answer: Callable[..., None], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    answer(without_lease, revoked_method="card")
    actions.attach_lease(case=without_lease, lease=funded, by=ana, now=now)
    assert Autopay.objects.get(lease=funded).state == AutopayState.ACTIVE
    assert told(without_lease) == (
        "The authorization for the card was revoked on November 18, 2026. Automatic payments"
        " come from the bank account and continue."
    )
    answer(without_lease, revoked_method="bank")
    assert Autopay.objects.get(lease=funded).state == AutopayState.STOPPED


@pytest.mark.requirement("R81")
def test_answers_of_a_case_that_ended_stop_nothing(
    revoke: Callable[..., Case], answer: Callable[..., None], funded: Lease, ana: User,
    now: datetime,
) -> None:  # fmt: skip
    set_up(funded, ana, now)
    ended = revoke(
        answers={"revoked_method": "card"}, outcome="autopay_stopped", message="Listo, quedó así."
    )
    with pytest.raises(ValidationError) as caught:
        answer(ended, revoked_method="bank")
    assert caught.value.code == "case_over"
    assert Autopay.objects.get(lease=funded).state == AutopayState.ACTIVE
    ended.refresh_from_db()
    again = actions.Update(
        to_status="in_progress", body="Es la cuenta bancaria.", language="es", visibility="public"
    )
    reopened = actions.update_case(case=ended, version=ended.version, update=again, by=ana, now=now)
    answer(reopened, revoked_method="bank")
    assert Autopay.objects.get(lease=funded).state == AutopayState.STOPPED


@pytest.mark.requirement("R81")
def test_answers_of_the_call_count_from_the_start(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    spared = revoke(answers={"revoked_method": "card"})
    assert "continue" in told(spared)
    case = revoke(answers={"revoked_method": "bank", "revoked_on": date(2026, 11, 16)})
    assert "stopped as of" in told(case)  # said once
    event = AutopayEvent.objects.get(change=AutopayChange.STOPPED)
    assert event.revoked_on == date(2026, 11, 16)


@pytest.mark.requirement("R81")
def test_one_payment_leaves_the_others(
    without_lease: Case, answer: Callable[..., None], funded: Lease, ana: User, now: datetime
) -> None:
    set_up(funded, ana, now)
    answer(without_lease, revoked_scope="one")
    actions.attach_lease(case=without_lease, lease=funded, by=ana, now=now)
    assert Autopay.objects.get(lease=funded).state == AutopayState.ACTIVE
    assert "It covers one payment. The other automatic payments continue." in told(without_lease)


@pytest.mark.requirement("R81")
def test_all_leases_are_stopped_if_the_customer_says_so(
    without_lease: Case,
    answer: Callable[..., None],
    deliver: Callable[..., Lease],
    funded: Lease,
    ana: User,
    now: datetime,
) -> None:
    other = deliver("300200101")
    for each in (funded, other):
        set_up(each, ana, now)
    answer(without_lease, revoked_scope="leases", revoked_on=date(2026, 11, 16))
    actions.attach_lease(case=without_lease, lease=funded, by=ana, now=now)
    states = Autopay.objects.values_list("state", flat=True)
    assert set(states) == {AutopayState.STOPPED}
    days = AutopayEvent.objects.filter(change=AutopayChange.STOPPED)
    assert {each.revoked_on for each in days} == {date(2026, 11, 16)}
    events = Entry.objects.filter(case=without_lease, event="autopay_revoked")
    with translation.override("en"):
        lines = sorted(describe(each, for_customer=False) for each in events)
    assert [line[:10] for line in lines] == ["300200101:", "The author"]


@pytest.mark.requirement("R81")
def test_two_cases_of_a_customer_lock_in_one_order(
    revoke: Callable[..., Case],
    answer: Callable[..., None],
    deliver: Callable[..., Lease],
    funded: Lease,
    ana: User,
    now: datetime,
) -> None:
    """The leases by their keys, then the case."""
    other = deliver("300200101")
    for each in (funded, other):
        set_up(each, ana, now)
    cases = [revoke(lease=each) for each in (funded, other)]
    for case in cases:
        Autopay.objects.all().update(state=AutopayState.ACTIVE)
        with CaptureQueriesContext(connection) as queries:
            answer(case, revoked_scope="leases")
        locks = [each["sql"] for each in queries if " FOR " in each["sql"]]
        assert f'"id" = {funded.pk} ' in locks[0]
        assert f'"id" = {other.pk} ' in locks[1]
        assert 'FROM "cases_case"' in locks[2]


@pytest.mark.requirement("R72", "R81")
@pytest.mark.django_db(transaction=True)
def test_a_call_about_the_case_waits_for_its_lease_first(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime
) -> None:
    """Plans and disputes lock the lease, then the case: neither waits for the other forever."""
    case = revoke(answers={"revoked_method": "card"})
    set_up(funded, ana, now)
    draft = actions.start_call(by=ana, now=now)
    call = actions.AddedCall(
        channel="phone", language="es", summary="Es la cuenta bancaria.",
        answers={"revoked_method": "bank"},
    )  # fmt: skip

    def add() -> None:
        try:
            actions.add_call_to_case(draft=draft, case=case, call=call, by=ana, now=now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            locked_lease(funded)
            adding = pool.submit(add)
            wait_for(waiting_for_locks, what="the call to wait for the lease")
            locked(case)
        adding.result(PATIENCE)
    assert case.entries.filter(kind="call", body="Es la cuenta bancaria.").exists()


@pytest.mark.requirement("R81")
def test_a_later_answer_never_stops_what_was_authorized_anew(
    revoke: Callable[..., Case],
    answer: Callable[..., None],
    funded: Lease,
    ana: User,
    now: datetime,
) -> None:
    set_up(funded, ana, now)
    case = revoke()
    later = now + timedelta(hours=1)
    set_up(funded, ana, later)
    answer(case, later, revoked_method="bank")
    assert Autopay.objects.get(lease=funded).state == AutopayState.ACTIVE
    assert Entry.objects.filter(case=case, event="autopay_revoked").count() == 1


def test_a_day_to_come_is_refused(funded: Lease, ana: User, now: datetime) -> None:
    set_up(funded, ana, now)
    tomorrow = business_day(now) + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        autopay.stop(lease=funded, revoked_on=tomorrow, by=ana, now=now)
    assert refused.value.code == "day_future"
    assert Autopay.objects.get(lease=funded).state == AutopayState.ACTIVE


@pytest.mark.requirement("R81")
def test_the_leases_page_says_why(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime, visit: Any
) -> None:
    set_up(funded, ana, now)
    revoke()
    page = visit(ana, "lease_autopay", funded).content.decode()
    assert "autorización retirada el 18 de noviembre de 2026" in page


@pytest.mark.requirement("R81")
@pytest.mark.parametrize("method", [PaymentMethod.BANK, PaymentMethod.CARD])
def test_card_and_bank_account_are_taken_back_in_one_call(
    revoke: Callable[..., Case], funded: Lease, ana: User, now: datetime, method: PaymentMethod
) -> None:
    set_up(funded, ana, now, method)
    soon = revoked_soon(funded, {"revoked_method": "both"}, now=now)
    case = revoke(answers={"revoked_method": "both"})
    assert (
        "for the card and the bank account was revoked on November 18, 2026. Automatic payments"
        in (told(case))
    )
    assert revoked_now(case) == soon
    assert Autopay.objects.get(lease=funded).state == AutopayState.STOPPED


@pytest.mark.requirement("R37", "R81")
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"revoked_method": "card"}, "Automatic payments come from the bank account and continue."),
        ({"revoked_method": "both"}, "for the card and the bank account was revoked"),
        ({"revoked_scope": "one"}, "The other automatic payments continue."),
        ({"revoked_method": "card", "revoked_on": "ayer quizás"}, "bank account and continue."),
    ],
)
def test_the_email_before_hanging_up_follows_the_answers(
    answers: dict[str, str], said: str, funded: Lease, ana: User, now: datetime,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    """It’s the one that will be sent: a day that can’t be read yet doesn’t change the others."""
    set_up(funded, ana, now)
    agent = sign_in(ana)
    call = agent.post(reverse("calls")).headers["Location"]
    typed = {
        "language": "es", "lease": funded.account_number, "kind": "autopay_revoked",
        "channel": "phone", "visibility": "internal", "summary": "Ya no quiere que le cobren.",
        **{f"asked-{key}": value for key, value in answers.items()},
    }  # fmt: skip
    for asked in ("preview", "choose"):
        page = agent.post(call, typed | {asked: "1"}, headers={"HX-Request": "true"})
        assert said in page.content.decode()


@pytest.mark.requirement("R38", "R81")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "The authorization for the card and the bank account was revoked on November 16, 2026."
            " It covers every payment. There are no automatic payments to stop.",
        ),
        (
            "es",
            "Se retiró la autorización de la tarjeta y de la cuenta bancaria el 16 de noviembre de"
            " 2026. Abarca todos los pagos. No hay pagos automáticos que detener.",
        ),
    ],
)  # fmt: skip
def test_what_was_revoked_is_in_writing_even_if_nothing_was_charged(
    revoke: Callable[..., Case], funded: Lease, now: datetime, language: str, said: str
) -> None:
    """By the letter they’re promised they can show which, since when and how far it goes."""
    answers = {
        "revoked_method": "both", "revoked_on": date(2026, 11, 16), "revoked_scope": "payments",
    }  # fmt: skip
    soon = revoked_soon(funded, answers, now=now)
    case = revoke(answers=answers)
    assert told(case, language) == said
    assert revoked_now(case) == soon
    assert said in opened(case) or language == "en"


@pytest.mark.requirement("R81")
@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (
            {"method": "bank", "stopped_on": "2026-11-18", "both": True},
            "The authorization for the card and the bank account was revoked. Automatic payments"
            " stopped as of November 18, 2026.",
        ),
        (
            {"method": "bank"},
            "The authorization for the card was revoked. Automatic payments come from the bank"
            " account and continue.",
        ),
        (
            {"method": "card", "one_payment": True},
            "The authorization was revoked. It covers one payment. The other automatic payments"
            " continue.",
        ),
    ],
)
def test_what_was_stored_before_the_answers_were_reads_as_it_did(
    stored: dict[str, Any], said: str
) -> None:
    with translation.override("en"):
        assert from_json(AutopayRevoked, stored).told(Reader(is_customer=False)) == said


@pytest.mark.requirement("R37", "R81")
def test_what_was_not_answered_is_said_before_the_goodbye(
    funded: Lease, ana: User, sign_in: Callable[[User], Client]
) -> None:
    agent = sign_in(ana)
    call = agent.post(reverse("calls")).headers["Location"]
    typed = {"language": "es", "lease": funded.account_number, "kind": "autopay_revoked"}
    htmx = {"HX-Request": "true"}
    answered = {"asked-revoked_method": "card", "asked-revoked_scope": "payments"}
    said = agent.post(call, typed | answered | {"preview": "1"}, headers=htmx).content.decode()
    assert 'Sin respuesta todavía: <a href="#id_asked-revoked_on">' in said
    answered["asked-revoked_on"] = "ayer"
    said = agent.post(call, typed | answered | {"preview": "1"}, headers=htmx).content.decode()
    assert "Sin respuesta todavía" not in said
