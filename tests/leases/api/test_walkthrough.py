"""The script in docs/api, against a live server, as a merchant would run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.models import User
from leases.actions.let_days_pass import let_days_pass
from leases.enums import LeaseStatus
from leases.models import ApiKey, Lease, Store
from leases.models.lease import LeaseQuerySet
from tests.mail.processes import environment

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "docs" / "api" / "walkthrough.py"
MANAGE = f"{sys.executable} {ROOT / 'manage.py'}"


def walk(*arguments: str) -> subprocess.CompletedProcess[str]:
    """With a Python that knows nothing of Puente."""
    return subprocess.run(
        [sys.executable, "-P", SCRIPT, *arguments],
        env=environment(),
        capture_output=True,
        text=True,
    )


@pytest.mark.drill
@pytest.mark.requirement("R56", "R61", "R62", "R63", "R64", "R65", "R68")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_script_walks_to_funded_returns_and_an_expiry(
    language: str, live_server: Any, luna_key: ApiKey
) -> None:
    done = walk(
        live_server.url, "--store", "LUNA-1", "--key", luna_key.sent, "--manage", MANAGE,
        "--language", language, "--time-zone", django_settings.BUSINESS_TIME_ZONE,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All as expected." in done.stdout
    if language == "es":
        assert "Un arrendamiento en" in done.stdout
    leases: LeaseQuerySet = Lease.objects.all()
    assert sorted(leases.values_list("status", flat=True)) == [
        LeaseStatus.APPROVED,  # returned whole
        LeaseStatus.APPROVED,  # applied for anew
        LeaseStatus.CONTRACTS,  # whose days are over, although no one has recorded that
        LeaseStatus.FUNDED,
    ]


def test_the_script_says_how_it_is_used() -> None:
    done = walk("--help")
    assert done.returncode == 0
    assert "create_api_key" in done.stdout
    assert walk("http://127.0.0.1:9").returncode == 2
    assert walk("file:///etc/", "--store", "1", "--key", "k", "--manage", "true").returncode == 2
    unreachable = walk("http://127.0.0.1:9", "--store", "1", "--key", "k", "--manage", "true")
    assert unreachable.returncode == 3


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_the_script_notices_another_answer(live_server: Any, luna_key: ApiKey) -> None:
    done = walk(live_server.url, "--store", "NONE", "--key", luna_key.sent, "--manage", "true")
    assert done.returncode == 1
    assert "unknown_store" in done.stderr


def test_days_pass_by_command_but_not_in_production(
    lease: Lease, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    before = lease.approved_at
    call_command("let_days_pass", lease.account_number, "90")
    after = Lease.objects.get()
    assert (before - after.approved_at).days == 90
    assert after.expires_at == before
    for wrong in (("999", "1"), (lease.account_number, "0"), (lease.account_number, "366")):
        with pytest.raises(CommandError):
            call_command("let_days_pass", *wrong)
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("let_days_pass", lease.account_number, "1")
    with pytest.raises(PermissionDenied):
        let_days_pass(lease=lease, days=1)


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Any:
    return lambda: capsys.readouterr().out.strip()


def test_a_key_is_made_by_command(luna: Store, irene: User, ana: User, output: Any) -> None:
    from leases.actions.use_api_key import known_key  # noqa: PLC0415

    call_command("create_api_key", "Mueblería Luna", "--name", "Web", "--by", irene.email)
    key = known_key(output())
    assert key is not None
    assert (key.merchant, key.store, key.created_by) == (luna.merchant, None, irene)
    call_command(
        "create_api_key", "Mueblería Luna", "--store", "LUNA-1", "--name", "W", "--by", irene.email
    )
    bound = known_key(output())
    assert bound is not None
    assert bound.store == luna
    for wrong in (
        ("Nobody", "--name", "W", "--by", irene.email),
        ("Mueblería Luna", "--store", "X", "--name", "W", "--by", irene.email),
        ("Mueblería Luna", "--name", "W", "--by", "nobody@puente.example"),
        ("Mueblería Luna", "--name", "W", "--by", ana.email),
        ("Mueblería Luna", "--name", " ", "--by", irene.email),
    ):
        with pytest.raises(CommandError):
            call_command("create_api_key", *wrong)
    assert ApiKey.objects.count() == 2
