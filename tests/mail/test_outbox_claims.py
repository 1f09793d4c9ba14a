"""One row for each event, one sender for each mail, and what is left when a sender dies."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from accounts import doorbell
from cases.mails.case_opened import CASE_OPENED
from mail import backoff, outbox
from mail.enums import EmailState
from mail.models import Email, EmailTemplate
from mail.outbound import smtp
from mail.outbound.claim import begin, claim, finish, hold, put_off, release, renew
from mail.outbound.sweep import sweep
from tests.mail.conftest import CASE_PARAMS, LEASE_MAILS, Clock, Inbox
from tests.mail.smtp_server import ScriptedServer
from tests.mails import edited
from tests.patience import PATIENCE

S = EmailState
NOTHING = timedelta(0)


def in_threads(count: int, work: Callable[[int], Any]) -> list[Any]:
    """All start at the same moment, each on its own connection."""
    barrier = threading.Barrier(count)

    def one(number: int) -> Any:
        try:
            barrier.wait(PATIENCE)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_one_row_per_key_however_many_write_it(now: datetime) -> None:
    def write(number: int) -> list[bool]:
        with transaction.atomic():
            return [
                outbox.enqueue(
                    outbox.NewMail(
                        kind=CASE_OPENED,
                        said=CASE_OPENED.read(CASE_PARAMS),
                        key=f"event-{event}",
                        to="carla@example.com",
                        language="es",
                    ),
                    now=now,
                )
                for event in range(20)
            ]

    written = in_threads(8, write)
    assert Email.objects.count() == 20
    assert sum(sum(each) for each in written) == 20


@pytest.mark.django_db(transaction=True)
def test_no_mail_without_its_event(post: Callable[..., Email]) -> None:
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert not Email.objects.exists()


@pytest.mark.django_db
def test_text_is_the_one_of_that_moment(post: Callable[..., Email], now: datetime) -> None:
    mail = post()
    first = EmailTemplate.objects.get(key="case_opened")
    edited(
        "case_opened", now=now,
        subject_en="{case_number}", subject_es="{case_number}", body_en="new", body_es="nuevo",
    )  # fmt: skip
    mail.refresh_from_db()
    assert mail.template == first
    assert post().template.version == 2


@pytest.mark.django_db(transaction=True)
def test_claims_never_overlap(post: Callable[..., Email], now: datetime) -> None:
    for _ in range(60):
        post()

    def take(number: int) -> list[uuid.UUID]:
        taken: list[uuid.UUID] = []
        while batch := claim(owner=uuid.uuid4(), size=7, now=now):
            taken += [mail.pk for mail in batch]
        return taken

    taken = [key for keys in in_threads(4, take) for key in keys]
    assert len(taken) == len(set(taken)) == 60


@pytest.mark.django_db(transaction=True)
def test_drainers_at_once_send_each_mail_once(inbox: Inbox, post: Callable[..., Email]) -> None:
    for number in range(120):
        post(to=f"customer{number}@example.com")
    done = in_threads(4, lambda number: outbox.drain())
    assert sum(each.sent for each in done) == 120
    assert len({message.recipients for message in inbox.messages}) == 120
    assert len(inbox.messages) == 120


@pytest.mark.django_db
def test_claimed_and_abandoned_goes_back(post: Callable[..., Email], clock: Clock) -> None:
    mail = post()
    claim(owner=uuid.uuid4(), size=1, now=clock.now)
    assert sweep(now=clock.move(seconds=59)) == 0
    assert sweep(now=clock.move(seconds=2)) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.owner) == (S.PENDING, 0, None)


@pytest.mark.django_db
def test_begun_and_abandoned_is_sent_again_if_it_is_about_a_case(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    mail = post()
    [claimed] = claim(owner=uuid.uuid4(), size=1, now=clock.now)
    assert begin(claimed, now=clock.now)
    clock.move(seconds=61)
    done = outbox.drain(now=clock)
    assert (done.swept, done.sent) == (1, 1)
    assert server.messages[0]["Message-ID"] == f"<{mail.pk}@127.0.0.1>"


@pytest.mark.django_db
def test_begun_and_abandoned_code_is_never_sent_again(
    server: ScriptedServer, post_code: Callable[..., Email], clock: Clock
) -> None:
    mail = post_code()
    [claimed] = claim(owner=uuid.uuid4(), size=1, now=clock.now)
    assert begin(claimed, now=clock.now)
    clock.move(seconds=61)
    assert str(outbox.drain(now=clock)) == "swept=1"
    mail.refresh_from_db()
    assert (mail.state, mail.error, mail.params) == (S.UNCERTAIN, "interrupted", {})
    assert server.connections == 0


@pytest.mark.django_db
def test_begun_and_abandoned_notice_keeps_its_words(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    params = LEASE_MAILS["plan_cancelled"]
    mail = post("plan_cancelled", params=params)
    [claimed] = claim(owner=uuid.uuid4(), size=1, now=clock.now)
    assert begin(claimed, now=clock.now)
    clock.move(seconds=61)
    assert str(outbox.drain(now=clock)) == "swept=1"
    mail.refresh_from_db()
    assert (mail.state, mail.error, mail.params) == (S.UNCERTAIN, "interrupted", params)


@pytest.mark.django_db
def test_mail_that_ends_every_drainer_fails_at_last(
    post: Callable[..., Email], clock: Clock
) -> None:
    mail = post()
    Email.objects.update(attempts=backoff.MOST_ATTEMPTS - 1)
    [claimed] = claim(owner=uuid.uuid4(), size=1, now=clock.now)
    begin(claimed, now=clock.now)
    sweep(now=clock.move(seconds=61))
    mail.refresh_from_db()
    assert mail.state == S.FAILED


@pytest.mark.django_db
def test_whose_lease_ran_out_can_neither_begin_nor_finish(
    post: Callable[..., Email], clock: Clock
) -> None:
    post(), post()
    begun, waiting = claim(owner=uuid.uuid4(), size=2, now=clock.now)
    assert begin(begun, now=clock.now)
    sweep(now=clock.move(seconds=61))
    others = claim(owner=uuid.uuid4(), size=2, now=clock.now)
    assert len(others) == 2
    for other in others:
        assert begin(other, now=clock.now)
    assert not begin(waiting, now=clock.now)
    assert not finish(begun, S.SENT, now=clock.now, error="", wait=NOTHING)
    assert set(Email.objects.values_list("state", flat=True)) == {S.SENDING}
    assert finish(others[0], S.SENT, now=clock.now, error="", wait=NOTHING)


@pytest.mark.django_db
def test_drainer_that_was_taken_over_says_so(
    server: ScriptedServer,
    post: Callable[..., Email],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other one takes over exactly while the mail is on the wire."""
    mail = post()
    other = uuid.uuid4()
    real = smtp.message

    def message(email: Email) -> Any:
        sweep(now=clock.now + timedelta(seconds=61))
        [taken] = claim(owner=other, size=1, now=clock.now)
        begin(taken, now=clock.now)
        return real(email)

    monkeypatch.setattr(smtp, "message", message)
    done = outbox.drain(now=clock)
    assert (done.sent, done.lost) == (0, 1)
    mail.refresh_from_db()
    assert (mail.state, mail.owner) == (S.SENDING, other)


@pytest.mark.django_db
def test_long_batch_keeps_its_claims(post: Callable[..., Email], clock: Clock) -> None:
    post(), post()
    owner = uuid.uuid4()
    first, second = claim(owner=owner, size=2, now=clock.now)
    begin(first, now=clock.now)
    renew(owner, now=clock.move(seconds=50))
    assert sweep(now=clock.move(seconds=20)) == 1  # the one being sent, not the one waiting
    assert begin(second, now=clock.now)


@pytest.mark.django_db
def test_mail_whose_server_takes_its_time_stays_ours(
    post: Callable[..., Email], clock: Clock
) -> None:
    post()
    [mail] = claim(owner=uuid.uuid4(), size=1, now=clock.now)
    begin(mail, now=clock.now)
    assert hold(mail, now=clock.move(seconds=50))
    assert sweep(now=clock.move(seconds=50)) == 0
    assert sweep(now=clock.move(seconds=11)) == 1
    assert not hold(mail, now=clock.now)


@pytest.mark.django_db
def test_mail_that_was_begun_and_abandoned_often_is_uncertain(
    post: Callable[..., Email], clock: Clock
) -> None:
    mail = post()
    for _ in range(3):
        [claimed] = claim(owner=uuid.uuid4(), size=1, now=clock.now)
        begin(claimed, now=clock.now)
        sweep(now=clock.move(seconds=61))
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (S.UNCERTAIN, 3, "interrupted")


@pytest.mark.django_db
def test_claim_of_a_clock_far_ahead_is_over(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    first, second = post(), post()
    ahead = clock.now + timedelta(days=365)
    begun, _claimed = claim(owner=uuid.uuid4(), size=2, now=ahead)
    begin(begun, now=ahead)
    done = outbox.drain(now=clock)
    assert (done.swept, done.sent) == (2, 2)
    for mail in (first, second):
        mail.refresh_from_db()
        assert mail.state == S.SENT


@pytest.mark.django_db
def test_next_try_set_by_a_clock_far_ahead_is_now(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    mail = post()
    server.next("RCPT", "450 busy")
    outbox.drain(now=lambda: clock.now + timedelta(days=365))
    mail.refresh_from_db()
    assert mail.state == S.PENDING
    assert mail.next_attempt_at > clock.now + timedelta(days=364)
    assert outbox.drain(now=clock).sent == 1


@pytest.mark.django_db
def test_what_waits_for_its_hour_goes_no_sooner(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    """A long weekend isn't a clock running ahead, and news of tomorrow isn't sent today."""
    [held, later] = [post(), post(now=clock.now + timedelta(days=20))]
    [claimed] = claim(owner=uuid.uuid4(), size=1, now=clock.now)
    put_off(claimed, clock.now + timedelta(days=4), error="hours")
    assert outbox.drain(now=clock).tried == 0
    assert set(Email.objects.values_list("state", flat=True)) == {S.PENDING}
    held.refresh_from_db()
    assert held.next_attempt_at == clock.now + timedelta(days=4)
    later.refresh_from_db()
    assert later.next_attempt_at == clock.now + timedelta(days=20)


@pytest.mark.django_db
def test_released_mails_are_free_at_once(post: Callable[..., Email], clock: Clock) -> None:
    post(), post()
    owner = uuid.uuid4()
    first, _second = claim(owner=owner, size=2, now=clock.now)
    begin(first, now=clock.now)
    release(owner)
    assert len(claim(owner=uuid.uuid4(), size=2, now=clock.now)) == 1


@pytest.mark.django_db
def test_limit_and_stop_leave_the_rest_pending(
    server: ScriptedServer, post: Callable[..., Email], clock: Clock
) -> None:
    for _ in range(5):
        post()
    assert outbox.drain(now=clock, limit=2).sent == 2
    asked = iter([False, False, True])
    assert outbox.drain(now=clock, stop=lambda: next(asked, True)).sent == 1
    assert Email.objects.filter(state=S.PENDING, owner=None).count() == 2


@pytest.mark.django_db
def test_nothing_due_costs_three_queries(
    django_assert_num_queries: Any, clock: Clock, server: ScriptedServer
) -> None:
    with django_assert_num_queries(5):  # two of them the savepoint of the test's own transaction
        outbox.drain(now=clock)
    assert server.connections == 0


@pytest.mark.django_db
def test_secret_cannot_stay_behind(post_code: Callable[..., Email], now: datetime) -> None:
    mail = post_code()
    with pytest.raises(IntegrityError, match="email_secret_is_erased"), transaction.atomic():
        Email.objects.filter(pk=mail.pk).update(state=S.SENT, sent_at=now)


@pytest.mark.django_db(transaction=True)
def test_one_nudge_per_transaction(
    post: Callable[..., Email], monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(doorbell, "_quiet_until", 0.0)
    monkeypatch.setattr(
        doorbell._publisher(), "send_task", lambda name, **options: rung.append(name)
    )
    with transaction.atomic():
        post(), post()
        with transaction.atomic():
            post()
        assert rung == []
    assert rung == ["mail.tasks.drain_outbox"]
    with transaction.atomic():
        post()
    assert len(rung) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["redis://127.0.0.1:1/0", "stalled"])
def test_broker_that_is_away_is_not_noticed(
    address: str,
    post: Callable[..., Email],
    settings: Any,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{server.port}/0" if address == "stalled" else address
    server.next("OPEN", "stall")
    doorbell._publisher.cache_clear()
    monkeypatch.setattr(doorbell, "_quiet_until", 0.0)
    began = time.monotonic()
    with transaction.atomic():
        post()
    assert time.monotonic() - began < 10  # 0.1 on a machine with nothing else to do
    doorbell._publisher.cache_clear()
    monkeypatch.setattr(doorbell, "_publisher", lambda: pytest.fail("it rang again at once"))
    with transaction.atomic():
        post()
    assert Email.objects.count() == 2


def test_full_jitter() -> None:
    assert backoff.delay(1, draw=0.0) == NOTHING
    assert backoff.delay(1, draw=0.5) == timedelta(seconds=15)
    assert backoff.delay(4, draw=0.5) == timedelta(seconds=120)
    assert backoff.delay(100, draw=0.999) < backoff.LONGEST


def test_pause_grows_with_the_outage() -> None:
    assert backoff.pause(backoff.AWAY, draw=0.0) == backoff.AWAY / 2
    assert backoff.pause(backoff.AWAY, draw=0.999) < backoff.AWAY
    start = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
    hour, days = start + timedelta(hours=1), start + timedelta(days=3)
    assert backoff.quiet_until(start, hour) == hour + timedelta(minutes=15)
    assert backoff.quiet_until(start, days) == days + backoff.LONGEST_PAUSE


@pytest.mark.django_db
def test_queries_use_their_indexes(post: Callable[..., Email], now: datetime) -> None:
    with connection.cursor() as cursor:
        # For a few rows any plan is as cheap: what matters is that the index has them in this
        # order.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM mail_email"
            " WHERE state = 'pending' AND next_attempt_at <= now()"
            " ORDER BY is_secret DESC, next_attempt_at, created_at LIMIT 50 FOR UPDATE SKIP LOCKED"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
        with CaptureQueriesContext(connection) as asked:
            sweep(now=now)
        cursor.execute("EXPLAIN " + asked.captured_queries[0]["sql"])
        stranded = "\n".join(row[0] for row in cursor.fetchall())
    assert "email_pending" in plan
    assert "Sort" not in plan
    assert "email_claimed" in stranded
    assert "email_pending" in stranded
    assert "Seq Scan" not in stranded
    lately = Email.objects.filter(to__in=["carla@example.com"], unanswered_at__gt=now)
    by_address = lately.explain()  # by all of an address, or those of it without an answer
    assert "email_unanswered" in by_address or "email_recipient" in by_address
    on_their_way = Email.objects.filter(state__in=[S.PENDING, S.CLAIMED, S.SENDING])
    trying = on_their_way.filter(trying_since__isnull=False).order_by("trying_since")
    assert "email_trying" in trying[:1].explain()
    expired = Email.objects.filter(state__in=[S.CLAIMED, S.SENDING], claimed_until__lt=now)
    assert "email_claimed" in expired.explain()
