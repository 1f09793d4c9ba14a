"""Two demos on one host don't sign out each other's visitors."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from config.cookies import suffix
from tools.embedded import BASE_DIR

NAMES = """
from config import settings
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME)
"""


@pytest.mark.parametrize(
    ("address", "demo", "expected"),
    [
        ("http://127.0.0.1:8001", True, "_8001"),
        ("http://demo.example", True, "_80"),
        ("http://127.0.0.1:8001", False, ""),
        ("https://puente.example.com", False, ""),
    ],
)
def test_only_a_demo_has_names_of_its_own(address: str, demo: bool, expected: str) -> None:
    assert suffix(address, demo=demo) == expected


def names(**changes: str) -> list[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **changes}
    told = subprocess.run(
        [sys.executable, "-c", NAMES], cwd=BASE_DIR, env=environment,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout.split()


def test_a_demos_cookies_bear_its_port() -> None:
    usual = ["sessionid", "csrftoken", "puente_language"]
    assert names() == usual
    for port in ("8000", "8001"):
        own = names(PUENTE_DEMO="1", BASE_URL=f"http://127.0.0.1:{port}")
        assert own == [f"{each}_{port}" for each in usual]
