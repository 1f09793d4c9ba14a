from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from cases.queries.mail_state import MailState, mail_state
from common.loop import NO_DATABASE, no_database
from mail.enums import EmailState
from mail.queries.inbound_watch import Inbound
from mail.queries.outbox import OnTheirWay
from mail.queries.outbox import kinds as kinds_on_their_way

NEEDS_SOMEBODY = 4  # 2 is the exit code for a mistyped option


class Command(BaseCommand):
    help = (
        "Show what’s waiting in the outbox, for how long, and what needs someone’s attention. "
        "Example: manage.py outbox --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            f"Exit codes: 0 when all is well; {NO_DATABASE} when the database doesn’t respond; 2 "
            f"for an unknown option; {NEEDS_SOMEBODY} when someone is needed: email is late or "
            "wasn’t delivered in the last day, replies aren’t being fetched, or there’s email with "
            "unknown delivery, bounced email or unmatched email under Correspondence."
        )
        parser.add_argument("--json", action="store_true", help="Print JSON, for programs.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            state, kinds = mail_state(now), kinds_on_their_way()
        except (OperationalError, InterfaceError) as error:
            raise CommandError(no_database(error), returncode=NO_DATABASE) from None
        self.stdout.write(
            _json(state, kinds) if options["json"] else "\n".join(_lines(state, kinds, now))
        )
        if state.needs_somebody:
            raise SystemExit(NEEDS_SOMEBODY)


def _json(state: MailState, kinds: list[OnTheirWay]) -> str:
    return json.dumps(
        {
            "states": {str(name): count for name, count in state.outbox.states.items()},
            "due": state.outbox.due,
            "oldest_due_seconds": state.outbox.oldest_due.total_seconds()
            if state.outbox.oldest_due
            else 0,
            "is_late": state.is_late,
            "kinds": [each._asdict() | {"first_due": each.first_due.isoformat()} for each in kinds],
            "channels": [
                {
                    "name": each.name,
                    "failures": each.failures,
                    "error": each.error,
                    "paused_since": each.paused_since and each.paused_since.isoformat(),
                    "paused_until": each.paused_until and each.paused_until.isoformat(),
                }
                for each in state.outbox.channels
            ],
            "follow_ups_late": state.follow_ups_late,
            "failed_last_day": state.outbox.failed_lately,
            "suppressed": state.outbox.suppressed,
            "parked": state.parked,
            "inbound": _inbound(state.inbound),
            "needs_somebody": state.needs_somebody,
        },
        indent=2,
    )


def _inbound(mailbox: Inbound | None) -> dict[str, object] | None:
    if mailbox is None:
        return None
    at = mailbox.fetched_at
    return mailbox._asdict() | {"fetched_at": at and at.isoformat()}


def _lines(state: MailState, kinds: list[OnTheirWay], now: datetime) -> list[str]:
    outbox, states = state.outbox, state.outbox.states
    waited = f", the oldest for {_long(outbox.oldest_due)}" if outbox.oldest_due else ""
    late = "  ! late" if state.is_late else ""
    lines = [f"{'waiting':<20}{states[EmailState.PENDING]:>8}  {outbox.due} due{waited}{late}"]
    lines.append(f"{'being sent':<20}{states[EmailState.SENDING]:>8}")
    lines += [
        f"  {each.template:<18}{each.mails:>8}  {each.state}, {_when(each.first_due - now)}"
        for each in kinds
    ]
    lines += [
        f"{'server ' + each.name:<20}{'paused':>8}  {each.error or 'no error'},"
        f" {each.failures} failures since {each.paused_since:%Y-%m-%d %H:%M} UTC"
        for each in outbox.channels
    ]
    if state.follow_ups_late:
        lines.append(
            f"{'late follow-ups':<20}{state.follow_ups_late:>8}  is run_schedule or Celery running?"
        )
    if state.inbound and state.inbound.needs_somebody:
        lines += _mailbox(state.inbound, now)
    return [
        *lines,
        f"{'delivery unknown':<20}{states[EmailState.UNCERTAIN]:>8}  for a supervisor to review",
        f"{'bounced addresses':<20}{outbox.suppressed:>8}  call the customers",
        f"{'unmatched':<20}{state.parked:>8}  incoming email to match to a case",
        f"{'not delivered':<20}{states[EmailState.FAILED]:>8}  in all,"
        f" {outbox.failed_lately} in the last day",
    ]


def _mailbox(mailbox: Inbound, now: datetime) -> list[str]:
    lines = []
    if mailbox.is_failing:
        at = mailbox.fetched_at
        last = f"last fetched {_long(now - at)} ago" if at else "never fetched"
        why = mailbox.error or "is run_schedule or Celery running?"
        lines.append(f"{'mailbox':<20}{'failing':>8}  {why}, {last}, {mailbox.failures} failures")
    if mailbox.stuck:
        lines.append(f"{'mailbox':<20}{mailbox.stuck:>8}  emails can’t be fetched")
    return lines


def _when(span: timedelta) -> str:
    if span > timedelta(0):
        return f"next in {_long(span)}"
    return f"oldest due for {_long(-span)}"


def _long(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
