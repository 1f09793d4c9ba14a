"""A case that was opened twice becomes part of the one that goes on; undone as easily."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.enums import CaseStatus, FlagKind, Visibility
from cases.models import Case, CaseMerge, FollowUp, StoreComplaint
from leases.models import Customer, Lease
from mail.models import Email
from mail.outbound.render import render
from tests.pages import text
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R72")]

Open = Callable[..., Case]
SignIn = Callable[[User], Client]


WAITING = actions.Update(
    body="Mándenos el recibo.", visibility=Visibility.PUBLIC, language="es",
    to_status=CaseStatus.WAITING_CUSTOMER,
)  # fmt: skip


@pytest.fixture
def kept(open_case: Open) -> Case:
    return open_case(due_on=date(2026, 11, 25))


@pytest.fixture
def twice(kept: Case, open_case: Open) -> Case:
    """The same customer called again, and someone opened a second case."""
    return open_case(summary="Llamó otra vez por lo mismo.", due_on=date(2026, 11, 20))


def merge(case: Case, into: Case, by: User, now: datetime) -> CaseMerge:
    return actions.merge_case(case=case, into=into, by=by, now=now)


def events(case: Case) -> list[str]:
    return list(case.entries.exclude(event="").order_by("pk").values_list("event", flat=True))


def test_the_duplicate_is_closed_and_both_say_so(
    kept: Case, twice: Case, ana: User, now: datetime
) -> None:
    merge(twice, kept, ana, now)
    kept.refresh_from_db()
    twice.refresh_from_db()
    assert (twice.status, kept.status) == (CaseStatus.CLOSED, CaseStatus.OPEN)
    assert kept.due_on == date(2026, 11, 20)  # the earlier one was promised
    for case, other, goes_on in ((twice, kept, False), (kept, twice, True)):
        entry = case.entries.get(event="merged")
        assert entry.params == {"number": other.number, "goes_on": goes_on}
        assert (entry.author, entry.is_public) == (ana, True)
    assert list(Case.objects.active()) == [kept]


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_customer_is_told_where_it_goes_on(
    kept: Case, twice: Case, ana: User, carla: Customer, now: datetime, language: str
) -> None:
    Customer.objects.filter(pk=carla.pk).update(language=language)
    merge(twice, kept, ana, now)
    mail = render(Email.objects.get(template__key="cases_merged"))
    assert kept.spoken_number in mail.subject.replace(" ", "\N{NO-BREAK SPACE}")
    assert twice.spoken_number in mail.text.replace(" ", "\N{NO-BREAK SPACE}")


def test_what_is_written_about_the_duplicate_arrives_where_it_goes_on(
    kept: Case, twice: Case, open_case: Open, ana: User, carla: Customer, now: datetime
) -> None:
    last = open_case()
    merge(twice, kept, ana, now)
    merge(kept, last, ana, now)
    written = actions.add_customer_message(case=twice, body="¿Y mi caso?", by=carla.user, now=now)
    assert written == last
    assert last.entries.filter(body="¿Y mi caso?").exists()
    twice.refresh_from_db()
    assert twice.status == CaseStatus.CLOSED


def test_whoever_waits_for_an_answer_goes_on_waiting(
    kept: Case, twice: Case, ana: User, carla: Customer, now: datetime
) -> None:
    actions.add_customer_message(case=twice, body="¿Y mi caso?", by=carla.user, now=now)
    merge(twice, kept, ana, now + timedelta(hours=2))
    kept.refresh_from_db()
    twice.refresh_from_db()
    assert (kept.customer_wrote_at, twice.customer_wrote_at) == (now, None)


def test_what_was_asked_in_the_duplicate_makes_it_our_turn(
    kept: Case, twice: Case, ana: User, carla: Customer, now: datetime
) -> None:
    """The email must not say that we wait for someone who waits for us."""
    kept = actions.update_case(case=kept, version=kept.version, update=WAITING, by=ana, now=now)
    actions.add_customer_message(case=twice, body="¿Y mi caso?", by=carla.user, now=now)
    merge(twice, kept, ana, now)
    kept.refresh_from_db()
    assert (kept.status, kept.due_on) == (CaseStatus.IN_PROGRESS, date(2026, 11, 20))
    assert Email.objects.get(template__key="cases_merged").params["acts"] == "company"


@pytest.mark.parametrize("answered", [True, False])
def test_undone_the_customer_waits_in_the_duplicate_again(
    kept: Case, twice: Case, ana: User, carla: Customer, now: datetime, answered: bool
) -> None:
    actions.add_customer_message(case=twice, body="¿Y mi caso?", by=carla.user, now=now)
    row = merge(twice, kept, ana, now)
    if answered:
        kept.refresh_from_db()
        update = actions.Update(body="Ya va.", visibility=Visibility.PUBLIC, language="es")
        actions.update_case(case=kept, version=kept.version, update=update, by=ana, now=now)
    actions.undo_merge(merge=row, by=ana, now=now + timedelta(minutes=5))
    twice.refresh_from_db()
    assert twice.customer_wrote_at == (None if answered else now)


def test_what_was_planned_ends_with_it(kept: Case, twice: Case, ana: User, now: datetime) -> None:
    planned = actions.set_follow_up(
        case=twice, on=date(2026, 11, 20), message="Hola", by=ana, now=now
    )
    merge(twice, kept, ana, now)
    assert FollowUp.objects.get(pk=planned.pk).cancelled_at == now


def test_it_is_undone_within_the_history_of_both(
    kept: Case, twice: Case, ana: User, ben: User, now: datetime
) -> None:
    row = merge(twice, kept, ana, now)
    case = actions.undo_merge(merge=row, by=ben, now=now)
    assert (case.status, case.due_on) == (CaseStatus.IN_PROGRESS, date(2026, 11, 20))
    assert events(twice)[-2:] == ["status_changed", "merge_undone"]
    assert events(kept)[-1] == "merge_undone"
    assert Email.objects.filter(template__key="status_changed", thread=twice.number).count() == 1
    again = refusal(lambda: actions.undo_merge(merge=row, by=ana, now=now))
    assert again == "merge_undone"
    merge(twice, kept, ana, now)  # it was one after all


def test_undone_late_it_gets_a_day_to_come(
    kept: Case, twice: Case, ana: User, now: datetime
) -> None:
    row = merge(twice, kept, ana, now)
    later = now + timedelta(days=30)
    case = actions.undo_merge(merge=row, by=ana, now=later)
    assert case.due_on > later.date()


def test_a_duplicate_is_not_reopened_by_hand(
    kept: Case, twice: Case, ana: User, now: datetime
) -> None:
    merge(twice, kept, ana, now)
    twice.refresh_from_db()
    update = actions.Update(
        body="Sigue.", visibility=Visibility.PUBLIC, language="es",
        to_status=CaseStatus.IN_PROGRESS,
    )  # fmt: skip
    save = lambda: actions.update_case(  # noqa: E731
        case=twice, version=twice.version, update=update, by=ana, now=now
    )
    assert refusal(save) == "case_merged"


def test_a_call_about_a_duplicate_is_led_to_the_case_that_goes_on(
    kept: Case, twice: Case, ana: User, now: datetime
) -> None:
    """Chosen a moment before a colleague merged it."""
    merge(twice, kept, ana, now)
    draft = actions.start_call(by=ana, now=now)
    call = actions.AddedCall(channel="phone", language="es", summary="Llamó otra vez.")
    with pytest.raises(ValidationError) as refused:
        actions.add_call_to_case(draft=draft, case=twice, call=call, by=ana, now=now)
    assert (refused.value.code, kept.spoken_number in refused.value.messages[0]) == (
        "case_merged", True,
    )  # fmt: skip


def test_a_case_keeps_its_lease_while_others_are_part_of_it(
    open_case: Open, lease: Lease, ana: User, now: datetime
) -> None:
    """Whoever writes about the duplicate would write into a case that they can’t see."""
    contact = actions.Contact(why="not_found", name="Carla Peña", phone="210 555 0134")
    kept, twice = open_case(lease=None, contact=contact), open_case()
    actions.attach_lease(case=kept, lease=lease, by=ana, now=now)
    row = merge(twice, kept, ana, now)
    assert refusal(lambda: actions.detach_lease(case=kept, by=ana, now=now)) == "merged_into"
    actions.undo_merge(merge=row, by=ana, now=now)
    actions.detach_lease(case=kept, by=ana, now=now)


def test_crossed_and_repeated_merges_are_refused(
    kept: Case, twice: Case, ana: User, now: datetime
) -> None:
    assert refusal(lambda: merge(kept, kept, ana, now)) == "merge_same"
    merge(twice, kept, ana, now)
    assert refusal(lambda: merge(kept, twice, ana, now)) == "merge_over"
    assert refusal(lambda: merge(twice, kept, ana, now)) == "merge_over"
    assert CaseMerge.objects.count() == 1


def test_only_what_is_about_the_same_thing_is_a_duplicate(
    kept: Case, open_case: Open, make_lease: Callable[..., Lease], dans_lease: Lease,
    carla: Customer, ana: User, now: datetime,
) -> None:  # fmt: skip
    dans = open_case(lease=dans_lease)
    other = open_case(lease=make_lease(carla, "300000017"))
    contact = actions.Contact(why="not_found", name="Carla Peña", phone="210 555 0134")
    without = open_case(lease=None, contact=contact)
    assert refusal(lambda: merge(dans, kept, ana, now)) == "merge_of_another"
    assert refusal(lambda: merge(other, kept, ana, now)) == "merge_other_lease"
    assert refusal(lambda: merge(without, kept, ana, now)) == "merge_lease"
    again = open_case(lease=None, contact=contact)
    merge(again, without, ana, now)
    someone = actions.Contact(why="not_found", name="Rosa Díaz", phone="210 555 0177")
    rosas = open_case(lease=None, contact=someone)
    assert refusal(lambda: merge(rosas, without, ana, now)) == "merge_of_another"


@pytest.mark.parametrize(
    ("begin", "code"),
    [
        (
            lambda case, by, now: actions.make_promise(
                case=case, agreed=actions.Agreed(
                    party="customer", what="Paga", language="es", due_on=date(2026, 11, 27),
                ), by=by, now=now,
            ),
            "merge_agreements",
        ),
        (
            lambda case, by, now: actions.open_outside_deadline(
                case=case, body="cfpb", received_on=now.date(), by=by, now=now
            ),
            "merge_deadlines",
        ),
        (
            lambda case, by, now: actions.flag_case(
                case=case, kind=FlagKind.LEGAL_HOLD, by=by, now=now
            ),
            "merge_flags",
        ),
        (
            lambda case, by, now: actions.escalate(case=case, reason="Urge", by=by, now=now),
            "merge_escalated",
        ),
    ],
)  # fmt: skip
def test_nothing_is_left_behind_in_a_closed_case(
    kept: Case, twice: Case, ana: User, now: datetime, begin: Callable[..., Any], code: str
) -> None:
    begin(twice, ana, now)
    assert refusal(lambda: merge(twice, kept, ana, now)) == code
    merge(kept, twice, ana, now)  # the other way round it goes on


def test_a_reason_that_does_more_goes_on(
    kept: Case, open_case: Open, ana: User, now: datetime
) -> None:
    complaint = open_case(kind="sale_complaint")
    assert refusal(lambda: merge(complaint, kept, ana, now)) == "merge_reason"
    merge(kept, complaint, ana, now)


def test_a_sale_complained_about_twice_counts_once(
    open_case: Open, ana: User, now: datetime
) -> None:
    kept, twice = open_case(kind="sale_complaint"), open_case(kind="sale_complaint")
    row = merge(twice, kept, ana, now)
    assert [each.case for each in StoreComplaint.objects.all()] == [kept]
    actions.undo_merge(merge=row, by=ana, now=now)
    assert StoreComplaint.objects.count() == 2


def test_only_who_works_cases(
    kept: Case, twice: Case, ana: User, mateo: User, carla: Customer, now: datetime
) -> None:
    for outsider in (mateo, carla.user):
        with pytest.raises(PermissionDenied):
            merge(twice, kept, outsider, now)
    row = merge(twice, kept, ana, now)
    for outsider in (mateo, carla.user):
        with pytest.raises(PermissionDenied):
            actions.undo_merge(merge=row, by=outsider, now=now)


def test_what_was_recorded_stays(kept: Case, twice: Case, ana: User, now: datetime) -> None:
    row = merge(twice, kept, ana, now)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        CaseMerge.objects.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        CaseMerge.objects.filter(pk=row.pk).update(into=twice)
    with pytest.raises(IntegrityError, match="case_merge_once"), transaction.atomic():
        CaseMerge.objects.create(case=twice, into=kept, due_on=now, by=ana, at=now)


def test_the_page_offers_the_other_cases_and_undoes(
    kept: Case, twice: Case, ben: User, sign_in: SignIn
) -> None:
    client, address = sign_in(ben), reverse("case_merge", args=[twice.number])
    assert f'href="{address}"' in text(client.get(reverse("case", args=[twice.number])))
    page = text(client.get(address))
    assert f'value="{kept.number}" checked' in page
    assert "Carla Peña gets an email with the number of the case you keep." in page
    done = client.post(address, {"into": kept.number}, follow=True)
    assert "Merged. Carla Peña will get an email about it." in text(done)
    assert f"Case {twice} is now part of this one</a>" in text(done)
    duplicate = text(client.get(reverse("case", args=[twice.number])))
    assert "What the customer writes from now on goes there." in duplicate
    row = CaseMerge.objects.get()
    undoing = reverse("case_merge_undoing", args=[kept.number, row.pk])
    undone = client.post(undoing, follow=True)
    assert "Undone: the case is in progress again." in text(undone)
    refused = client.post(undoing)
    assert (refused.status_code, "Someone else already undid this merge." in text(refused)) == (
        422, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "merge_missing"),
        ("260 009 995", "case_number_check"),
        ("algo", "case_number_format"),
        ("260\x00", "null_characters_not_allowed"),
    ],
)
def test_a_number_that_is_none_is_said(
    twice: Case, ben: User, sign_in: SignIn, typed: str, code: str
) -> None:
    address = reverse("case_merge", args=[twice.number])
    refused = sign_in(ben).post(address, {"number": typed})
    assert refused.status_code == 422
    assert [each.code for each in refused.context["form"].errors.as_data()["number"]] == [code]


def test_a_merge_of_other_cases_is_not_undone_here(
    kept: Case, twice: Case, open_case: Open, ana: User, ben: User, sign_in: SignIn, now: datetime
) -> None:
    row = merge(twice, kept, ana, now)
    elsewhere = reverse("case_merge_undoing", args=[open_case().number, row.pk])
    assert sign_in(ben).post(elsewhere).status_code == 404


def test_the_customer_is_led_on_in_the_portal(
    kept: Case, twice: Case, ana: User, carla: Customer, sign_in: SignIn, now: datetime
) -> None:
    merge(twice, kept, ana, now)
    assert carla.user is not None
    client = sign_in(carla.user)
    page = client.get(reverse("portal_case", args=[twice.number]))
    onward = reverse("portal_case", args=[kept.number])
    assert f'href="{onward}"' in text(page)
    assert 'name="body"' not in text(page)
    sent = client.post(
        reverse("portal_messages", args=[twice.number]), {"body": "¿Y mi caso?"}
    )  # from a page opened before
    assert (sent.status_code, sent["Location"]) == (302, onward)


def test_what_a_customer_typed_about_a_duplicate_stays(
    kept: Case, twice: Case, ana: User, carla: Customer, sign_in: SignIn, now: datetime
) -> None:
    """On a page opened before the merge, with what was asked for then."""
    merge(twice, kept, ana, now)
    assert carla.user is not None
    client, address = sign_in(carla.user), reverse("portal_messages", args=[twice.number])
    long = "¿Y mi caso? " * 500
    refused = client.post(address, {"body": long, "answers": "id_photo"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["body"]
    assert long.strip() in text(refused)


def test_the_agent_is_told_who_gets_no_email(open_case: Open, ben: User, sign_in: SignIn) -> None:
    contact = actions.Contact(why="not_found", name="Carla Peña", phone="210 555 0134")
    with_email = actions.Contact(
        why="not_found", name="Carla Peña", phone="210 555 0134", email="carla@example.com"
    )
    kept = open_case(lease=None, contact=contact)
    twice = open_case(lease=None, contact=with_email)
    address = reverse("case_merge", args=[twice.number])
    done = sign_in(ben).post(address, {"number": kept.number}, follow=True)
    assert "Saved. We have no email for Carla Peña: call and tell them." in text(done)


def test_going_back_is_refused_while_cases_are_merged(
    kept: Case, twice: Case, ana: User, now: datetime
) -> None:
    refuse = import_module("cases.migrations.0058_merges").refuse
    row = merge(twice, kept, ana, now)
    with pytest.raises(CommandError, match=twice.number):
        refuse(apps, None)
    actions.undo_merge(merge=row, by=ana, now=now)
    refuse(apps, None)
