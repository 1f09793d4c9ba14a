"""An attorney or a statute named, and legal holds: who is told, and what no longer goes out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.actions import Attorney, flag_case, lift_flag
from cases.enums import CancelReason, Channel, FlagKind, Visibility
from cases.models import Case, CaseFlag, CaseMail, FollowUp
from cases.queries.case_mails import attorneys_for
from cases.queries.flags import attorney_of, flag_kinds, flags_of
from cases.views.case.page import told
from leases.mails.plan_payment_due import PLAN_PAYMENT_DUE
from leases.models import Customer, Lease, LeaseMail
from mail import outbox
from mail.enums import EmailState, SuppressionReason
from mail.errors import in_words
from mail.models import Email
from mail.outbound.enqueue import NewMail, enqueue
from mail.outbound.render import render
from mail.outbound.suppression import suppress
from tests.cases.conftest import Inbox
from tests.cases.test_constraints import refused
from tests.mails import KINDS
from tests.threads import at_once

pytestmark = [pytest.mark.requirement("R76"), pytest.mark.django_db]

MARTA = Attorney(
    name="Marta Ruiz", firm="Ruiz & Vega", phone="(210) 555-0171", email="marta@ruiz.example"
)
Flag = Callable[..., CaseFlag]
#: What customers ask for or are owed whoever speaks for them; what signs in; our own people's.
NOT_THROUGH_THE_ATTORNEY = {
    "account_corrected", "address_changed", "approval_expired", "approval_expiring",
    "autopay_changed", "buyout_quote", "case_back", "case_flagged", "contracts_expired",
    "contracts_expiring", "delivery_confirmed", "late_delivery_confirmed", "outside_deadline",
    "paid_off", "password_changed",
    "password_reset", "payment_history", "payment_received", "payment_reversed",
    "payments_set_up", "plan_agreed", "plan_cancelled", "purchase_confirmed", "return_amended",
    "return_closed", "return_opened", "return_voided", "sign_in_code", "weekly_report",
}  # fmt: skip


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def flag(case: Case, ana: User, now: datetime) -> Flag:
    def flagged(**fields: Any) -> CaseFlag:
        values: dict[str, Any] = {"case": case, "kind": FlagKind.ATTORNEY, "by": ana, "now": now}
        if fields.get("kind", FlagKind.ATTORNEY) == FlagKind.ATTORNEY:
            values["attorney"] = MARTA
        return flag_case(**(values | fields))

    return flagged


def code(error: pytest.ExceptionInfo[ValidationError]) -> str | None:
    return error.value.error_list[0].code


def events(case: Case) -> list[str]:
    return list(case.entries.exclude(event="").order_by("at", "pk").values_list("event", flat=True))


def test_every_kind_of_mail_is_on_one_side() -> None:
    """A new mail has to decide: docs/decisions tells how."""
    assert {each.key for each in KINDS if not each.through_attorney} == NOT_THROUGH_THE_ATTORNEY


def test_an_attorney_is_recorded_and_supervisors_are_told(
    flag: Flag, case: Case, sofia: User, ben: User
) -> None:
    made = flag()
    assert (made.name, made.phone, made.email) == (
        "Marta Ruiz",
        "+12105550171",
        "marta@ruiz.example",
    )
    assert events(case)[-1] == "flagged"
    notice = render(Email.objects.get(template__key="case_flagged"))
    assert "Abogado/a en el caso" in notice.subject
    assert "Marta Ruiz, Ruiz & Vega" in notice.text
    assert not Email.objects.filter(template__key="case_flagged").exclude(to=sofia.email).exists()


@pytest.mark.parametrize(
    ("kind", "fields"), [(FlagKind.STATUTE, {"statute": "FDCPA"}), (FlagKind.LEGAL_HOLD, {})]
)
def test_a_statute_or_a_hold_changes_no_mail(
    flag: Flag, case: Case, sofia: User, kind: FlagKind, fields: dict[str, str]
) -> None:
    flag(kind=kind, **fields)
    assert attorney_of(case) is None
    assert flags_of([case])[case.pk].kinds == [kind]
    assert Email.objects.filter(template__key="case_flagged").count() == 1


def test_the_same_flag_twice_is_one(flag: Flag, case: Case) -> None:
    assert flag() == flag()
    assert flag(kind=FlagKind.LEGAL_HOLD) == flag(kind=FlagKind.LEGAL_HOLD)
    assert flag(kind=FlagKind.STATUTE, statute="FDCPA") != flag(
        kind=FlagKind.STATUTE, statute="FCRA"
    )
    assert events(case).count("flagged") == 4
    with pytest.raises(ValidationError) as refusal:
        flag(attorney=Attorney(name="Otro Bufete"))
    assert code(refusal) == "flag_twice"


@pytest.mark.django_db(transaction=True)
def test_two_agents_at_once_make_one_flag(flag: Flag, sofia: User) -> None:
    first, second = at_once(flag, flag)
    assert first == second == CaseFlag.objects.get()
    assert Email.objects.filter(template__key="case_flagged").count() == 1


@pytest.mark.parametrize(
    ("attorney", "expected"),
    [
        (None, "flag_name"),
        (Attorney(name=" \n "), "flag_name"),
        (Attorney(name="Marta Ruiz", email="Carla@Example.com"), "flag_email_customer"),
        (Attorney(name="Marta Ruiz", email="gone@ruiz.example"), "address_suppressed"),
        (Attorney(name="Marta Ruiz", email="marta@ruiz.example\r\nBcc: x@y.example"), "invalid"),
        (Attorney(name="Marta Ruiz", phone="555-0171"), "phone_area_code"),
    ],
)
def test_refused_attorneys(
    flag: Flag, attorney: Attorney | None, expected: str, now: datetime
) -> None:
    suppress(
        address="gone@ruiz.example", reason=SuppressionReason.BOUNCED, error="", email=None, now=now
    )
    with pytest.raises(ValidationError) as refusal:
        flag(attorney=attorney)
    assert code(refusal) == expected
    assert not CaseFlag.objects.exists()


def test_a_statute_has_a_name(flag: Flag) -> None:
    with pytest.raises(ValidationError) as refusal:
        flag(kind=FlagKind.STATUTE, statute="  ")
    assert code(refusal) == "flag_statute"


def test_a_name_of_several_lines_is_one_line(flag: Flag) -> None:
    made = flag(attorney=Attorney(name="Marta\r\nBcc: x@y.example", firm="Ruiz\u2028Vega"))
    assert (made.name, made.firm) == ("Marta Bcc: x@y.example", "Ruiz Vega")


def test_supervisors_lift_it_once_with_a_reason(
    flag: Flag, case: Case, ana: User, sofia: User, now: datetime
) -> None:
    made = flag()
    with pytest.raises(PermissionDenied):
        lift_flag(flag=made, reason="Error.", by=ana, now=now)
    with pytest.raises(ValidationError) as refusal:
        lift_flag(flag=made, reason=" ", by=sofia, now=now)
    assert code(refusal) == "reason"
    assert lift_flag(flag=made, reason="Ya no la representa.", by=sofia, now=now)
    assert not lift_flag(flag=made, reason="Ya no la representa.", by=sofia, now=now)
    assert events(case).count("flag_lifted") == 1
    assert flags_of([case]) == {}
    assert flag() != made  # a new one; the old one stays in the history


def test_the_database_keeps_what_was_told(flag: Flag, sofia: User, now: datetime) -> None:
    made = flag()
    rows = CaseFlag.objects.filter(pk=made.pk)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(name="Otra")
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows._raw_delete(rows.db)
    refused("case_flag_lifted_for_a_reason", lambda: rows.update(lifted_at=now, lifted_by=sofia))
    lift_flag(flag=made, reason="Error.", by=sofia, now=now)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(lift_reason="Otro.")


def test_mails_go_to_the_attorney_in_the_customers_place(
    flag: Flag, case: Case, inbox: Inbox, now: datetime
) -> None:
    """Also what was already waiting when the attorney was named."""
    waiting = Email.objects.get(casemail__case=case)
    flag()
    assert outbox.drain(now=lambda: now).sent == 1
    waiting.refresh_from_db()
    assert (waiting.to, waiting.care_of, waiting.state) == (
        "marta@ruiz.example", "Marta Ruiz", EmailState.SENT,
    )  # fmt: skip
    [sent] = inbox.messages
    assert "carla@example.com" not in inbox.raw(sent).decode()


@pytest.mark.parametrize(
    ("language", "greeting", "about", "why"),
    [
        (
            "es",
            "Hola, Marta Ruiz:",
            "Le escribimos acerca de Carla Peña, su cliente. ",
            "Le escribimos porque usted representa a Carla Peña.",
        ),
        (
            "en",
            "Hello Marta Ruiz,",
            "We’re writing about your client, Carla Peña. ",
            "We’re writing to you because you represent Carla Peña.",
        ),
    ],
)
def test_a_mail_to_the_attorney_speaks_to_the_attorney(
    flag: Flag, case: Case, inbox: Inbox, now: datetime, language: str, greeting: str, about: str,
    why: str,
) -> None:  # fmt: skip
    flag()
    outbox.drain(now=lambda: now)
    sent = Email.objects.get(casemail__case=case)
    sent.language = language
    mail = render(sent)
    paragraphs = mail.text.split("\n\n")
    assert paragraphs[1] == greeting
    assert paragraphs[2].startswith(about)
    assert mail.text.rstrip().split("\n\n")[-1].startswith(why)
    assert "Carla Peña: " in mail.subject
    assert "Hola, Carla" not in mail.html
    assert greeting in mail.html
    assert "/c/" not in mail.text  # an attorney can't sign in


def test_a_payment_reminder_to_the_attorney_has_no_link(now: datetime) -> None:
    for text in PLAN_PAYMENT_DUE.texts.values():
        told = PLAN_PAYMENT_DUE.sample(now).for_attorney(text.body)
        assert "{promise}" in told
        assert "{portal_link}" not in told
        assert "código que le enviaremos" not in told
        assert "code we’ll send you" not in told


def test_without_an_address_mails_are_held_for_staff(
    flag: Flag, case: Case, ana: User, sofia: User, inbox: Inbox, now: datetime
) -> None:
    made = flag(attorney=Attorney(name="Marta Ruiz"))
    outbox.drain(now=lambda: now)
    held = Email.objects.get(casemail__case=case)
    assert (held.state, held.error, held.to) == (EmailState.FAILED, "attorney", "carla@example.com")
    assert [each.recipients for each in inbox.messages] == [
        (sofia.email,)
    ]  # only the supervisor's notice
    actions.retry_email(email=held, by=ana, now=now)
    outbox.drain(now=lambda: now)
    held.refresh_from_db()
    assert held.state == EmailState.FAILED  # no retry gets around it
    lift_flag(flag=made, reason="Error.", by=sofia, now=now)
    actions.retry_email(email=held, by=ana, now=now)
    assert outbox.drain(now=lambda: now).sent == 1


def test_sending_again_asks_whether_the_attorney_can_get_it(
    flag: Flag, case: Case, ana: User, sofia: User, inbox: Inbox, now: datetime
) -> None:
    """The customer's own address decides nothing then."""
    flag()
    of_case = Email.objects.filter(casemail__case=case)
    of_case.update(state=EmailState.FAILED, error="rcpt")
    suppress_address("carla@example.com", now)
    actions.retry_email(email=of_case.get(), by=ana, now=now)
    outbox.drain(now=lambda: now)
    assert [(each.to, each.state) for each in of_case] == [(MARTA.email, EmailState.SENT)]
    of_case.update(state=EmailState.FAILED, sent_at=None, error="rcpt")
    suppress_address(MARTA.email, now)
    with pytest.raises(ValidationError) as error:
        actions.retry_email(email=of_case.get(), by=ana, now=now)
    assert code(error) == "address_suppressed"
    assert actions.retry_failed(failure="rcpt", by=sofia, now=now) == 0


@pytest.mark.parametrize("reminders", [1, 30])
def test_the_attorneys_of_many_mails_are_four_queries(
    flag: Flag,
    case: Case,
    now: datetime,
    reminders: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    made = flag()
    for number in range(reminders):
        about = [LeaseMail(lease=case.lease)]
        said = PLAN_PAYMENT_DUE.sample(now)
        reminder = NewMail(
            kind=PLAN_PAYMENT_DUE, said=said, key=f"reminder:{number}", to="carla@example.com",
            language="es", links=about,
        )  # fmt: skip
        enqueue(reminder, now=now)
    mails = list(Email.objects.exclude(template__key="case_flagged").select_related("template"))
    with django_assert_num_queries(4):
        assert set(attorneys_for(mails).values()) == {made}
    assert len(attorneys_for(mails)) == reminders + 1


def test_without_an_address_of_their_own_the_attorney_still_gets_it(
    flag: Flag, open_case: Callable[..., Case], ana: User, sofia: User, inbox: Inbox, now: datetime
) -> None:
    contact = actions.Contact(why="no_lease", name="Rosa Ibáñez", phone="(210) 555-0188")
    case = open_case(lease=None, contact=contact)
    assert told(case, "%(name)s!").startswith("Saved. We have no email for Rosa Ibáñez")
    made = flag(case=case)
    assert told(case, "%(name)s!") == "Marta Ruiz!"
    case.refresh_from_db()
    update = actions.Update(body="Lo revisamos.", visibility=Visibility.PUBLIC, language="es")
    actions.update_case(case=case, version=case.version, update=update, by=ana, now=now)
    of_case = Email.objects.filter(casemail__case=case)
    assert [(each.to, each.care_of) for each in of_case] == [(MARTA.email, MARTA.name)]
    lift_flag(flag=made, reason="Error.", by=sofia, now=now)
    outbox.drain(now=lambda: now)
    held = of_case.get()
    assert (held.state, held.error) == (EmailState.FAILED, "no_address")
    assert in_words(held.error) == "There’s no email address on record"


def suppress_address(address: str, now: datetime) -> None:
    suppress(address=address, reason=SuppressionReason.BOUNCED, error="", email=None, now=now)


def test_lifted_it_goes_to_the_customer_again(
    flag: Flag, case: Case, sofia: User, inbox: Inbox, now: datetime
) -> None:
    made = flag()
    Email.objects.filter(casemail__case=case).update(to=MARTA.email, care_of=MARTA.name)
    lift_flag(flag=made, reason="Error.", by=sofia, now=now)
    outbox.drain(now=lambda: now)
    sent = Email.objects.get(casemail__case=case)
    assert (sent.to, sent.care_of, sent.state) == ("carla@example.com", "", EmailState.SENT)


def test_what_the_customer_asks_for_still_goes_to_them(
    flag: Flag, carla: Customer, inbox: Inbox, now: datetime
) -> None:
    flag()
    outbox.drain(now=lambda: now)
    kinds = {each.key: each for each in KINDS}
    assert not kinds["sign_in_code"].through_attorney
    assert not kinds["payment_history"].through_attorney


def test_it_covers_all_of_the_customers_cases_and_no_one_elses(
    flag: Flag, open_case: Callable[..., Case], dans_lease: Lease
) -> None:
    made = flag()
    other, dans = open_case(kind="return"), open_case(lease=dans_lease, language="en")
    assert attorney_of(other) == made
    assert attorney_of(dans) is None


def test_what_was_planned_is_canceled_everywhere(
    flag: Flag, case: Case, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    other = open_case(kind="return")
    for each, channel in ((case, Channel.EMAIL), (other, Channel.PHONE)):
        actions.set_follow_up(
            case=each, on=date(2026, 11, 20), channel=channel, message="Hola", by=ana, now=now
        )
    flag()
    assert set(FollowUp.objects.values_list("cancel_reason", flat=True)) == {CancelReason.ATTORNEY}
    assert events(other)[-1] == "follow_up_cancelled"
    assert actions.send_follow_ups(now=now + timedelta(days=5)) == 0


def test_nothing_of_a_held_case_can_be_deleted(
    flag: Flag, case: Case, sofia: User, now: datetime
) -> None:
    made = flag(kind=FlagKind.LEGAL_HOLD)
    with pytest.raises(ProgrammingError, match="on hold"), transaction.atomic():
        CaseMail.objects.filter(case=case).delete()
    lift_flag(flag=made, reason="Terminó.", by=sofia, now=now)
    assert CaseMail.objects.filter(case=case).delete()[0] == 1


def test_no_file_is_swept_while_a_case_is_on_hold(
    flag: Flag, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    flag(kind=FlagKind.LEGAL_HOLD)
    call_command("sweep_files", "--delete")
    assert (
        "Not deleted: 0 files without a row, 0 bytes. Cases on hold: 1." in capsys.readouterr().out
    )
    call_command("sweep_files", "--delete", "--despite-holds")
    assert "Deleted:" in capsys.readouterr().out


@pytest.mark.parametrize("count", [1, 30])
def test_flags_of_many_cases_are_one_query(
    flag: Flag,
    open_case: Callable[..., Case],
    count: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    flag()
    for _each in range(count):
        flag(case=open_case(), kind=FlagKind.STATUTE, statute="FDCPA")
    cases = list(Case.objects.with_parties())
    with django_assert_num_queries(1):
        found = flags_of(cases)
    assert {each.attorney.name for each in found.values() if each.attorney} == {"Marta Ruiz"}
    assert len(found) == len(cases)


def test_the_kinds_alone_are_those_of_the_flags(
    flag: Flag,
    open_case: Callable[..., Case],
    dans_lease: Lease,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    """The attorney also stands in the customer's other cases, a hold only in its own."""
    flag()
    flag(kind=FlagKind.LEGAL_HOLD)
    open_case()
    flag(case=open_case(lease=dans_lease), kind=FlagKind.STATUTE, statute="FDCPA")
    open_case(lease=dans_lease)
    cases = list(Case.objects.with_parties().order_by("pk"))
    with django_assert_num_queries(1):
        kinds = flag_kinds(cases)
    of_all = flags_of(cases)
    assert kinds == {case.pk: of_all[case.pk].kinds if case.pk in of_all else [] for case in cases}
    assert [len(kinds[case.pk]) for case in cases] == [2, 1, 1, 0]


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User) -> Client:
    return sign_in(ana)


def test_the_page_records_and_warns_before_anyone_writes(agent: Client, case: Case) -> None:
    address = reverse("case_flags", args=[case.number])
    told = {"kind": "attorney", "name": "Marta Ruiz", "email": "marta@ruiz.example"}
    assert agent.post(address, told).status_code == 302
    page = agent.get(reverse("case", args=[case.number]), {"open": "follow-ups"}).content.decode()
    assert page.count("Marta Ruiz representa a Carla Peña.") == 3  # card, composer, follow-ups
    assert "Los correos van a marta@ruiz.example." in page
    queue = agent.get(reverse("queue"), {"view": "flagged"})
    assert [each.pk for each in queue.context["page"].rows] == [case.pk]
    assert "Abogado/a" in queue.content.decode()


def test_a_refused_flag_keeps_what_was_typed(agent: Client, case: Case) -> None:
    address = reverse("case_flags", args=[case.number])
    told = {"kind": "attorney", "name": "Marta Ruiz", "email": "carla@example.com"}
    response = agent.post(address, told)
    assert response.status_code == 422
    assert 'value="Marta Ruiz"' in response.content.decode()
    assert agent.post(address, {"kind": "wizard"}).status_code == 400


def test_only_supervisors_remove_a_flag_and_only_in_its_case(
    agent: Client,
    sign_in: Callable[[User], Client],
    sofia: User,
    flag: Flag,
    case: Case,
    open_case: Callable[..., Case],
) -> None:
    made, other = flag(), open_case(kind="return")
    here = reverse("case_flag_lifting", args=[case.number, made.pk])
    elsewhere = reverse("case_flag_lifting", args=[other.number, made.pk])
    supervisor = sign_in(sofia)
    assert agent.post(here, {"reason": "Error."}).status_code == 404
    assert supervisor.post(elsewhere, {"reason": "Error."}).status_code == 404
    assert supervisor.post(here, {"reason": ""}).status_code == 422
    assert supervisor.post(here, {"reason": "Error."}).status_code == 302
    assert supervisor.post(here, {"reason": "Error."}).status_code == 302
    assert CaseFlag.objects.get().lift_reason == "Error."


def test_a_case_without_a_lease_has_its_own_attorney_only(
    flag: Flag, open_case: Callable[..., Case], inbox: Inbox, now: datetime
) -> None:
    contact = actions.Contact(why="no_lease", name="Rosa Ibáñez", email="rosa@example.com")
    without = open_case(lease=None, contact=contact)
    flag()
    assert attorney_of(without) is None
    made = flag(case=without, attorney=Attorney(name="Luis Gil", email="luis@gil.example"))
    assert attorney_of(without) == made
    outbox.drain(now=lambda: now)
    sent = Email.objects.get(casemail__case=without)
    assert (sent.to, sent.care_of) == ("luis@gil.example", "Luis Gil")


def test_a_case_is_marked_while_any_flag_is_in_force(
    flag: Flag, case: Case, sofia: User, now: datetime
) -> None:
    made = [flag(), flag(kind=FlagKind.LEGAL_HOLD)]
    for each in made:
        case.refresh_from_db()
        assert case.is_flagged
        lift_flag(flag=each, reason="Error.", by=sofia, now=now)
    case.refresh_from_db()
    assert not case.is_flagged
