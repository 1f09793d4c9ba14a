"""Two hundred real complaints, logged as calls like an agent would."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import numbers
from cases.enums import EntryKind
from cases.models import Case
from leases.models import Lease
from mail import outbox
from mail.enums import EmailState
from mail.models import Email
from tests.kinds import KINDS
from tools import inbox

FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "cfpb_complaints.csv"
NARRATIVE = "Consumer complaint narrative"


def narratives() -> list[str]:
    r"""Public complaints; as a browser would send them, with line ends as \r\n."""
    with FILE.open(encoding="utf-8", newline="") as file:
        texts = [row[NARRATIVE] for row in csv.DictReader(file)]
    return [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]


def log_call(client: Client, lease: Lease, summary: str, kind: str) -> str:
    """The number read aloud before the form was complete."""
    started = client.post("/calls/", {"lease": lease.account_number})
    number = started["Location"].split("/")[2]
    answer = client.post(
        f"/calls/{number}/",
        {
            "language": lease.customer.language,
            "lease": lease.account_number,
            "kind": kind,
            "channel": "phone",
            "summary": summary.replace("\n", "\r\n"),
            "visibility": "internal",
            "due_on": "",
            "own_address": lease.customer.email,  # asked for if their identity was stolen
        },
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{number}/")
    return number


def shown_calls(page: str) -> list[str]:
    """What calls say on a case's page, as a person reads it."""
    found = re.findall(r'data-kind="call".*?<p class="entry-body"[^>]*>(.*?)</p>', page, re.DOTALL)
    return [unescape(text) for text in found]


@pytest.mark.requirement("R2", "R7", "R12", "R37", "R44", "R48")
@pytest.mark.skipif(not FILE.exists(), reason=f"the complaints are not here: {FILE}")
def test_real_complaints_become_cases_word_for_word_and_are_confirmed_once(
    ana: User,
    lease: Lease,
    dans_lease: Lease,
    sign_in: Callable[[User], Client],
    settings: Any,
    tmp_path: Path,
) -> None:
    client, texts = sign_in(ana), narratives()
    assert len(texts) == 200
    assert any("\n" in text for text in texts)
    assert any("XXXX" in text for text in texts)
    assert any("{$180.00}" in text for text in texts)

    logged = {}
    for place, text in enumerate(texts):
        where = (lease, dans_lease)[place % 2]
        logged[log_call(client, where, text, KINDS[place % len(KINDS)])] = text

    assert len(logged) == 200
    assert all(numbers.parse(number) == number for number in logged)
    calls = Case.objects.filter(entries__kind=EntryKind.CALL)
    assert dict(calls.values_list("number", "entries__body")) == logged
    for number, text in logged.items():
        page = client.get(f"/cases/{number}/").content.decode()
        assert shown_calls(page) == [text]

    with inbox.running(tmp_path / "arrived") as (host, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
        settings.MAIL_CAP_PER_HOUR = 100  # all are written to two customers
        assert Email.objects.count() == 200
        assert outbox.drain().sent == 200
        assert outbox.drain().tried == 0
    arrived = inbox.list_messages(tmp_path / "arrived", limit=1000)
    assert set(Email.objects.values_list("state", flat=True)) == {EmailState.SENT}
    assert Counter(mail.recipients[0] for mail in arrived) == {
        "carla@example.com": 100,
        "dan@example.com": 100,
    }
    for number, text in logged.items():
        (mail,) = [each for each in arrived if numbers.grouped(number) in each.subject]
        assert text[:60] not in mail.text  # what the agent wrote down is internal
