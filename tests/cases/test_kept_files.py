"""Files and rows: what the database may have kept is never deleted; leftovers are swept."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from accounts.models import User
from cases import actions, evidence
from cases.actions.evidence import attach, kept
from cases.enums import InboundSource
from cases.evidence import open_original, open_view
from cases.models import Case, Entry, Evidence, InboundMail
from mail.models import Email
from tests.mail.letters import letter
from tests.mail.test_receive_mail import answer
from tests.photos import photo

OpenCase = Callable[..., Case]


def arrived(raw: bytes, now: datetime) -> actions.Arrived:
    return actions.Arrived(raw=raw, source=InboundSource.MAILBOX, now=now)


def files(settings: Any) -> list[Path]:
    return sorted(path for path in Path(settings.EVIDENCE_ROOT).rglob("*") if path.is_file())


@contextmanager
def line_lost_at_commit(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database commits, and the connection is lost before it can say so."""

    def commit() -> None:
        real()
        server = connection.connection.info
        with psycopg.connect(server.dsn, password=server.password, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [server.backend_pid])
        with connection.wrap_database_errors:
            connection.connection.execute("SELECT 1")

    real = connection.commit
    with patch.context() as now:
        now.setattr(connection, "commit", commit)
        yield


def _opened(open_case: OpenCase, now: datetime) -> None:
    open_case(files=[photo()])


def _updated(open_case: OpenCase, now: datetime) -> None:
    case = Case.objects.get()
    by = User.objects.get(email="ana@puente.example")
    actions.update_case(
        case=case, version=case.version, update=actions.Update(), files=[photo()], by=by, now=now
    )


def _written(open_case: OpenCase, now: datetime) -> None:
    case = Case.objects.get()
    by = case.lease.customer.user
    actions.add_customer_message(case=case, body="", files=[photo()], by=by, now=now)


def _answered(open_case: OpenCase, now: datetime) -> None:
    raw = answer(
        Email.objects.get(casemail__case=Case.objects.get()), attachments=[("recibo.jpg", _jpeg())]
    )
    actions.receive_mail(arrived(raw, now))


def _put(open_case: OpenCase, now: datetime) -> None:
    mail, by = InboundMail.objects.get(), User.objects.get(email="ana@puente.example")
    actions.put_into_case(mail=mail, case=Case.objects.get(), by=by, now=now)


def _jpeg() -> bytes:
    upload = photo()
    upload.original.seek(0)
    return upload.original.read()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", [_opened, _updated, _written, _answered, _put])
def test_files_stay_when_nobody_can_tell_whether_their_rows_did(
    open_case: OpenCase,
    now: datetime,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[OpenCase, datetime], None],
) -> None:
    settings.INBOUND_ADDRESS = "respuestas@puente.example"
    if write is not _opened:
        open_case()
    if write is _put:
        raw = letter(From="x@example.net", attachments=[("recibo.jpg", _jpeg())])
        actions.receive_mail(arrived(raw, now))
    with pytest.raises(OperationalError), line_lost_at_commit(monkeypatch):
        write(open_case, now)
    found = Evidence.objects.get()
    for opened in (
        open_original(found.original, root=settings.EVIDENCE_ROOT),
        open_view(found.view, root=settings.EVIDENCE_ROOT),
    ):
        opened.close()
    for mail in InboundMail.objects.all():
        open_original(mail.original, root=settings.EVIDENCE_ROOT).close()


@pytest.mark.django_db(transaction=True)
def test_a_mail_whose_commit_was_lost_is_there_once_with_its_original(
    open_case: OpenCase, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INBOUND_ADDRESS = "respuestas@puente.example"
    raw = answer(
        Email.objects.get(casemail__case=open_case()), attachments=[("recibo.jpg", _jpeg())]
    )
    with pytest.raises(OperationalError), line_lost_at_commit(monkeypatch):
        actions.receive_mail(arrived(raw, now))
    mail = actions.receive_mail(arrived(raw, now))  # the mailbox delivers it again
    assert mail.entry
    assert mail.entry.evidence.count() == 1
    with open_original(mail.original, root=settings.EVIDENCE_ROOT) as original:
        assert original.read() == raw
    assert len(files(settings)) == 3


def test_an_original_the_disk_has_lost_is_kept_again(
    open_case: OpenCase, now: datetime, settings: Any
) -> None:
    raw = letter(From="x@example.net")
    first = actions.receive_mail(arrived(raw, now))
    (Path(settings.EVIDENCE_ROOT) / first.original).unlink()
    again = actions.receive_mail(arrived(b"Received: later\n" + raw, now))
    assert again.pk == first.pk
    again.refresh_from_db()
    with open_original(again.original, root=settings.EVIDENCE_ROOT) as original:
        assert original.read() == b"Received: later\n" + raw
    assert again.size == len(raw) + 16
    assert files(settings) == [Path(settings.EVIDENCE_ROOT) / again.original]


@pytest.mark.django_db(transaction=True)
def test_files_of_rows_that_are_there_stay_whatever_fails_after_them(
    open_case: OpenCase, settings: Any
) -> None:
    case = open_case()
    with pytest.raises(RuntimeError):
        _fail_behind_the_row(case.entries.all()[0])
    assert len(files(settings)) == 2
    with pytest.raises(RuntimeError), kept([photo()]):
        raise RuntimeError
    assert len(files(settings)) == 2


def _fail_behind_the_row(entry: Entry) -> None:
    with kept([photo()]) as stored:
        with transaction.atomic():
            attach(entry, stored)
        raise RuntimeError


def test_what_no_row_names_is_swept_a_day_later(
    open_case: OpenCase, settings: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    root = Path(settings.EVIDENCE_ROOT)
    open_case(files=[photo()])
    actions.receive_mail(arrived(letter(From="x@example.net"), now))
    needed = files(settings)
    left = evidence.store_original(b"12345", root=root)
    part = (root / left).with_name(f".{Path(left).name}.part")
    fresh = root / evidence.store_original(b"67890", root=root)
    foreign = (root / left).with_name("README.txt")
    link = (root / left).with_name(f"{Path(left).name[:-13]}ffff.original")
    part.write_bytes(b"1")
    foreign.write_bytes(b"")
    link.symlink_to(foreign)
    old = (now - timedelta(days=1, minutes=1)).timestamp()
    for path in (*needed, root / left, part, foreign):
        os.utime(path, (old, old))
    os.utime(fresh, (now.timestamp(), now.timestamp()))

    assert _swept() == "2 files without a row, 6 bytes. To delete, add --delete.\n"
    assert (root / left).exists()
    assert _swept("--delete") == "Deleted: 2 files without a row, 6 bytes.\n"
    assert files(settings) == sorted([*needed, fresh, foreign, link])
    assert _swept() == "0 files without a row, 0 bytes.\n"


def _swept(*arguments: str) -> str:
    said = io.StringIO()
    call_command("sweep_files", *arguments, stdout=said)
    return said.getvalue()
