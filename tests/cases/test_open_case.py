"""A logged call becomes a case: number first, then entry, event, mail, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from accounts.models import User
from cases import actions, evidence, numbers
from cases.enums import CaseStatus, EntryKind, Visibility
from cases.events import describe
from cases.lifecycle import TRANSITIONS
from cases.models import CallDraft, Case, Entry, Evidence
from leases.enums import LanguageSource
from leases.models import Customer, Lease
from mail.models import Email
from tests import photos


@pytest.fixture
def photo() -> actions.Upload:
    return photos.photo()


def stored_files(settings: Any) -> list[Path]:
    return [path for path in Path(settings.EVIDENCE_ROOT).rglob("*") if path.is_file()]


@pytest.mark.requirement("R2", "R37")
def test_the_number_exists_before_the_case(ana: User, now: datetime) -> None:
    draft = actions.start_call(by=ana, now=now)
    assert numbers.parse(draft.number) == draft.number
    assert draft.number.startswith("26")
    assert not Case.objects.exists()


@pytest.mark.requirement("R2", "R7", "R11", "R44")
def test_a_call_becomes_a_case(open_case: Callable[..., Case], ana: User, now: datetime) -> None:
    case = open_case(summary="Pide un plan de pagos.\nPuede pagar los viernes.")
    assert case.headline == "Pide un plan de pagos."
    assert case.due_on == date(2026, 11, 23)  # three business days after a Wednesday
    call, opened = case.entries.order_by("id")
    assert (call.kind, call.visibility, call.language, call.channel) == (
        EntryKind.CALL, Visibility.INTERNAL, "es", "phone",
    )  # fmt: skip
    assert (call.author, call.at, call.body) == (
        ana, now, "Pide un plan de pagos.\nPuede pagar los viernes.",
    )  # fmt: skip
    assert (opened.event, opened.visibility) == ("opened", Visibility.PUBLIC)


@pytest.mark.requirement("R5", "R37")
def test_the_customer_is_written_to_in_their_language(
    open_case: Callable[..., Case], dans_lease: Lease
) -> None:
    case = open_case(lease=dans_lease, language="es")
    mail = Email.objects.get(casemail__case=case)
    assert (mail.to, mail.language, mail.template.key) == ("dan@example.com", "en", "case_opened")


@pytest.mark.requirement("R18")
def test_the_language_asked_for_is_kept(open_case: Callable[..., Case], dans_lease: Lease) -> None:
    case = open_case(lease=dans_lease, language="es", remember_language=True)
    dan = Customer.objects.get(pk=dans_lease.customer_id)
    assert (dan.language, dan.language_source) == ("es", LanguageSource.ASKED)
    assert dan.user.language == "es"
    assert Email.objects.get(casemail__case=case).language == "es"


def test_a_language_chosen_in_the_portal_stays_there(
    open_case: Callable[..., Case], dans_lease: Lease
) -> None:
    User.objects.filter(pk=dans_lease.customer.user_id).update(language="es")
    dans_lease.refresh_from_db()
    Customer.objects.filter(pk=dans_lease.customer_id).update(language="en")
    open_case(lease=dans_lease, language="en", remember_language=True)
    assert User.objects.get(pk=dans_lease.customer.user_id).language == "es"


def test_finishing_twice_finds_the_case_already_made(
    lease: Lease, ana: User, now: datetime, photo: actions.Upload, settings: Any
) -> None:
    draft = actions.start_call(by=ana, now=now)
    call = actions.Call(lease=lease, kind="other", channel="phone", language="es", summary="Hola")
    first = actions.open_case(draft=draft, call=call, files=[photo], by=ana, now=now)
    second = actions.open_case(draft=draft, call=call, files=[photo], by=ana, now=now)
    assert first == second
    assert (Case.objects.count(), Email.objects.count(), Evidence.objects.count()) == (1, 1, 1)
    assert len(stored_files(settings)) == 2  # one original, one viewing copy


def test_only_who_works_cases_takes_and_finishes_calls(
    lease: Lease, ana: User, mateo: User, carla: Customer, now: datetime
) -> None:
    draft = actions.start_call(by=ana, now=now)
    call = actions.Call(lease=lease, kind="other", channel="phone", language="es", summary="Hola")
    for outsider in (mateo, carla.user):
        with pytest.raises(PermissionDenied):
            actions.open_case(draft=draft, call=call, by=outsider, now=now)
        with pytest.raises(PermissionDenied):
            actions.start_call(by=outsider, now=now)
        with pytest.raises(PermissionDenied):
            actions.discard_call(draft=draft, reason="x", by=outsider, now=now)
        saved = actions.save_draft(draft=draft, typed={"summary": "x"}, by=outsider)
        assert not saved.is_kept
    assert CallDraft.objects.get().discarded_at is None


@pytest.mark.requirement("R44")
def test_a_colleague_finishes_a_call_and_it_is_known_who_took_it(
    lease: Lease, ana: User, ben: User, carla: Customer, now: datetime
) -> None:
    draft = actions.start_call(by=ana, now=now)
    assert actions.save_draft(draft=draft, typed={"summary": "Hola"}, by=ben).is_kept
    call = actions.Call(lease=lease, kind="other", channel="phone", language="es", summary="Hola")
    case = actions.open_case(draft=draft, call=call, by=ben, now=now)
    assert (case.number, case.opened_by, case.assignee) == (draft.number, ben, ben)
    opened = case.entries.visible_to(carla.user).get(event="opened")
    with translation.override("en"):
        assert describe(opened, for_customer=True) == "Case opened. Ana Torres took the call."
    assert Email.objects.get().params["agent_name"] == "Ana Torres"


@pytest.mark.requirement("R4", "R32")
def test_a_photo_is_kept_as_it_came(
    open_case: Callable[..., Case], photo: actions.Upload, settings: Any
) -> None:
    case = open_case(files=[photo])
    kept = Evidence.objects.get(entry__case=case)
    assert (kept.name, kept.content_type, kept.width) == ("recibo.jpg", "image/jpeg", 40)
    photo.original.seek(0)
    with evidence.open_original(kept.original, root=settings.EVIDENCE_ROOT) as original:
        assert original.read() == photo.original.read()


def test_the_same_photo_twice_in_one_call_is_kept_once_and_named(
    open_case: Callable[..., Case], photo: actions.Upload
) -> None:
    case = open_case(files=[photo, photo._replace()])
    kept = Evidence.objects.get(entry__case=case)
    [left_out] = kept.entry.params["refused"]
    assert (left_out["code"], left_out["params"]) == ("evidence_twice", {"first": "recibo.jpg"})


def test_a_failing_case_leaves_no_file_and_no_row(
    open_case: Callable[..., Case], photo: actions.Upload, settings: Any
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        open_case(files=[photo], channel="longer than its column")
    assert stored_files(settings) == []
    assert not Case.objects.exists()
    assert not Entry.objects.exists()
    assert not Email.objects.exists()


@pytest.mark.parametrize("length", [139, 140, 141, 5000])
def test_headlines_are_cut_at_a_word(open_case: Callable[..., Case], length: int) -> None:
    text = ("palabra " * 1000)[:length].strip()
    headline = open_case(summary=text).headline
    assert len(headline) <= 140
    assert text.startswith(headline.rstrip("…"))


def test_one_endless_word_is_cut_too(open_case: Callable[..., Case]) -> None:
    assert len(open_case(summary="x" * 500).headline) == 140


@pytest.mark.parametrize("start", CaseStatus)
def test_the_database_holds_the_table_of_case_statuses(
    open_case: Callable[..., Case], start: CaseStatus
) -> None:
    import pgtrigger  # noqa: PLC0415

    case = open_case()
    cases = Case.objects.filter(pk=case.pk)
    with pgtrigger.ignore("cases.Case:case_status_table"):
        cases.update(status=start)
    for end in set(CaseStatus) - {start}:
        if end in TRANSITIONS[start]:
            with transaction.atomic():
                assert cases.update(status=end) == 1
                transaction.set_rollback(True)
        else:
            with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
                cases.update(status=end)


@pytest.mark.requirement("R3", "R47")
@pytest.mark.parametrize("table", ["cases_entry", "cases_evidence"])
def test_entries_and_evidence_are_only_ever_added(
    open_case: Callable[..., Case], photo: actions.Upload, table: str
) -> None:
    open_case(files=[photo])
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.requirement("R18")
def test_what_a_customer_chose_in_the_portal_stays(
    open_case: Callable[..., Case], dans_lease: Lease
) -> None:
    Customer.objects.filter(pk=dans_lease.customer_id).update(
        language="en", language_source=LanguageSource.PORTAL
    )
    dans_lease.customer.refresh_from_db()
    case = open_case(lease=dans_lease, language="es", remember_language=True)
    assert Email.objects.get(casemail__case=case).language == "en"
